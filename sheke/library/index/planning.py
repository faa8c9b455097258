"""A question, the reader's rights and the chosen filters become one clause.

Rights are part of the clause: an engine counts and ranks only what the reader may see, and a word counts as
standing in a text only where the reader may read it there (see entries for `open` and `closed`). That holds
for −words too: what is closed to the reader leaves nothing out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from sheke.core.search.analysis import is_single, normal
from sheke.directory.queries import acting_paths
from sheke.ledger.confirming.queries import officer_paths

from .clauses import FREQUENT, SINGLE, Both, Clause, Either, OneOf, Phrase, Request, Span, Without
from .entries import PUBLIC
from .language import All, AnyOf, Asked, Node, Not, Value, Word, Years

# How much more a word counts in these fields than in the text.
RAISED = {"title": 6.0, "keyword": 3.0, "author": 3.0}
FACETS = ("type", "kind", "level", "language", "discipline", "keeper", "writer", "collection")
SINGLE_WORDS = 3  # of a question whose place in titles raises hits


@dataclass(frozen=True)
class Reader:
    """keeps: tokens of `seen` of what the reader keeps, whose closed words they read, too."""

    keeps: tuple[str, ...] = ()

    @property
    def sees(self) -> tuple[str, ...]:
        return (PUBLIC, *self.keeps)


def reader_of(account: Any) -> Reader:
    """As queries.works_seen_by, experts_seen_by and collections_seen_by put it."""
    if account is None or not account.is_authenticated:
        return Reader()
    units = [f"unit:{path}" for path in acting_paths(account)]
    offices = [f"office:{path}" for path in officer_paths(account)]
    person = [f"person:{account.person_id}"] if account.person_id else []
    return Reader((*units, *offices, *person))


def clause_of(
    asked: Asked,
    reader: Reader,
    filters: Mapping[str, Sequence[str]],
    *,
    frequent: Set[str] = frozenset(),
    former: bool = False,
) -> Clause:
    """filters: by field of VALUES (one of the values holds); "since" and "until" are years.

    frequent: words that are terms of the index. former: for an index of a former shape, whose `open` may
    hold words of what is not public.
    """
    parts: list[Clause] = []
    if asked.tree is not None:
        tree = _clause(asked.tree, reader, frequent)
        parts += tree.parts if isinstance(tree, Both) else (tree,)
    if former or not _is_seen(Both(tuple(parts)), reader):
        parts.insert(0, OneOf("seen", reader.sees))
    for field, values in filters.items():
        if values and field not in ("since", "until"):
            parts.append(OneOf(field, tuple(values)))
    low, high = (_year(filters.get(name)) for name in ("since", "until"))
    if low is not None or high is not None:
        parts.append(Span("year", low if low is not None else 1, high))
    return Both(tuple(parts))


def _is_seen(clause: Clause, reader: Reader) -> bool:
    """Whether the clause holds for nothing that the reader may not see: seeking one word more among all
    entries would take longer than the rest.
    """
    match clause:
        case Phrase(field):
            return field == "open"
        case OneOf(field, values):
            return field == "seen" and set(values) <= set(reader.sees)
        case Both(parts):
            return any(_is_seen(part, reader) for part in parts)
        case Either(parts):
            return all(_is_seen(part, reader) for part in parts)
    return False


def _year(values: Sequence[str] | None) -> int | None:
    return int(values[0]) if values else None


def request_of(
    asked: Asked, clause: Clause, *, sort: str, offset: int, limit: int
) -> Request:  # fmt: skip
    """Words in titles, keywords and authors' names raise a hit."""
    raised = tuple(
        (Phrase(field, _sought(word)), weight)
        for word in asked.words[:SINGLE_WORDS] if not word.field
        for field, weight in RAISED.items() if field == "title" or not is_single(word.tokens)
    ) if sort == "relevance" else ()  # fmt: skip
    return Request(clause, raised, sort, offset, limit)


def _sought(word: Word) -> tuple[str, ...]:
    return (SINGLE + word.tokens[0],) if is_single(word.tokens) else word.tokens


def _clause(node: Node, reader: Reader, frequent: Set[str]) -> Clause:
    match node:
        case Word():
            return _stands(node, reader, frequent)
        case Value(field, values):
            return OneOf(field, values)
        case Years(low, high):
            return Span("year", low if low is not None else 1, high)
        case All(parts):
            return Both(tuple(_clause(part, reader, frequent) for part in parts))
        case AnyOf(parts):
            return Either(tuple(_clause(part, reader, frequent) for part in parts))
        case Not(part):
            return Without(_clause(part, reader, frequent))


def _stands(word: Word, reader: Reader, frequent: Set[str]) -> Clause:
    tokens = _sought(word)
    if word.field:
        return Phrase(word.field, tokens)
    if (plain := normal(word.text)) in frequent:
        tokens = (FREQUENT + plain,)
    free = Phrase("open", tokens)
    if not reader.keeps:
        return free
    return Either((free, Both((Phrase("closed", tokens), OneOf("seen", reader.keeps)))))
