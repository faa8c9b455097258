"""Headings of the ledger follow the plan's items."""

from __future__ import annotations

from django.utils import timezone

from sheke.ledger.models import Heading

from ..models import Item, Plan

TITLE_LENGTH = 300
_FILED = (Item.Kind.ITEM, Item.Kind.ACTION, Item.Kind.CHAPTER)


def sync_headings(plan: Plan) -> None:
    """Every item but a problem has a heading with its number and title; those of deleted items retire."""
    items = list(plan.items.select_related("heading"))
    changed, lacking = [], []
    for item in items:
        wanted = (item.number, item.title[:TITLE_LENGTH])
        if item.heading is None:
            if item.kind in _FILED:
                lacking.append(item)
        elif (item.heading.number, item.heading.title) != wanted or item.heading.retired_at:
            item.heading.number, item.heading.title = wanted
            item.heading.retired_at = None
            changed.append(item.heading)
    Heading.objects.bulk_update(changed, ["number", "title", "retired_at"])
    for item in lacking:
        item.heading = Heading(
            organisation_id=plan.organisation_id, year=plan.year,
            number=item.number, title=item.title[:TITLE_LENGTH],
        )  # fmt: skip
    Heading.objects.bulk_create([item.heading for item in lacking if item.heading])
    Item.objects.bulk_update(lacking, ["heading"])


def retire_headings(headings: list[int]) -> None:
    """Records keep a retired heading; new ones cannot be filed under it."""
    Heading.objects.filter(pk__in=headings, item=None).update(retired_at=timezone.now())
