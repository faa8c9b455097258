"""Verbs of a panel's agenda: put submissions on it, in an order, take one off."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from sheke.core import audit
from sheke.core.errors import BadInput
from sheke.directory.models import Account

from ..models import Panel, PanelItem, Submission
from ..panels.guarding import locked_item, locked_panel
from .panel_absences import record_absences


@transaction.atomic
def add_items(
    *, panel: Panel, submissions: Iterable[Submission], by: Account | None
) -> list[PanelItem]:
    """Put submissions at the end of the agenda, in the order given. Only what stands at the stage
    goes on it; what is on it already is left out.
    """
    panel = locked_panel(panel)
    held = set(panel.items.values_list("submission_id", flat=True))
    wanted = {s.pk: s for s in submissions if s.pk not in held}
    standing = Submission.objects.filter(call=panel.call, stage=panel.stage).standing()
    there = standing.filter(pk__in=wanted).select_related("call", "organisation").in_bulk()
    place = panel.items.count()
    made = [
        PanelItem(panel=panel, submission=there[pk], position=place + number)
        for number, pk in enumerate([pk for pk in wanted if pk in there], start=1)
    ]
    for item in made:
        item.save()
    if made:
        audit.record("panel.agenda", panel, by=by, added=[item.submission_id for item in made])
        record_absences(panel=panel, items=made, by=by)
    return made


@transaction.atomic
def order_items(*, panel: Panel, order: Sequence[int], by: Account | None) -> None:
    """Bring the agenda into an order: primary keys of all its items. BadInput where one is missing."""
    panel = locked_panel(panel)
    items = {item.pk: item for item in panel.items.all()}
    if sorted(order) != sorted(items):
        raise BadInput(_("The agenda changed meanwhile. Look at it and order it again."))
    for position, pk in enumerate(order, start=1):
        items[pk].position = position
    PanelItem.objects.bulk_update(items.values(), ["position"])
    audit.record("panel.agenda", panel, by=by, order=list(order))


@transaction.atomic
def remove_item(*, item: PanelItem, by: Account | None) -> None:
    """Take a submission off the agenda on which nobody was asked to vote."""
    item = locked_item(item)
    if item.ballots.exists():
        raise BadInput(_("There was a ballot on it; it stays on the agenda."))
    audit.record("panel.agenda", item.panel, by=by, removed=[item.submission_id])
    item.delete()
