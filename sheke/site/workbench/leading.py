"""The year on one page: the main figures, and the map of who has reported and who has not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import chain

from django.db.models import Count

from sheke.definitions.models import Edition
from sheke.directory.models import STEP, Organisation
from sheke.indicators.catalogue import Catalogue
from sheke.indicators.figures import Compared, compared
from sheke.indicators.remembering import evaluate_remembered
from sheke.indicators.scopes import Scope
from sheke.ledger.remembering import remembered
from sheke.plans.nodes import Tree

from .year import lines_within, records_url, year_by_type

FIGURES = 8
LEVELS = (1, 5, 10, 20)  # records from which a tile is a shade darker


@dataclass(frozen=True)
class Tile:
    """An organisation on the map; `shade` is 0 (nothing reported) to 4. `url`: its records."""

    organisation: Organisation
    records: int
    url: str

    @property
    def shade(self) -> int:
        return sum(self.records >= least for least in LEVELS)


@dataclass(frozen=True)
class Region:
    """The tiles of one kind of organisation, or of those below one county."""

    name: str
    tiles: list[Tile]

    @property
    def covered(self) -> int:
        return sum(tile.records > 0 for tile in self.tiles)


@dataclass(frozen=True)
class Coverage:
    """Who has reported any work, and who has not."""

    regions: list[Region]

    @property
    def tiles(self) -> list[Tile]:
        return list(chain.from_iterable(region.tiles for region in self.regions))

    @property
    def covered(self) -> int:
        return sum(tile.records > 0 for tile in self.tiles)

    @property
    def missing(self) -> list[Tile]:
        return [tile for tile in self.tiles if not tile.records]

    @property
    def percent(self) -> int:
        return round(self.covered * 100 / len(self.tiles)) if self.tiles else 0


def coverage(organisation: Organisation, first: date, last: date) -> Coverage:
    """The organisations below on the last day, each with the records that count for it itself.

    Those directly below stand together by kind; those of each county stand under its name. Offices
    are left out: their work is their organisation's.
    """
    counts = remembered(
        "coverage",
        (organisation.pk, organisation.path, first, last),
        lambda: _counts(organisation, first, last),
    )
    there = Organisation.objects.below(organisation).exclude(pk=organisation.pk)
    found = list(there.exclude(kind=Organisation.Kind.OFFICE).at(last))
    names = {one.path: one.label for one in found}
    regions: dict[str, list[Tile]] = {}
    for one in found:
        direct = one.parent_id == organisation.pk
        county = one.path[: len(organisation.path) + STEP]
        name = str(one.get_kind_display()) if direct else names.get(county, one.label)
        tile = Tile(one, counts.get(one.pk, 0), records_url(one, first, last))
        regions.setdefault(name, []).append(tile)
    return Coverage([Region(name, tiles) for name, tiles in regions.items()])


def _counts(organisation: Organisation, first: date, last: date) -> dict[int, int]:
    """Records by the organisation they count for; a record has one line for each. One query."""
    lines = lines_within(organisation, first, last).values_list("organisation_id")
    return dict(lines.annotate(count=Count("pk")))


def main_figures(
    organisation: Organisation, first: date, last: date, tree: Tree | None
) -> tuple[Scope, list[Compared]]:
    """The indicators that the plan sets most targets for, then those of the year's commonest work."""
    catalogue = Catalogue.load()
    scope = Scope(organisation, first, last)
    keys = [
        row.edition.definition.key for node in (tree.nodes if tree else ()) for row in node.targets
    ]
    keys = sorted(dict.fromkeys(keys), key=lambda key: -keys.count(key))
    plain = [
        key for key, e in catalogue.indicators.items() if e.indicator.aggregate in ("count", "sum")
    ]
    rank = {
        each.edition.definition.key: place
        for place, each in enumerate(year_by_type(organisation, last))
    }
    plain.sort(key=lambda key: _place(catalogue.indicators[key], rank))
    chosen = list(dict.fromkeys([*keys, *plain]))
    editions = [catalogue.indicators[key] for key in chosen if key in catalogue.indicators]
    growing = [e for e in editions if e.indicator.aggregate != "completion"][:FIGURES]
    return scope, compared(growing, scope, catalogue, evaluate_remembered)


def _place(edition: Edition, rank: dict[str, int]) -> int:
    """The place of its commonest record type; behind all where there was no such work."""
    return min((rank[key] for key in edition.indicator.types if key in rank), default=len(rank))
