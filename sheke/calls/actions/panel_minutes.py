"""Verbs of a sitting's minutes: write them, close them."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.core import audit
from sheke.core.errors import BadInput
from sheke.directory.models import Account

from ..models import Ballot, Panel, Step
from ..panels.guarding import locked_panel
from ..panels.minutes import mark_of
from ..panels.results import outcome_of
from ..steps import take_step

LONGEST = 100_000  # characters


class Overtaken(BadInput):
    """Somebody else wrote in between; `panel` is as it stands now."""

    def __init__(self, panel: Panel) -> None:
        super().__init__(_("Somebody else wrote in between. Compare, then keep one of the two."))
        self.panel = panel


@transaction.atomic
def write_panel_minutes(*, panel: Panel, text: str, was: str, by: Account | None) -> Panel:
    """Write the text of the minutes over the one with the mark `was`. Raises Overtaken where another
    one stands there now.
    """
    panel = locked_panel(panel)
    text = text.replace("\r\n", "\n")
    if len(text) > LONGEST:
        raise BadInput(_("The text is longer than %(n)s characters.") % {"n": LONGEST})
    if text == panel.notes:
        return panel
    if mark_of(panel.notes) != was:
        raise Overtaken(panel)
    panel.notes = text
    panel.save(update_fields=["notes"])
    audit.record("panel.minutes", panel, by=by, characters=len(text))
    return panel


@transaction.atomic
def close_panel(*, panel: Panel, by: Account | None) -> Panel:
    """Close the minutes; each submission voted on gets its line in the log.

    Raises BadInput while a ballot is open, or when nobody was present.
    """
    panel = locked_panel(panel)
    if Ballot.objects.filter(item__panel=panel, closed_at=None).exists():
        raise BadInput(_("A ballot is still open."))
    if not panel.members.filter(present_at__isnull=False).exists():
        raise BadInput(_("Nobody is marked as present."))
    panel.closed_at, panel.closed_by = timezone.now(), by
    panel.save(update_fields=["closed_at", "closed_by"])
    audit.record("panel.close", panel, by=by, call=panel.call.key)
    ballots = Ballot.objects.filter(item__panel=panel).exclude(result__has_key="annulled")
    found = ballots.select_related("item__submission__edition__definition").order_by("round")
    last = {ballot.item_id: ballot for ballot in found}
    for ballot in last.values():
        result = outcome_of(ballot)
        take_step(
            Step.Act.VOTED, call=panel.call, submission=ballot.item.submission, by=by,
            stage=panel.stage, panel=panel.pk, round=ballot.round, carried=result.carried,
            quorate=result.quorate, votes=result.votes, present=result.present,
            members=result.members,
        )  # fmt: skip
    return panel
