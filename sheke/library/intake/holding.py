"""Writing the outcome of a step: only while the item still stands at it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from ..models import File, Item


class Overtaken(Exception):
    """Somebody else moved the item on, or dropped it; there is nothing left to do."""


class Question(Exception):
    """The step ends with a question that a person decides; it wrote it down already."""


@contextmanager
def holding(item: Item, step: str) -> Iterator[Item]:
    """The item's row, locked, in a transaction. Raises Overtaken when it stands elsewhere."""
    with transaction.atomic():
        held = Item.objects.select_for_update().filter(pk=item.pk).first()
        if held is None or held.state != Item.State.WAITING or held.step != step:
            raise Overtaken
        yield held


def ask(held: Item, twin: File, likeness: str, share: float | None) -> None:
    """Write down, in the transaction of `holding`, that a person decides about a file whose like is there."""
    held.state, held.attempts = Item.State.QUESTION, 0
    held.twin, held.likeness, held.share = twin, likeness, share
    held.save(
        update_fields=["state", "step", "attempts", "twin", "likeness", "share", "changed_at"]
    )
