"""What the page of the search shows beside the hits: facets, chips, sorts, pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sheke.directory.models import Organisation

from .index import Results, vocabulary
from .index.wanted import Wanted, address
from .models import Collection, Work

TITLES: dict[str, str | Promise] = {
    "type": pgettext_lazy("facet", "What it is"), "kind": pgettext_lazy("facet", "Kind"), "level": pgettext_lazy("facet", "Level"),
    "language": _("Language"), "discipline": _("Discipline"), "keeper": _("Kept by"),
    "writer": _("Authors"), "collection": pgettext_lazy("facet", "Collection"),
}  # fmt: skip
SORTS: dict[str, str | Promise] = {
    "relevance": pgettext_lazy("sort", "What fits best"), "newest": pgettext_lazy("sort", "Newest"),
    "oldest": pgettext_lazy("sort", "Oldest"), "level": pgettext_lazy("sort", "Level"),
}  # fmt: skip
OPEN = ("type", "kind", "level")  # facets that are unfolded at first


@dataclass(frozen=True)
class Choice:
    """One value of a facet; `url` chooses it, or takes it away."""

    label: str
    count: int
    url: str
    chosen: bool


@dataclass(frozen=True)
class Facet:
    name: str
    title: str
    choices: Sequence[Choice]
    unfolded: bool


@dataclass(frozen=True)
class Chip:
    """A filter that holds; `url` takes it away."""

    label: str
    url: str


def facets(found: Results, wanted: Wanted) -> list[Facet]:
    """Those with more than one value, or with one that is chosen."""
    names = _names(found)
    shown = []
    for name, counted in sorted(found.facets.items(), key=lambda one: list(TITLES).index(one[0])):
        held = wanted.filters.get(name, ())
        choices = [
            Choice(
                _label(name, value, names),
                count,
                address(wanted.toggled(name, value)),
                value in held,
            )
            for value, count in counted
        ]
        if len(choices) > 1 or held:
            shown.append(Facet(name, str(TITLES[name]), choices, name in OPEN or bool(held)))
    return shown


def chips(found: Results, wanted: Wanted) -> list[Chip]:
    names = _names(found, wanted)
    made = [
        Chip(
            vocabulary.said(TITLES[name]) + _label(name, value, names),
            address(wanted.toggled(name, value)),
        )
        for name, values in wanted.filters.items() if name in TITLES
        for value in values
    ]  # fmt: skip
    since, until = (wanted.filters.get(name, [""])[0] for name in ("since", "until"))
    if since or until:
        made.append(Chip(f"{since}–{until}", address(wanted.without("since", "until"))))
    return made


def sorts(wanted: Wanted) -> list[tuple[str, str, bool]]:
    """(label, url, chosen)"""
    return [
        (str(label), address(wanted, sort=name, page="1"), name == wanted.sort)
        for name, label in SORTS.items()
    ]


def pages(found: Results, wanted: Wanted, per_page: int) -> Page[int]:
    """The page for the pager: it knows how many hits there are, not the hits."""
    return Paginator(range(found.total), per_page).get_page(wanted.page)


def _names(found: Results, wanted: Wanted | None = None) -> dict[tuple[str, str], str]:
    """Names of organisations and collections among the values. Two queries at most.

    Of an organisation that keeps nothing which the reader finds, nor anything public, none is told.
    """
    values: dict[str, set[int]] = {"keeper": set(), "collection": set()}
    counted = [int(value) for value, n in found.facets.get("keeper", ()) if n]
    for name, held in values.items():
        held.update(int(value) for value, _n in found.facets.get(name, ()))
        held.update(int(value) for value in (wanted.filters.get(name, ()) if wanted else ()))
    named: dict[tuple[str, str], str] = {}
    if values["keeper"]:
        kept = Q(pk__in=counted) | Q(pk__in=Work.objects.public().values("organisation"))
        for one in Organisation.objects.filter(kept, pk__in=values["keeper"]):
            named["keeper", str(one.pk)] = one.label
    if values["collection"]:
        for gathered in Collection.objects.public().filter(pk__in=values["collection"]):
            named["collection", str(gathered.pk)] = gathered.title
    return named


def _label(name: str, value: str, names: dict[tuple[str, str], str]) -> str:
    if name in ("keeper", "collection"):
        return names.get((name, value), "—")
    return str(vocabulary.CHOSEN.get(name, {}).get(value, value))
