"""The hits that an account may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..models import SearchEntry
from .analysis import Phrase, query
from .index import search_index
from .sources import SOURCES, Row, Source


@dataclass(frozen=True)
class Group:
    """Hits of one kind; `more` when there are others behind them."""

    source: Source
    rows: list[Row]
    more: bool


def find(
    account: Any, text: str, *, limit: int = 5, kind: str = "", offset: int = 0
) -> list[Group]:
    """Hits by kind, those with the words in their title first, later ones before earlier ones.

    kind: of this kind only. Nothing that the account may not see is counted or told.
    """
    phrases = query(text)
    sources = [SOURCES[kind]] if kind in SOURCES else list(SOURCES.values())
    groups = [_group(source, account, phrases, limit, offset) for source in sources if phrases]
    return [group for group in groups if group.rows]


def _group(
    source: Source, account: Any, phrases: Sequence[Phrase], limit: int, offset: int
) -> Group:
    numbers = _numbers(source, account, phrases, offset + limit + 1)
    if not numbers[offset:]:
        return Group(source, [], more=False)
    found = {one.pk: one for one in source.visible(account).filter(pk__in=numbers[offset:])}
    seen = [found[number] for number in numbers[offset:] if number in found]
    return Group(source, [source.row(one) for one in seen[:limit]], more=len(seen) > limit)


def _numbers(source: Source, account: Any, phrases: Sequence[Phrase], limit: int) -> list[int]:
    """Numbers of subjects: hits in the title, then hits elsewhere."""
    within = source.scope(account)
    if within is not None and not within:
        return []
    index = search_index(source.kind)
    anywhere = index.find(phrases, within=within, title=False, limit=limit)
    if not anywhere:  # nor in a title: most kinds hold nothing that is sought
        return []
    titled = index.find(phrases, within=within, title=True, limit=limit)
    chosen = list(dict.fromkeys([*titled, *anywhere]))[:limit]
    subjects = dict(SearchEntry.objects.filter(pk__in=chosen).values_list("pk", "subject_id"))
    return [subjects[entry] for entry in chosen if entry in subjects]
