"""Verbs of completion: that an item is done, by the word of a person."""

from __future__ import annotations

from django.db import transaction

from sheke.core import audit
from sheke.directory.models import Account

from ..models import Completion, Item


@transaction.atomic
def complete_item(*, item: Item, by: Account | None, note: str = "") -> Completion:
    """Say that an item is done; saying it again changes the note."""
    completion, _new = Completion.objects.update_or_create(
        item=item, defaults={"note": note[:300], "by": by}
    )
    audit.record("plan.complete_item", item, by=by, note=note)
    return completion


@transaction.atomic
def reopen_item(*, item: Item, by: Account | None) -> None:
    """Take the word back."""
    if Completion.objects.filter(item=item).delete()[0]:
        audit.record("plan.reopen_item", item, by=by)
