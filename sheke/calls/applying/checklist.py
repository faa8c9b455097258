"""What keeps a submission from being sent: fields, people, consents, eligibility."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sheke.definitions.programmes import PeopleRole, Programme

from ..eligibility import Verdict, facts_of, judge
from ..models import Member, Submission
from ..values import Fault, check_values
from .writing import guide


@dataclass(frozen=True)
class PeopleFault:
    """What is missing among the people: of a role, or of one member."""

    role: str
    message: str
    member: int | None = None


@dataclass
class CheckList:
    """`clean` values and all that is still missing; complete when nothing is."""

    clean: dict[str, Any]
    members: list[Member]
    fields: list[Fault] = field(default_factory=list)
    people: list[PeopleFault] = field(default_factory=list)
    verdict: Verdict | None = None  # on the conditions of the programme

    @property
    def complete(self) -> bool:
        return not self.fields and not self.people and not self.obstacles

    @property
    def obstacles(self) -> list[Verdict]:
        """The conditions that are not met, or of which it is not known."""
        return self.verdict.obstacles() if self.verdict else []

    @property
    def unmet(self) -> list[Verdict]:
        """The same as the top of the tree has them: a group whole, with its ways out."""
        return [node for node in nodes_of(self.verdict) if node.obstacles()] if self.verdict else []

    @property
    def warnings(self) -> list[Verdict]:
        return self.verdict.warnings() if self.verdict else []

    @property
    def eligibility(self) -> list[dict[str, Any]]:
        """As a version keeps it."""
        return [self.verdict.as_data()] if self.verdict else []


def nodes_of(verdict: Verdict) -> list[Verdict]:
    """What is demanded one by one: the parts of an “all”, else the whole; nothing of no conditions."""
    if verdict.kind == "all":
        return list(verdict.parts)
    return [verdict]


def check_list(submission: Submission) -> CheckList:
    """Look through the whole submission as it is now."""
    programme = submission.edition.programme
    clean, faults = check_values(
        programme, submission.values, topics=guide(submission.call), uploads=uploads_of(submission)
    )
    members = list(submission.members.select_related("agreement", "person"))
    checked = CheckList(clean, members, fields=faults)
    checked.verdict = judge(programme, facts_of(submission))
    checked.people = [*_unit(submission, programme), *_people(programme, members)]
    return checked


def uploads_of(submission: Submission) -> dict[str, list[int]]:
    """{field: numbers of the files that it holds now}."""
    found: dict[str, list[int]] = {}
    held = submission.uploads.filter(removed_at=None).order_by("pk")
    for key, pk in held.values_list("field", "pk"):
        found.setdefault(key, []).append(pk)
    return found


def needs_organisation(programme: Programme) -> bool:
    """Whether an organisation must stand behind each submission."""
    rules = {condition.rule for condition in programme.eligibility.conditions()}
    return bool(programme.stages_of("recommend")) or bool(
        rules & {"organisation_kind", "employed_below"}
    )


def _unit(submission: Submission, programme: Programme) -> list[PeopleFault]:
    if submission.organisation_id is None and needs_organisation(programme):
        return [PeopleFault(Member.LEAD, _("Choose the organisation in whose name you apply."))]
    return []


def _people(programme: Programme, members: list[Member]) -> list[PeopleFault]:
    found = _asked_of(programme, [m for m in members if m.role == Member.LEAD])
    for role in programme.people.roles:
        there = [m for m in members if m.role == role.key]
        if len(there) < role.least:
            text = _("%(role)s: at least %(least)s, there are %(n)s.")
            found.append(PeopleFault(
                role.key, text % {"role": role.name, "least": role.least, "n": len(there)}
            ))  # fmt: skip
        if len(there) > role.most:
            text = _("%(role)s: at most %(most)s, there are %(n)s.")
            found.append(PeopleFault(
                role.key, text % {"role": role.name, "most": role.most, "n": len(there)}
            ))  # fmt: skip
        if not role.referee:
            found += _asked_of(programme, there)
        found += _consents(role, there)
    return found


def _asked_of(programme: Programme, members: list[Member]) -> list[PeopleFault]:
    labels = {
        f.name: f.verbose_name for f in Member._meta.get_fields() if hasattr(f, "verbose_name")
    }
    found = []
    for member in members:
        missing = [key for key in programme.people.asks if not getattr(member, key)]
        if member.role != Member.LEAD and "task" not in programme.people.asks:
            missing = [key for key in missing if key != "task"]
        if member.role == Member.LEAD:
            missing = [key for key in missing if key != "task"]
        names = [str(labels[key]) for key in missing]
        if not member.name:
            names.insert(0, str(labels["name"]))
        if names:
            text = _("%(name)s: fill in %(what)s.")
            what = {"name": member.name or pgettext("submission", "Lead"), "what": "、".join(names)}
            found.append(PeopleFault(member.role, text % what, member.pk))
    return found


def _consents(role: PeopleRole, members: list[Member]) -> list[PeopleFault]:
    found = []
    for member in members if role.consents else []:
        agreement = getattr(member, "agreement", None)
        if agreement is None:
            text = (
                _("%(name)s was asked and has not answered yet.") if member.asked_at
                else _("%(name)s was not asked for their consent yet.")
            )  # fmt: skip
        elif not agreement.agreed:
            text = _("%(name)s said no; take them out or ask again.")
        else:
            continue
        found.append(PeopleFault(role.key, text % {"name": member.name}, member.pk))
    return found
