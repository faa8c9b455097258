"""Hits with what a page shows of them. Rows come from the database under the reader's rights once more, so
that nothing which was taken back a moment ago is printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from time import perf_counter
from typing import Any

from django.db import OperationalError, models
from django.urls import NoReverseMatch, reverse

from sheke.core.databases import is_read_only

from ..models import Page
from ..queries import collections_seen_by, experts_seen_by, files_read_by, works_seen_by
from .clauses import Both, Clause, Found, Numbered, OneOf
from .engine import Broken, SearchIndex
from .entries import named
from .flowing import flowing
from .following import AT_ONCE, catch_up, serving
from .frequent import known
from .language import Asked, ask
from .marking import Snippet, marked, opening, snippet
from .planning import FACETS, clause_of, reader_of, request_of

PER_PAGE = 10
# Pages of a file that are looked through for a snippet, of all hits together: the first, then more.
LEAFED = ((1, 4), (5, 16), (17, 60))
READ = 300_000  # characters of one work
FACET_SIZE = 12
Filters = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Hit:
    """kind: work, expert, collection. row: the model's own, visible to the reader. score: 0 where sorted."""

    kind: str
    row: Any
    score: float
    title: Snippet
    snippet: Snippet

    @property
    def key(self) -> str:
        return f"{self.kind}-{self.row.pk}"

    @property
    def url(self) -> str:
        """Its page; nothing where it has none."""
        if hasattr(self.row, "get_absolute_url"):
            with suppress(NoReverseMatch):
                return str(self.row.get_absolute_url())
        name = self.row.slug if self.kind == "collection" else self.row.pk
        with suppress(NoReverseMatch):
            return reverse(f"library:{self.kind}", args=[name])
        return ""


@dataclass(frozen=True)
class Results:
    """total: of all hits, exact. facets: by field, values with counts, the most frequent first; a field
    that is filtered is counted without its own filter. ready: False where there is no index yet.
    """

    asked: Asked
    total: int = 0
    hits: Sequence[Hit] = ()
    facets: Mapping[str, Sequence[tuple[str, int]]] = field(default_factory=dict)
    ms: float = 0.0
    ready: bool = True
    renewing: bool = False


def search(
    query: str,
    *,
    account: Any,
    filters: Filters | None = None,
    sort: str = "relevance",
    page: int = 1,
    per_page: int = PER_PAGE,
    facets: bool = False,
    snippets: bool = True,
    fresh: bool = True,
    among: Sequence[int] | None = None,
) -> Results:
    """What `account` (also an anonymous one) finds.

    filters: by field of planning.FACETS the values of which one must hold; "since", "until": a year.
    sort: relevance, newest, oldest, level. fresh: follow first what was just done (never much).
    among: only hits with these keys.
    """
    started = perf_counter()
    asked = ask(query)
    if fresh:
        freshen()
    reader = reader_of(account)
    try:
        serves = serving()
        if serves is None:
            return Results(asked, ready=False)
        index, frequent = serves.index, known(serves.mark.words)
        asking = partial(clause_of, asked, reader, frequent=frequent, former=serves.is_former)
        clause = asking(filters or {})
        if among is not None:
            clause = Both((clause, Numbered(tuple(among))))
        offset = (max(page, 1) - 1) * per_page
        found = index.find(request_of(asked, clause, sort=sort, offset=offset, limit=per_page))
        counted = _facets(index, asking, filters or {}) if facets else {}
    except Broken:
        return Results(asked, ready=False)
    hits = _hits(found, account, asked, snippets)
    spent = round((perf_counter() - started) * 1000, 2)
    return Results(asked, found.total, hits, counted, spent, renewing=serves.is_former)


def freshen() -> None:
    """What was done a moment ago is found, and what was taken back is gone; much is the worker's work."""
    if not is_read_only():
        with suppress(OperationalError, Broken):
            catch_up(limit=AT_ONCE, tidy=False)


def _facets(
    index: SearchIndex, asking: Callable[[Filters], Clause], filters: Filters
) -> dict[str, Sequence[tuple[str, int]]]:
    chosen = [name for name in FACETS if filters.get(name)]
    free = [name for name in FACETS if name not in chosen]
    found: dict[str, Sequence[tuple[str, int]]] = {}
    found |= index.count(asking(filters), free, FACET_SIZE)
    for name in chosen:
        others = {other: values for other, values in filters.items() if other != name}
        clause = asking(others)
        counted = list(index.count(clause, [name], FACET_SIZE)[name])
        found[name] = counted + _missing(index, clause, name, filters[name], counted)
    return found


def _missing(
    index: SearchIndex, clause: Clause, name: str, chosen: Sequence[str],
    counted: Sequence[tuple[str, int]],
) -> list[tuple[str, int]]:  # fmt: skip
    """A chosen value stays in the list, also where it is rare."""
    held = {value for value, _n in counted}
    rare = [value for value in chosen if value not in held]
    if not rare:
        return []
    narrowed = index.count(Both((clause, OneOf(name, tuple(rare)))), [name], 50)[name]
    counts = dict(narrowed)
    return [(value, counts.get(value, 0)) for value in rare]


def _hits(found: Found, account: Any, asked: Asked, snippets: bool) -> list[Hit]:
    rows = rows_of([key for key, _score in found.hits], account)
    words = list(dict.fromkeys(word.text for word in asked.words))
    texts = [word.text for word in asked.words if not word.field]
    parts = _snippets(rows, account, texts) if snippets else {}
    return [
        Hit(named(key)[0], rows[key], round(score, 4), marked(str(rows[key]), words),
            parts.get(key, Snippet()))
        for key, score in found.hits if key in rows
    ]  # fmt: skip


def rows_of(keys: Sequence[int], account: Any) -> dict[int, Any]:
    """The rows behind keys that the account may see."""
    numbers: dict[str, dict[int, int]] = {}
    for key in keys:
        kind, number = named(key)
        numbers.setdefault(kind, {})[number] = key
    sources: dict[str, models.QuerySet[Any]] = {
        "work": works_seen_by(account)
        .select_related("organisation")
        .prefetch_related("contributions", "other_titles"),
        "expert": experts_seen_by(account).select_related("organisation"),
        "collection": collections_seen_by(account).select_related("organisation"),
    }
    found: dict[int, Any] = {}
    for kind, wanted in numbers.items():
        found |= {wanted[row.pk]: row for row in sources[kind].filter(pk__in=wanted)}
    return found


def _snippets(rows: Mapping[int, Any], account: Any, words: list[str]) -> dict[int, Snippet]:
    """By key, what is shown of a hit: where the words stand, else how it begins."""
    found, leaf_through = {}, {}
    for key, row in rows.items():
        kind, number = named(key)
        text = row.abstract if kind == "work" else _said_of(kind, row, account)
        found[key] = opening(text)
        if words and (part := snippet(text, words)):
            found[key] = part
        elif words and kind == "work":
            leaf_through[number] = key
    pages = _in_pages(leaf_through, account, words)
    for number, key in leaf_through.items():
        found[key] = pages.get(number) or snippet(_described(rows[key]), words) or found[key]
    return found


def _said_of(kind: str, row: Any, account: Any) -> str:
    return str(row.introduction) if kind == "collection" else _shown(row, account)


def _described(work: Any) -> str:
    """What else is said of a work, where neither its title nor its texts hold a word."""
    titles = [one.text for one in work.other_titles.all()]
    people = [
        part for one in work.contributions.all() for part in (one.name, one.organisation_name)
    ]
    said = [*titles, *work.keywords, *people, work.container, work.publisher]
    return " · ".join(dict.fromkeys(part for part in said if part))


def _shown(expert: Any, account: Any) -> str:
    """What a public profile says in a line or two."""
    shown = expert.shown if expert.is_public else expert.FIELDS
    fields = [name for name in ("employer", "post", "biography") if name in shown]
    return " · ".join(str(getattr(expert, name)) for name in fields if getattr(expert, name))


def _in_pages(works: Iterable[int], account: Any, words: list[str]) -> dict[int, Snippet]:
    """By work, from the first page that the account may read and on which a word stands."""
    found: dict[int, Snippet] = {}
    read: Counter[int] = Counter()
    for first, last in LEAFED:
        left = [work for work in works if work not in found and read[work] <= READ]
        if not left:
            break
        files = files_read_by(account).filter(work__in=left).order_by().values("pk")
        pages = Page.objects.filter(file__in=files, number__gte=first, number__lte=last)
        pages = pages.order_by("file__position", "file", "number")
        for work, number, text in pages.values_list("file__work", "number", "text"):
            if work not in found and read[work] <= READ:
                read[work] += len(text)
                if part := snippet(flowing([text]), words, page=number):
                    found[work] = part
    return found
