"""What the pages of a check show: the whole text in its colours, and two texts side by side."""

from __future__ import annotations

from dataclasses import dataclass

from ..models import Check, CheckPassage, CheckSource
from .holdings import texts_of
from .painting import Piece, Span, differences, painted, shifted
from .sight import SeenSource, words_of

PART = 30_000  # characters of the checked text on one page
WHOLE = 200_000  # characters of a source that are shown at most


@dataclass(frozen=True)
class Shown:
    """A part of the checked text, and how many there are."""

    pieces: list[Piece]
    number: int
    parts: int


def whole_text(check: Check, number: int = 1) -> Shown:
    """The checked text with the passages of all sources; each stretch has the source that holds most."""
    spans = _spans(check)
    parts = max(1, -(-len(check.text) // PART))
    number = min(max(number, 1), parts)
    low, high = (number - 1) * PART, min(number * PART, len(check.text))
    here = [
        Span(max(s.start, low) - low, min(s.end, high) - low, s.number, s.tone)
        for s in spans
        if s.start < high and s.end > low
    ]
    return Shown(painted(check.text[low:high], here), number, parts)


def _spans(check: Check) -> list[Span]:
    """For each character the first source that holds it, and of what kind the passage is."""
    holder = [0] * len(check.text)
    own = {s.position for s in check.sources.all() if s.own}
    rows = CheckPassage.objects.filter(source__check_of=check)
    fields = rows.values_list("source__position", "start", "end").order_by("-source__position")
    # From the one that holds least to the one that holds most; others' texts go before own ones.
    for position, start, end in sorted(fields, key=lambda row: (row[0] not in own, -row[0])):
        holder[start:end] = [position] * (end - start)
    tones = ["own" if position in own else "other" for position in holder]
    for name in ("quoted", "common"):
        for start, end in check.marks.get(name, []):
            tones[start:end] = [name] * (end - start)
    spans, at = [], 0
    for end in range(1, len(holder) + 1):
        if end == len(holder) or (holder[end], tones[end]) != (holder[at], tones[at]):
            if holder[at]:
                spans.append(Span(at, end, holder[at], tones[at]))
            at = end
    return spans


@dataclass(frozen=True)
class Beside:
    """Two texts side by side: the checked one, the source as far as it may be seen, their passages."""

    left: list[Piece]
    right: list[Piece]
    count: int
    shared: bool  # the source's text is shown around the passages


def beside(check: Check, seen: SeenSource) -> Beside:
    """The same number marks a passage on both sides."""
    passages = list(seen.row.passages.order_by("start", "-end"))
    changed = [
        differences(check.text[p.start : p.end], p.text) if p.near else ((), ()) for p in passages
    ]
    left = [
        Span(p.start, p.end, n, _tone(p), shifted(mine, p.start))
        for n, (p, (mine, _)) in enumerate(zip(passages, changed, strict=True), 1)
    ]
    text = _text_of(seen.row, passages) if seen.readable else ""
    if text:
        right = [
            Span(p.source_start, p.source_end, n, _tone(p), shifted(theirs, p.source_start))
            for n, (p, (_, theirs)) in enumerate(zip(passages, changed, strict=True), 1)
        ]
        return Beside(
            painted(check.text, left, folded=True), painted(text, right, folded=True),
            len(passages), True,
        )  # fmt: skip
    pieces: list[Piece] = []
    for n, (p, (_mine, theirs)) in enumerate(zip(passages, changed, strict=True), 1):
        shown = words_of(check, p, readable=seen.readable)
        pieces += painted(shown, [Span(0, len(shown), n, _tone(p), theirs)])
        pieces.append(Piece(gap=-1))
    return Beside(painted(check.text, left, folded=True), pieces, len(passages), False)


def _tone(passage: CheckPassage) -> str:
    return "common" if passage.common else "near" if passage.near else "other"


def _text_of(source: CheckSource, passages: list[CheckPassage]) -> str:
    """The source's text, if it is still the one that was compared with."""
    text = texts_of([source.file_id]).get(source.file_id, "") if source.file_id else ""
    same = all(text[p.source_start : p.source_end] == p.text for p in passages)
    return text if same and len(text) <= WHOLE else ""
