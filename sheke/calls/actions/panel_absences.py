"""Verbs: conflicts become absences, a member leaves the room, the office lifts an absence."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.core import audit
from sheke.core.errors import BadInput
from sheke.directory.models import Account

from ..guarding import needed
from ..models import Absence, Ballot, Panel, PanelItem, PanelMember, Step, Vote, Voter
from ..panels.absences import find_absences
from ..panels.desk import open_ballot_of, seat_of
from ..panels.guarding import locked_item, locked_panel
from ..steps import take_step
from ..telling import tell_office


@transaction.atomic
def record_absences(
    *, panel: Panel, by: Account | None, members: Collection[PanelMember] | None = None,
    items: Collection[PanelItem] | None = None,
) -> int:  # fmt: skip
    """Look for conflicts of members with items and keep them as absences. Returns how many are new.

    What was lifted stays lifted.
    """
    panel = locked_panel(panel)
    if members is None:
        members = list(panel.members.select_related("person"))
    if items is None:
        items = list(panel.items.select_related("submission__call", "submission__organisation"))
    for item in items:
        item.panel = panel
    of = {item.submission_id: item for item in items}
    held = set(Absence.objects.filter(item__panel=panel).values_list("item_id", "member_id"))
    new = [
        Absence(item=of[submission], member_id=member, reason=reason)
        for (member, submission), reason in find_absences(members, items).items()
        if (of[submission].pk, member) not in held
    ]
    Absence.objects.bulk_create(new)
    for absence in new:
        _annul_where_voted(absence.item, absence.member, by)
    if new:
        audit.record("panel.absences", panel, by=by, found=len(new))
    return len(new)


@transaction.atomic
def leave_room(*, item: PanelItem, reason: str, by: Account) -> Absence:
    """A member declares that they leave the room for an item: from now on they do not see it.

    A ballot that is open and in which they voted is annulled, for a vote cannot be taken out of it.
    """
    item = locked_item(item)
    member = seat_of(by, item.panel)
    if member is None:
        raise BadInput(_("Only a member of the panel leaves the room."))
    reason = needed(reason)[:300]
    absence, _made = Absence.objects.update_or_create(
        item=item, member=member,
        defaults={"reason": reason, "declared": True, "lifted_at": None},
    )  # fmt: skip
    take_step(
        Step.Act.RECUSED, call=item.panel.call, submission=item.submission, by=by,
        stage=item.panel.stage, reason=reason, panel=item.panel_id,
    )  # fmt: skip
    _annul_where_voted(item, member, by)
    url = reverse("calls:panel_office", args=[item.panel_id])
    tell_office(
        "calls.left_room", item.panel.call, by=by, url=url, name=member.person.name,
        panel=item.panel.title, title=str(item.submission),
    )  # fmt: skip
    return absence


@transaction.atomic
def lift_absence(*, absence: Absence, reason: str, by: Account | None) -> Absence:
    """Let a member stay after all, with a reason. What a member declared is not lifted."""
    item = locked_item(absence.item)
    absence = Absence.objects.select_related("member__person").get(pk=absence.pk)
    reason = needed(reason)
    if absence.declared:
        raise BadInput(
            _("%(name)s declared it; that stays.") % {"name": absence.member.person.name}
        )
    if open_ballot_of(item) is not None:
        raise BadInput(_("A ballot is open. Close it, then change who sits."))
    if absence.lifted_at is None:
        absence.lifted_at = timezone.now()
        absence.save(update_fields=["lifted_at"])
        take_step(
            Step.Act.LIFTED, call=item.panel.call, submission=item.submission, by=by,
            stage=item.panel.stage, reason=reason, panel=item.panel_id,
            person=absence.member.person_id,
        )  # fmt: skip
    return absence


def _annul_where_voted(item: PanelItem, member: PanelMember, by: Account | None) -> None:
    """Nobody can say which vote is the member's: the whole ballot does not count."""
    ballot = open_ballot_of(item)
    if ballot is None or not Voter.objects.filter(ballot=ballot, member=member).exists():
        return
    reason = _("A member left the room who had voted.")
    Ballot.objects.filter(pk=ballot.pk).update(
        closed_at=timezone.now(), result={"annulled": reason}
    )
    Vote.objects.filter(ballot=ballot).delete()
    audit.record("panel.annul", item.panel, by=by, item=item.pk, round=ballot.round)
