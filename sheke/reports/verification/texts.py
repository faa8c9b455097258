"""What was changed by hand between the frozen text of a report and a Word file of it.

Figures are compared apart from the text around them. Where an editor lost a figure's anchor, its
place is found again by aligning the paragraph with the frozen one. White space, kinds of quotes and
the cutting of runs do not count: editors change them on their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Literal

from rapidfuzz import fuzz

Segment = tuple[Literal["same", "out", "in"], str]

_IGNORED = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")
_QUOTES = str.maketrans(dict.fromkeys("“”„‟＂″「」『』", '"') | dict.fromkeys("‘’‚‛＇′", "'"))
_SAME_PARAGRAPH = 40  # per cent alike: below it, one was deleted and another one written


@dataclass(frozen=True, slots=True)
class Placed:
    """A figure's wording at a place in a text."""

    key: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class TextChange:
    """A paragraph that was changed, added or removed; `segments` show the difference in order."""

    kind: Literal["changed", "added", "removed"]
    before: str
    after: str
    segments: list[Segment] = field(default_factory=list)


@dataclass(slots=True)
class Comparison:
    """The wording found for each figure (None: its whole paragraph is gone), and other changes."""

    found: dict[str, str | None] = field(default_factory=dict)
    changes: list[TextChange] = field(default_factory=list)


def normalised(text: str) -> str:
    """A text without what editors change on their own."""
    return _IGNORED.sub("", text).translate(_QUOTES)


def compare(
    frozen: Iterable[tuple[str, list[Placed]]], now: Iterable[tuple[str, list[Placed]]]
) -> Comparison:
    """Compare paragraphs (text, figures in it by offset in that text) with those of a file."""
    theirs = list(now)
    anchored = {p.key: p.text for _, placed in theirs for p in placed}
    before = [_Masked.of(text, placed, anchored.keys()) for text, placed in frozen]
    known = {p.key for line in before for p in line.placed}
    after = [
        _Masked.of(text, [p for p in placed if p.key in known], known) for text, placed in theirs
    ]
    result = Comparison({key: text for key, text in anchored.items() if key in known})
    _align([x for x in before if x.plain], [x for x in after if x.plain], result)
    return result


@dataclass(slots=True)
class _Masked:
    """A paragraph whose anchored figures are one private character each.

    `lost` are figures without an anchor, by their place in `plain`.
    """

    plain: str
    shown: str
    placed: list[Placed]
    lost: list[Placed]

    @classmethod
    def of(cls, text: str, placed: list[Placed], anchored: Iterable[str]) -> _Masked:
        held = set(anchored)
        plain, lost, at = "", [], 0
        for figure in sorted(placed, key=lambda p: p.start):
            plain += normalised(text[at : figure.start])
            if figure.key in held:
                plain += _MARK
            else:
                own = normalised(figure.text)
                lost.append(Placed(figure.key, len(plain), len(plain) + len(own), figure.text))
                plain += own
            at = figure.end
        return cls(plain + normalised(text[at:]), text, placed, lost)


_MARK = "\ue000"


def _align(before: list[_Masked], after: list[_Masked], result: Comparison) -> None:
    matcher = SequenceMatcher(None, [x.plain for x in before], [x.plain for x in after], False)
    for tag, a1, a2, b1, b2 in matcher.get_opcodes():
        if tag == "equal":
            for line in before[a1:a2]:
                result.found.update({p.key: p.text for p in line.lost})
        else:
            _pair(before[a1:a2], after[b1:b2], result)


def _pair(before: list[_Masked], after: list[_Masked], result: Comparison) -> None:
    """Match the paragraphs of a changed stretch in order, each with the first one like it."""
    start = 0
    for line in before:
        scores = [fuzz.ratio(line.plain, other.plain) for other in after[start:]]
        best = max(scores, default=0)
        if best < _SAME_PARAGRAPH:
            _removed(line, result)
            continue
        at = start + scores.index(best)
        for other in after[start:at]:
            result.changes.append(TextChange("added", "", other.shown, [("in", other.shown)]))
        _changed(line, after[at], result)
        start = at + 1
    for other in after[start:]:
        result.changes.append(TextChange("added", "", other.shown, [("in", other.shown)]))


def _removed(line: _Masked, result: Comparison) -> None:
    for figure in line.lost:
        result.found.setdefault(figure.key, None)
    result.changes.append(TextChange("removed", line.shown, "", [("out", line.shown)]))


def _changed(line: _Masked, other: _Masked, result: Comparison) -> None:
    codes = SequenceMatcher(None, line.plain, other.plain, False).get_opcodes()
    for figure in line.lost:
        result.found[figure.key] = _moved(figure, codes, other.plain)
    if any(not _within_lost(code, line.lost) for code in codes if code[0] != "equal"):
        shown = _with_figures_of(line, other)
        segments = _segments(line.shown, shown)
        result.changes.append(TextChange("changed", line.shown, shown, segments))


def _moved(figure: Placed, codes: Sequence[tuple[str, int, int, int, int]], text: str) -> str:
    """What stands in `text` where the figure stood."""
    start, end = None, 0
    for tag, a1, a2, b1, b2 in codes:
        inserted_inside = tag == "insert" and figure.start <= a1 <= figure.end
        if not inserted_inside and (a2 <= figure.start or a1 >= figure.end):
            continue
        low, high = b1, b2
        if tag == "equal":
            low = b1 + max(figure.start - a1, 0)
            high = b2 - max(a2 - figure.end, 0)
        start = low if start is None else start
        end = high
    return text[start:end].replace(_MARK, "") if start is not None else ""


def _within_lost(code: tuple[str, int, int, int, int], lost: list[Placed]) -> bool:
    """Whether a difference lies inside a figure that was found again: it is told there."""
    return any(p.start <= code[1] and code[2] <= p.end for p in lost)


def _with_figures_of(line: _Masked, other: _Masked) -> str:
    """The other paragraph with the frozen figures: those that were edited are told apart."""
    frozen = {figure.key: figure.text for figure in line.placed}
    text, at = "", 0
    for figure in sorted(other.placed, key=lambda p: p.start):
        text += other.shown[at : figure.start] + frozen.get(figure.key, figure.text)
        at = figure.end
    return text + other.shown[at:]


def _segments(before: str, after: str) -> list[Segment]:
    segments: list[Segment] = []
    for tag, a1, a2, b1, b2 in SequenceMatcher(None, before, after, False).get_opcodes():
        if tag == "equal":
            segments.append(("same", before[a1:a2]))
            continue
        if a2 > a1:
            segments.append(("out", before[a1:a2]))
        if b2 > b1:
            segments.append(("in", after[b1:b2]))
    return segments
