"""Writing the outcome of a step: only while the item still stands at it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from sheke.core.errors import BadInput

from ..models import File, Item, Page


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


def check_uncorrected(file: File | None) -> None:
    """Raises BadInput where pages were corrected by hand: doing the file again would lose that."""
    by_hand = Q(source=Page.Source.CORRECTED) | Q(versions__isnull=False)
    if file is not None and file.pages.filter(by_hand).exists():
        raise BadInput(
            _("Pages of “%(name)s” were corrected by hand, which would be lost.")
            % {"name": file.name}
        )
