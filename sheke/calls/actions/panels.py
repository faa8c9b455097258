"""Verbs of the office: make a sitting of a panel, name its members, invite, remind, tick who is there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.core import audit
from sheke.core.errors import BadInput
from sheke.directory.models import Account, Person
from sheke.notices.actions import tell

from ..guarding import locked_phase
from ..models import Ballot, Panel, PanelMember, Phase, Voter
from ..panels.guarding import locked_panel
from .panel_absences import record_absences

CHANGED = ("title", "held_at", "place", "shows_scores")
MOST_MEMBERS = 200


@dataclass
class Told:
    """How an invitation went: how many were told, and who has no account."""

    told: int = 0
    unreached: list[str] = field(default_factory=list)


@transaction.atomic
def make_panel(
    *, phase: Phase, title: str, held_at: datetime, place: str, by: Account | None,
    shows_scores: bool = True,
) -> Panel:  # fmt: skip
    """A sitting in a stage of panels; quorum and majority are pinned as the stage says them now."""
    phase = locked_phase(phase)
    stage = phase.definition
    if stage.kind != "panel":
        raise BadInput(_("“%(stage)s” is no stage of panels.") % {"stage": stage.name})
    if phase.ended_at is not None:
        raise BadInput(_("“%(stage)s” is over.") % {"stage": stage.name})
    panel = Panel.objects.create(
        call=phase.call, stage=phase.stage, title=title or str(stage.name), held_at=held_at,
        place=place, quorum=stage.quorum, majority=stage.majority, shows_scores=shows_scores,
        made_by=by,
    )  # fmt: skip
    audit.record("panel.make", panel, by=by, call=phase.call.key, stage=phase.stage)
    return panel


@transaction.atomic
def change_panel(*, panel: Panel, by: Account | None, **values: Any) -> Panel:
    """Change title, time, place, whether scores are shown. Who was invited is told of time and place."""
    panel = locked_panel(panel)
    changed = [name for name in CHANGED if name in values and getattr(panel, name) != values[name]]
    for name in changed:
        setattr(panel, name, values[name])
    if not changed:
        return panel
    panel.save(update_fields=changed)
    audit.record("panel.change", panel, by=by, fields=changed)
    if {"held_at", "place"} & set(changed):
        _tell(panel, "calls.panel_moved", panel.members.filter(invited_at__isnull=False), by)
    return panel


@transaction.atomic
def remove_panel(*, panel: Panel, by: Account | None) -> None:
    """Take a sitting away in which nothing was voted on."""
    panel = locked_panel(panel)
    if Ballot.objects.filter(item__panel=panel).exists():
        raise BadInput(_("There were ballots in this sitting; it stays."))
    audit.record("panel.remove", panel, by=by, call=panel.call.key)
    _tell(panel, "calls.panel_off", panel.members.filter(invited_at__isnull=False), by)
    panel.delete()


@transaction.atomic
def add_members(*, panel: Panel, people: Iterable[Person], by: Account | None) -> list[PanelMember]:
    """Let people sit in the panel; the items with which they have a conflict become absences."""
    panel = locked_panel(panel)
    held = set(panel.members.values_list("person_id", flat=True))
    wanted = {person.pk: person for person in people if person.pk not in held}
    if len(held) + len(wanted) > MOST_MEMBERS:
        raise BadInput(_("A panel has at most %(n)s members.") % {"n": MOST_MEMBERS})
    if wanted and _counting(panel):
        raise BadInput(_("A ballot is open. Close it, then change who sits."))
    made = [PanelMember.objects.create(panel=panel, person=person) for person in wanted.values()]
    if made:
        audit.record("panel.members", panel, by=by, added=[m.person_id for m in made])
        record_absences(panel=panel, members=made, by=by)
    return made


@transaction.atomic
def remove_member(*, member: PanelMember, by: Account | None) -> None:
    """Take somebody off the panel who has not voted in it."""
    panel = locked_panel(member.panel)
    if Voter.objects.filter(member=member).exists():
        raise BadInput(_("%(name)s has voted and stays a member.") % {"name": member.person.name})
    if _counting(panel):
        raise BadInput(_("A ballot is open. Close it, then change who sits."))
    audit.record("panel.members", panel, by=by, removed=[member.person_id])
    member.delete()


@transaction.atomic
def name_chair(*, member: PanelMember, by: Account | None) -> PanelMember:
    """Let a member chair the panel: opens and closes ballots beside the office."""
    panel = locked_panel(member.panel)
    panel.members.filter(is_chair=True).update(is_chair=False)
    PanelMember.objects.filter(pk=member.pk).update(is_chair=True)
    audit.record("panel.chair", panel, by=by, person=member.person_id)
    member.is_chair = True
    return member


@transaction.atomic
def mark_presence(*, member: PanelMember, present: bool, by: Account | None) -> PanelMember:
    """Tick that a member is there, or is not. Only who is there votes."""
    panel = locked_panel(member.panel)
    member = PanelMember.objects.select_related("person").get(pk=member.pk)
    if present != (member.present_at is not None):
        member.present_at = timezone.now() if present else None
        member.save(update_fields=["present_at"])
        audit.record("panel.presence", panel, by=by, person=member.person_id, present=present)
    return member


@transaction.atomic
def invite_panel(*, panel: Panel, by: Account | None) -> Told:
    """Open the panel's pages to its members, and tell those who were not told yet.

    Conflicts are looked for once more before. Raises BadInput without members or agenda.
    """
    panel = locked_panel(panel)
    if not panel.members.exists():
        raise BadInput(_("Name the members first."))
    record_absences(panel=panel, by=by)
    new = panel.members.filter(invited_at=None)
    told = _tell(panel, "calls.panel_asked", new, by)
    count = new.update(invited_at=timezone.now())
    audit.record("panel.invite", panel, by=by, members=count)
    return told


@transaction.atomic
def remind_panel(*, panel: Panel, by: Account | None) -> Told:
    """Remind everybody who was invited of time and place."""
    panel = locked_panel(panel)
    invited = panel.members.filter(invited_at__isnull=False)
    told = _tell(panel, "calls.panel_soon", invited, by)
    audit.record("panel.remind", panel, by=by, told=told.told)
    return told


@transaction.atomic
def remind_panels_by_clock(*, today: date, by: Account | None) -> int:
    """Remind members of sittings tomorrow or today, once of each time. Returns how many were told."""
    count = 0
    near = Panel.objects.filter(
        closed_at=None, call__closure=None, held_at__date__range=(today, today + timedelta(days=1))
    )
    for panel in near.select_related("call"):
        once = f"panel-{panel.pk}-{panel.held_at:%Y%m%d%H%M}"
        invited = panel.members.filter(invited_at__isnull=False)
        count += _tell(panel, "calls.panel_soon", invited, by, once=once).told
    if count:
        audit.record("panel.remind_all", None, by=by, notices=count)
    return count


def _counting(panel: Panel) -> bool:
    return Ballot.objects.filter(item__panel=panel, closed_at=None).exists()


def _tell(
    panel: Panel, kind: str, members: QuerySet[PanelMember], by: Account | None, *, once: str = ""
) -> Told:
    """Tell members with an account; the others are named."""
    held = {m.person_id: m.person.name for m in members.select_related("person")}
    accounts = list(Account.objects.filter(person__in=held, is_active=True))
    gone = kind == "calls.panel_off"
    url = reverse("calls:panels") if gone else reverse("calls:panel", args=[panel.pk])
    at = f"{timezone.localtime(panel.held_at):%Y-%m-%d %H:%M}"
    tell(
        kind=kind, to=accounts, by=by, url=url, once=once, call=panel.call.title,
        panel=panel.title, at=at, place=panel.place or "—",
    )  # fmt: skip
    reached = {account.person_id for account in accounts}
    return Told(len(accounts), [name for pk, name in held.items() if pk not in reached])
