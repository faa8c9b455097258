"""What is asked of an engine and what it answers. Nothing here knows of Django or of an engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

# Fields of tokens; each ends with its single characters (see entries.field_tokens).
TEXTS = ("title", "author", "keyword", "organisation", "source", "number", "open", "closed")
# Fields of exact values, several to an entry, which can be counted.
VALUES = ("seen", "type", "kind", "level", "language", "discipline", "keeper", "writer", "topic",
          "collection", "when")  # fmt: skip
# Whole numbers from 0: the year and the day (20240512), 0 where unknown; what “oldest” and “level” sort by.
NUMBERS = ("year", "date", "early", "rank")

SINGLE = "\ue002"  # begins the token of one character, which stands anywhere in the field
FREQUENT = "\ue003"  # begins the token of a frequent word (see frequent)


@dataclass(frozen=True)
class Phrase:
    """Tokens that stand one behind the other in a field of TEXTS. prefix: the last one may go on."""

    field: str
    tokens: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True)
class OneOf:
    """A field of VALUES holds one of the values."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Span:
    """A field of NUMBERS lies between the two, both included; None: open."""

    field: str
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True)
class Numbered:
    """Entries with these keys."""

    keys: tuple[int, ...]


@dataclass(frozen=True)
class Both:
    """Every part holds. Without parts: everything."""

    parts: tuple[Clause, ...]


@dataclass(frozen=True)
class Either:
    """At least one part holds. Without parts: nothing."""

    parts: tuple[Clause, ...]


@dataclass(frozen=True)
class Without:
    """The part does not hold."""

    part: Clause


Clause = Phrase | OneOf | Span | Numbered | Both | Either | Without

SORTS = ("relevance", "newest", "oldest", "level")


@dataclass(frozen=True)
class Request:
    """clause: what holds for every hit. raised: what raises a hit, with its weight. sort: of SORTS."""

    clause: Clause
    raised: Sequence[tuple[Clause, float]] = ()
    sort: str = "relevance"
    offset: int = 0
    limit: int = 10


@dataclass(frozen=True)
class Found:
    """total: of all hits, exact. hits: keys with their scores (0 where the sort is another)."""

    total: int
    hits: Sequence[tuple[int, float]] = ()


@dataclass(frozen=True)
class Mark:
    """How far an index has come: the last seal of the audit log that it holds, with the digest by which
    the database is known; the day up to which embargoes ended; the shape of what was indexed; the
    frequent words that it learned when it was built, and from how many entries.
    """

    seal: int = 0
    digest: str = ""
    day: str = ""
    shape: str = ""
    words: str = ""
    built: int = 0


@dataclass(frozen=True)
class Prepared:
    """One entry as engines keep it: strings of tokens, exact values, numbers."""

    key: int
    texts: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Sequence[str]] = field(default_factory=dict)
    numbers: Mapping[str, int] = field(default_factory=dict)
