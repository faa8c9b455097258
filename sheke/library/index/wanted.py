"""What a page of the search is asked for, as an address holds it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from sheke.core.numerals import whole_number

from ..models import SavedSearch
from . import vocabulary
from .clauses import SORTS
from .language import LONGEST
from .planning import FACETS

CHOSEN = 20  # values of one facet
PAGES = 1000


@dataclass(frozen=True)
class Wanted:
    """query: as typed. filters: by field of planning.FACETS, "since" and "until". sort: of SORTS."""

    query: str = ""
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    sort: str = "relevance"
    page: int = 1

    def toggled(self, name: str, value: str) -> Wanted:
        """With a value of a facet chosen, or no longer; from the first page."""
        held = list(self.filters.get(name, ()))
        held = [one for one in held if one != value] if value in held else [*held, value]
        filters = {**self.filters, name: held}
        return replace(self, filters={k: v for k, v in filters.items() if v}, page=1)

    def without(self, *names: str) -> Wanted:
        return replace(
            self, filters={k: v for k, v in self.filters.items() if k not in names}, page=1
        )


def wanted_of(given: QueryDict) -> Wanted:
    """Whatever an address holds; what is no value is left out."""
    filters: dict[str, list[str]] = {}
    for name in FACETS:
        known = vocabulary.CHOSEN.get(name)
        values = [v for v in dict.fromkeys(given.getlist(name)) if v and (not known or v in known)]
        if name in ("keeper", "collection"):
            values = [v for v in values if whole_number(v, digits=18) is not None]
        if values:
            filters[name] = [v[:200] for v in values[:CHOSEN]]
    for name in ("since", "until"):
        year = whole_number(given.get(name, "").strip(), digits=4)
        if year:
            filters[name] = [str(year)]
    sort = given.get("sort", "")
    page = min(max(whole_number(given.get("page", ""), digits=5) or 1, 1), PAGES)
    return Wanted(
        given.get("q", "").strip()[: 2 * LONGEST],
        filters,
        sort if sort in SORTS else "relevance",
        page,
    )


def wanted_in(search: SavedSearch) -> Wanted:
    """What a saved search asks for."""
    return Wanted(search.query, dict(search.filters), search.sort or "relevance")


def parameters(wanted: Wanted, **changed: str) -> str:
    """The address's query string, without what is as it is by itself."""
    pairs = [("q", wanted.query)] if wanted.query else []
    pairs += [(name, value) for name, values in wanted.filters.items() for value in values]
    sort = changed.get("sort", wanted.sort)
    if sort != "relevance":
        pairs.append(("sort", sort))
    page = changed.get("page", str(wanted.page))
    if page != "1":
        pairs.append(("page", page))
    return urlencode(pairs)


def address(wanted: Wanted, **changed: str) -> str:
    found = parameters(wanted, **changed)
    return reverse("library:index") + (f"?{found}" if found else "")
