"""An item's words cut into plain and marked parts, where targets and times stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from .models import Item
from .reading import PlanItem


@dataclass(frozen=True)
class Part:
    """A stretch of text. `kind` is empty, "target" or "due"."""

    text: str
    kind: str = ""


def cut(text: str, places: Iterable[tuple[int, int, str]]) -> list[Part]:
    """The text in parts; places that overlap or lie outside are left out."""
    parts: list[Part] = []
    at = 0
    for start, end, kind in sorted(places):
        if at <= start < end <= len(text):
            parts += [Part(text[at:start]), Part(text[start:end], kind)]
            at = end
    parts.append(Part(text[at:]))
    return [part for part in parts if part.text]


def marked(item: Item, field: str) -> list[Part]:
    """The parts of an item's title or text."""
    return _marked(getattr(item, field), field, item.proposals)


def _marked(text: str, field: str, proposals: dict[str, Any]) -> list[Part]:
    places = [
        (one["start"], one["end"], kind)
        for kind, name in (("target", "targets"), ("due", "due"))
        for one in proposals.get(name, [])
        if one["in"] == field
    ]
    return cut(text, places)


@dataclass(frozen=True)
class PreviewRow:
    """A line of the preview of an import."""

    item: PlanItem
    title: list[Part]
    text: list[Part]

    @property
    def depth(self) -> int:
        return min(self.item.level, 5)


def preview_rows(items: list[PlanItem]) -> list[PreviewRow]:
    rows = []
    for item in items:
        data = item.as_json()
        proposals = {"targets": data["targets"], "due": data["deadlines"]}
        rows.append(
            PreviewRow(
                item,
                _marked(item.title, "title", proposals),
                _marked(item.text, "text", proposals),
            )
        )
    return rows
