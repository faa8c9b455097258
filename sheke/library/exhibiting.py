"""What stands in a collection, for a reader; its timeline and its map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .models import Collection, Placement, Work
from .queries import works_seen_by

MOST = 500  # works that a page of a saved query shows; the search shows them all
WIDTH, HEIGHT, MARGIN = 640, 360, 30


@dataclass(frozen=True)
class Exhibit:
    """A work in its place; `place` is none in a collection that is a saved query."""

    work: Work
    place: Placement | None = None


@dataclass(frozen=True)
class Point:
    """A work on the map: where it is drawn, and its number in the list beside it."""

    number: int
    x: int
    y: int
    exhibit: Exhibit


def exhibits_of(collection: Collection, account: Any) -> list[Exhibit]:
    """The works that the reader may see, in order. Three queries; a saved query asks the index, too."""
    seen = works_seen_by(account).prefetch_related("contributions")
    if collection.query:
        from .index import search

        found = search(
            collection.query, account=account, filters={"type": ["work"]}, per_page=MOST,
            snippets=False,
        )  # fmt: skip
        numbers = [hit.row.pk for hit in found.hits]
        works = {work.pk: work for work in seen.filter(pk__in=numbers)}
        return [Exhibit(works[number]) for number in numbers if number in works]
    places = list(collection.placements.all())
    works = {work.pk: work for work in seen.filter(pk__in=[p.work_id for p in places])}
    return [Exhibit(works[place.work_id], place) for place in places if place.work_id in works]


def timeline_of(exhibits: Sequence[Exhibit]) -> list[tuple[int, list[Exhibit]]]:
    """By year, the earliest first; works without a date are left out. Empty with fewer than two years."""
    years: dict[int, list[Exhibit]] = {}
    for each in exhibits:
        if each.work.year is not None:
            years.setdefault(each.work.year, []).append(each)
    return sorted(years.items()) if len(years) > 1 else []


def map_of(exhibits: Sequence[Exhibit]) -> list[Point]:
    """Points in a box of WIDTH × HEIGHT that the places fill, true to scale at their latitude.

    No map tiles: an intranet has none, and a list stands beside it.
    """
    placed = [e for e in exhibits if e.place is not None and e.place.longitude is not None]
    if not placed:
        return []
    from math import cos, radians

    xs = [e.place.longitude or 0.0 for e in placed if e.place]
    ys = [e.place.latitude or 0.0 for e in placed if e.place]
    narrow = cos(radians((min(ys) + max(ys)) / 2))  # a degree of longitude against one of latitude
    across, up = (max(xs) - min(xs)) * narrow, max(ys) - min(ys)
    scale = min(
        (WIDTH - 2 * MARGIN) / across if across else float("inf"),
        (HEIGHT - 2 * MARGIN) / up if up else float("inf"),
    )
    scale = 0.0 if scale == float("inf") else scale
    middle_x, middle_y = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    return [
        Point(
            number, round(WIDTH / 2 + (x - middle_x) * narrow * scale),
            round(HEIGHT / 2 - (y - middle_y) * scale), exhibit,
        )
        for number, (x, y, exhibit) in enumerate(zip(xs, ys, placed, strict=True), 1)
    ]  # fmt: skip
