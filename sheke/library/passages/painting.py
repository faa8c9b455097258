"""A text cut into pieces for a page: what stands elsewhere, and what lies between."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from .normal import normalise

AROUND = 160  # characters that are shown before and behind a passage when the rest is folded
HIDDEN = "〇"
COMPARED = 3_000  # characters of a passage whose differences are still sought


@dataclass(frozen=True)
class Span:
    """A stretch of a text to be marked. number: of the passage or of its source; tone: its kind."""

    start: int
    end: int
    number: int
    tone: str = ""
    changed: tuple[tuple[int, int], ...] = ()  # within the text, where it differs from the other


@dataclass(frozen=True)
class Piece:
    """Text of one kind. gap: so many characters are left out here; `parts`: (text, is it changed)."""

    text: str = ""
    span: Span | None = None
    gap: int = 0
    first: bool = False  # of its span
    parts: list[tuple[str, bool]] = field(default_factory=list)


def painted(text: str, spans: Iterable[Span], *, folded: bool = False) -> list[Piece]:
    """The text in order. Where spans overlap the earlier one has the characters."""
    pieces, at = [], 0
    seen: set[int] = set()
    apart = list(_apart(spans))
    for index, span in enumerate(apart):
        pieces += _between(text, at, span.start, folded, first=not index)
        parts = list(_parts(text, span))
        pieces.append(
            Piece(text[span.start : span.end], span, first=span.number not in seen, parts=parts)
        )
        seen.add(span.number)
        at = span.end
    pieces += _between(text, at, len(text), folded, first=not apart, last=True)
    return pieces


def _apart(spans: Iterable[Span]) -> Iterator[Span]:
    reached = 0
    for span in sorted(spans, key=lambda one: (one.start, -one.end)):
        start = max(span.start, reached)
        if start < span.end:
            yield Span(start, span.end, span.number, span.tone, span.changed)
            reached = span.end


def _between(
    text: str, start: int, end: int, folded: bool, *, first: bool = False, last: bool = False
) -> list[Piece]:
    before, after = 0 if first else AROUND, 0 if last else AROUND
    gap = end - start - before - after
    if not folded or gap < AROUND:
        return [Piece(text[start:end])] if end > start else []
    pieces = [Piece(text[start : start + before]), Piece(gap=gap), Piece(text[end - after : end])]
    return [piece for piece in pieces if piece.text or piece.gap]


def _parts(text: str, span: Span) -> Iterator[tuple[str, bool]]:
    at = span.start
    for start, end in span.changed:
        low, high = max(start, span.start), min(end, span.end)
        if low < high:
            yield text[at:low], False
            yield text[low:high], True
            at = high
    yield text[at : span.end], False


def differences(
    text: str, other: str
) -> tuple[tuple[tuple[int, int], ...], tuple[tuple[int, int], ...]]:
    """Where two near passages differ, in characters of each."""
    mine, theirs = normalise(text), normalise(other)
    if max(len(mine), len(theirs)) > COMPARED:
        return (), ()
    matcher = SequenceMatcher(None, mine.text, theirs.text, autojunk=False)
    changes = [one for one in matcher.get_opcodes() if one[0] != "equal"]
    left = tuple(mine.span(a, b) for _kind, a, b, _c, _d in changes if b > a)
    right = tuple(theirs.span(c, d) for _kind, _a, _b, c, d in changes if d > c)
    return left, right


def veiled(text: str, other: str) -> str:
    """The other passage with 〇 for what does not stand in the text: who may not read it learns no more of
    it than they wrote themselves.
    """
    if max(len(normalise(text)), len(normalise(other))) > COMPARED:
        return text
    _mine, theirs = differences(text, other)
    shown = list(other)
    for start, end in theirs:
        shown[start:end] = HIDDEN * (end - start)
    return "".join(shown)


def shifted(spans: Sequence[tuple[int, int]], by: int) -> tuple[tuple[int, int], ...]:
    return tuple((start + by, end + by) for start, end in spans)
