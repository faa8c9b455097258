"""Conflicts of interest that the records show: who must not see which submission, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.directory.models import Tenure

from ..models import Conflict, Member, Reviewer, Submission
from .coauthors import wrote_together
from .units import unit_path, units_of

Kind = Conflict.Kind
REVIEWERS = Tenure.Role.REVIEWER  # is asked for an opinion; works for nobody there


@dataclass(frozen=True)
class Found:
    """A conflict by numbers, with what it was found by."""

    reviewer: int
    submission: int
    kind: str
    note: str


@dataclass(frozen=True)
class Job:
    """Somebody at a unit: by its path; `now` if it is not over."""

    unit: str
    name: str
    now: bool
    years: str = ""


def find_conflicts(
    reviewers: Collection[Reviewer], submissions: Collection[Submission]
) -> list[Found]:
    """All conflicts between them, each kind of a pair once. A few queries, whatever the numbers."""
    world = _World(reviewers, submissions)
    found: dict[tuple[int, int, str], Found] = {}
    for each in (*world.selves(), *world.employers(), *world.together(), *world.authors()):
        found.setdefault((each.reviewer, each.submission, each.kind), each)
    return list(found.values())


class _World:
    """The people of reviewers and submissions, read once."""

    def __init__(
        self, reviewers: Collection[Reviewer], submissions: Collection[Submission]
    ) -> None:
        self.reviewers = list(reviewers)
        self.submissions = {each.pk: each for each in submissions}
        self.by_person = {each.person_id: each for each in self.reviewers}
        members = Member.objects.filter(submission__in=self.submissions)
        self.members = list(members.select_related("organisation"))
        people = {m.person_id for m in self.members if m.person_id} | set(self.by_person)
        self.jobs = _jobs(people)

    def selves(self) -> Iterator[Found]:
        """By the person; by phone or mail where a member is known by name alone."""
        reached: dict[tuple[str, str], Reviewer] = {}
        for reviewer in self.reviewers:
            person = reviewer.person
            for address in (person.phone, person.email.lower()):
                if address:
                    reached[person.name, address] = reviewer
        for member in self.members:
            mine = self.by_person.get(member.person_id or 0)
            for address in (member.phone, member.email.lower()):
                mine = mine or reached.get((member.name, address))
            if mine is not None:
                yield Found(mine.pk, member.submission_id, Kind.SELF, member.name)

    def employers(self) -> Iterator[Found]:
        """One unit: now, or one of both formerly."""
        of_reviewers: dict[str, list[tuple[Reviewer, Job]]] = defaultdict(list)
        for reviewer in self.reviewers:
            for job in self._reviewers_jobs(reviewer):
                of_reviewers[job.unit].append((reviewer, job))
        for submission, job in self._applicants_jobs():
            for reviewer, other in of_reviewers.get(job.unit, ()):
                if job.now or other.now:
                    years = other.years or job.years
                    note = f"{job.name} ({years})" if years else job.name
                    yield Found(reviewer.pk, submission, Kind.EMPLOYER, note[:300])

    def _reviewers_jobs(self, reviewer: Reviewer) -> Iterator[Job]:
        if reviewer.organisation is not None:
            organisation = reviewer.organisation
            yield Job(unit_path(organisation.path), organisation.name, True)
        yield from self.jobs.get(reviewer.person_id, ())

    def _applicants_jobs(self) -> Iterator[tuple[int, Job]]:
        named = self._units_by_name()
        for submission in self.submissions.values():
            if (of := submission.organisation) is not None:
                yield submission.pk, Job(unit_path(of.path), of.name, True)
        for member in self.members:
            if (of := member.organisation) is not None:
                yield member.submission_id, Job(unit_path(of.path), of.name, True)
            elif unit := named.get(member.employer.strip()):
                yield member.submission_id, Job(unit, member.employer.strip(), True)
            for job in self.jobs.get(member.person_id or 0, ()):
                yield member.submission_id, job

    def _units_by_name(self) -> dict[str, str]:
        """Paths of reviewers' units by their names: an employer may be given as a text alone."""
        found = {}
        held = [each.organisation for each in self.reviewers if each.organisation]
        for organisation in (*held, *units_of(held).values()):
            for name in (organisation.name, organisation.short_name):
                if name:
                    found[name] = unit_path(organisation.path)
        return found

    def together(self) -> Iterator[Found]:
        """Those who stood in one submission of any call."""
        joint = Member.objects.filter(
            submission__members__person__in=self.by_person, person__isnull=False,
            submission__sent__isnull=False,
        ).exclude(submission__in=self.submissions)  # fmt: skip
        pairs: dict[int, dict[int, str]] = defaultdict(dict)  # applicant's person: reviewer's, call
        rows = joint.values_list(
            "person_id", "submission__members__person_id", "submission__call__title"
        )
        for person, other, title in [*rows, *self._here()]:
            if other in self.by_person and person != other:
                pairs[person][other] = title
        for member in self.members:
            for other, title in pairs.get(member.person_id or 0, {}).items():
                note = f"{member.name} · {title}"[:300]
                yield Found(self.by_person[other].pk, member.submission_id, Kind.COAPPLICANT, note)

    def _here(self) -> Iterator[tuple[int, int, str]]:
        """The same among the submissions themselves."""
        teams: dict[int, set[int]] = defaultdict(set)
        for member in self.members:
            if member.person_id:
                teams[member.submission_id].add(member.person_id)
        for number, team in teams.items():
            for reviewer in team & self.by_person.keys():
                for person in team - {reviewer}:
                    yield person, reviewer, self.submissions[number].call.title

    def authors(self) -> Iterator[Found]:
        theirs: dict[int, list[Member]] = defaultdict(list)
        for member in self.members:
            if member.person_id:
                theirs[member.person_id].append(member)
        for reviewer, applicant, work in wrote_together(self.by_person.keys(), theirs.keys()):
            for member in theirs[applicant]:
                note = f"{member.name} · {work}"[:300]
                yield Found(self.by_person[reviewer].pk, member.submission_id, Kind.COAUTHOR, note)


def _jobs(people: Iterable[int]) -> dict[int, list[Job]]:
    """The units of people by their tenures, past ones too."""
    today, found = timezone.localdate(), defaultdict(list)
    tenures = Tenure.objects.filter(person__in=list(people)).exclude(role=REVIEWERS)
    for tenure in tenures.select_related("organisation").order_by("pk"):
        over = tenure.until is not None and tenure.until < today
        years = ""
        if over and tenure.until is not None:
            since = tenure.since.year if tenure.since else ""
            years = _("%(since)s–%(until)s") % {"since": since, "until": tenure.until.year}
        of = tenure.organisation
        found[tenure.person_id].append(Job(unit_path(of.path), of.name, not over, years))
    return found
