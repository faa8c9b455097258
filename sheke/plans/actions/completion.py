"""Verbs of completion: that an item is done, by the word of a person."""

from __future__ import annotations

from django.db import transaction

from sheke.core import audit
from sheke.directory.models import Account

from ..models import Completion, DutyReport, Item


@transaction.atomic
def complete_item(
    *, item: Item, by: Account | None, note: str = "", report: DutyReport | None = None
) -> Completion:
    """Say that an item is done; saying it again changes the note. `report`: that it follows from."""
    completion, _new = Completion.objects.update_or_create(
        item=item, defaults={"note": note[:300], "report": report, "by": by}
    )
    audit.record("plan.complete_item", item, by=by, note=note)
    return completion


@transaction.atomic
def reopen_item(*, item: Item, by: Account | None) -> None:
    """Take the word back."""
    if Completion.objects.filter(item=item).delete()[0]:
        audit.record("plan.reopen_item", item, by=by)
