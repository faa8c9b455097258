"""Named reads of the intake: batches with their counts, the files of one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from .models import Batch, Item
from .models.intake import ItemQuerySet
from .queries import kept_organisations


@dataclass(frozen=True)
class Tray:
    """How many files of a batch are in each state."""

    counts: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def waiting(self) -> int:
        return self.counts.get(Item.State.WAITING, 0)

    @property
    def settled(self) -> int:
        return self.total - self.waiting

    @property
    def drafts(self) -> int:
        return self.counts.get(Item.State.DONE, 0)

    @property
    def tabs(self) -> list[tuple[str, Any, int]]:
        """(state, its name, how many) of the states that occur."""
        return [
            (key, label, self.counts[key])
            for key, label in Item.State.choices
            if self.counts.get(key)
        ]


def batches_of(account: Any) -> QuerySet[Batch]:
    """Newest first, each with the number of its files by state. One query."""
    kept = kept_organisations(account).order_by().values("pk")
    counts = {
        f"n_{state}": Count("items", filter=Q(items__state=state)) for state in Item.State.values
    }
    found = Batch.objects.filter(organisation__in=kept).select_related(
        "organisation", "created_by__person"
    )
    return found.annotate(n=Count("items"), **counts).order_by("-pk")


def counts_of(batch: Batch) -> dict[str, int]:
    rows = batch.items.order_by().values("state").annotate(n=Count("pk"))
    return {row["state"]: row["n"] for row in rows}


def rows_of(batch: Batch, state: str = "") -> ItemQuerySet:
    """The files, what asks for a person first, each with how many of its scans are read."""
    read = Count(
        "file__pages", filter=Q(file__pages__source="ocr", file__pages__confidence__isnull=False)
    )
    found = batch.items.select_related(
        "parent", "file__work", "twin__work", "file__thumbnail"
    ).annotate(read=read)
    return (found.filter(state=state) if state else found).order_by("pk")
