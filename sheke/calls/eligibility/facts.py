"""What is known of those who apply: read from the models in few queries, judged without them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone

from sheke.definitions.programmes import Programme
from sheke.directory.models import Account, Organisation

from ..models import Call, Member, Project, Submission

# Submissions that count towards “at most two”: drafts are their authors' alone.
COUNTED = (
    Submission.State.IN, Submission.State.BACK, Submission.State.AWARDED,
    Submission.State.NOT_AWARDED,
)  # fmt: skip


@dataclass(frozen=True)
class Taker:
    """Somebody behind the submission, and what the installation knows of them.

    `leads` and `takes_part` count the other submissions of the call; `open_projects` names the
    projects led that are not closed.
    """

    name: str
    role: str = Member.LEAD
    born_on: date | None = None
    title: str = ""
    degree: str = ""
    employer: str = ""
    employer_path: str = ""  # of an organisation of the directory
    leads: int = 0
    takes_part: int = 0
    open_projects: tuple[str, ...] = ()


@dataclass(frozen=True)
class Facts:
    """All that conditions are judged by. None and emptiness mean: not known yet."""

    opening: date
    closing: date
    caller_path: str
    lead: Taker | None = None
    members: tuple[Taker, ...] = ()  # who takes part beside the lead
    referees: tuple[Taker, ...] = ()
    organisation_kind: str = ""
    values: Mapping[str, Any] | None = None  # of the form, with files by field; None: no form yet

    @property
    def everyone(self) -> tuple[Taker, ...]:
        """The lead and those who take part; referees do not."""
        return (self.lead, *self.members) if self.lead else self.members


def facts_of(submission: Submission) -> Facts:
    """What is known of a submission, draft or sent. Four queries beside the submission, its call and
    their edition and organisations. Values are those of the draft.
    """
    programme = submission.edition.programme
    members = list(submission.members.select_related("organisation", "person"))
    takers = _takers(submission.call, members, beside=submission)
    referees = _referee_roles(programme)
    kind = submission.organisation.kind if submission.organisation else ""
    return replace(
        _facts_of_call(submission.call),
        lead=next((t for t in takers if t.role == Member.LEAD), None),
        members=tuple(t for t in takers if t.role not in {Member.LEAD, *referees}),
        referees=tuple(t for t in takers if t.role in referees),
        organisation_kind=kind,
        values=_values(submission, programme),
    )


def facts_before(account: Account, organisation: Organisation | None, call: Call) -> Facts:
    """What is known before there is a submission: the account's person, their last particulars."""
    person = account.person
    lead = Member(
        role=Member.LEAD, person=person, organisation=organisation,
        name=person.name if person else account.get_username(), title=person.title if person else "",
    )  # fmt: skip
    if person is not None:
        _fill_from_last(lead, account)
    (taker,) = _takers(call, [lead])
    kind = organisation.kind if organisation else ""
    return replace(_facts_of_call(call), lead=taker, organisation_kind=kind)


def _facts_of_call(call: Call) -> Facts:
    return Facts(
        opening=timezone.localdate(call.opens_at),
        closing=timezone.localdate(call.closes_at),
        caller_path=call.organisation.path,
    )


def _fill_from_last(lead: Member, account: Account) -> None:
    """The particulars that the person gave when they led a submission last. One query."""
    last = (
        Member.objects.filter(
            role=Member.LEAD, person=account.person_id, submission__made_by=account.pk
        )
        .order_by("-pk")
        .first()
    )
    if last is not None:
        lead.born_on, lead.degree = last.born_on, last.degree
        lead.title = last.title or lead.title


def _values(submission: Submission, programme: Programme) -> dict[str, Any]:
    """The draft's values, with the numbers of the files that each field holds. One query."""
    values = {k: v for k, v in submission.values.items() if programme.field(k)}
    files: dict[str, list[int]] = {}
    held = submission.uploads.filter(removed_at=None).values_list("field", "pk")
    for key, number in held:
        files.setdefault(key, []).append(number)
    for each in programme.fields:
        if each.kind == "files":
            values[each.key] = files.get(each.key, [])
    return values


def _takers(call: Call, members: list[Member], beside: Submission | None = None) -> list[Taker]:
    """The members with what they do elsewhere. Two queries for as many as there are."""
    others = _elsewhere(call, members, beside)
    projects = _open_projects(members, beside)
    found = []
    for member in members:
        same = [other for other in others if is_same(member, other)]
        led = {other.submission_id for other in same if other.role == Member.LEAD}
        found.append(
            Taker(
                name=member.name,
                role=member.role,
                born_on=member.born_on,
                title=member.title,
                degree=member.degree,
                employer=str(member.organisation or member.employer),
                employer_path=member.organisation.path if member.organisation else "",
                leads=len(led),
                takes_part=len({other.submission_id for other in same}),
                open_projects=tuple(name for name, lead in projects if is_same(member, lead)),
            )
        )
    return found


def _named(members: Iterable[Member]) -> Q:
    """Rows of people who may be the same ones: by person, or by name."""
    people = {m.person_id for m in members if m.person_id is not None}
    return Q(person__in=people) | Q(name__in={m.name for m in members if m.name})


def _elsewhere(call: Call, members: list[Member], beside: Submission | None) -> list[Member]:
    """What these people do in other submissions of the call that were sent, but for recommending."""
    rows = Member.objects.filter(
        _named(members), submission__call=call, submission__state__in=COUNTED
    ).exclude(role__in=_referee_roles(call.programme))
    if beside is not None:
        rows = rows.exclude(submission=beside)
    return list(rows.select_related("organisation"))


def _referee_roles(programme: Programme) -> set[str]:
    return {role.key for role in programme.people.roles if role.referee}


def _open_projects(members: list[Member], beside: Submission | None) -> list[tuple[str, Member]]:
    """Projects that are not closed, each with its lead of today, of people who may be the same. One
    query.
    """
    people = {m.person_id for m in members if m.person_id is not None}
    names = {m.name for m in members if m.name}
    found = Project.objects.filter(
        Q(lead__in=people) | Q(lead_name__in=names), award__revoked_at=None, closing=None
    )
    if beside is not None:
        found = found.exclude(award__submission=beside)
    return [
        (f"{each.award.number} {each.title}".strip(), _lead_of(each))
        for each in found.select_related("award")
    ]


def _lead_of(project: Project) -> Member:
    """Who leads a project now, as one of the people of a submission."""
    return Member(
        role=Member.LEAD, person_id=project.lead_id, name=project.lead_name,
        employer=project.employer,
    )  # fmt: skip


def is_same(one: Member, other: Member) -> bool:
    """Whether two rows are one human: the same person, or, where one of them is not known as a person,
    the same name at the same employer.
    """
    if one.person_id is not None and other.person_id is not None:
        return one.person_id == other.person_id
    if not one.name or one.name != other.name:
        return False
    return _employer(one) == _employer(other) != ""


def _employer(member: Member) -> str:
    return (member.organisation.name if member.organisation else member.employer).strip()
