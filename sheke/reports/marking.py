"""A template's text cut into lines and pieces, so that a page can show its slots in their place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from sheke.reports.models import Slot

_CHAPTER = re.compile(
    r"[ \u3000]*(?:[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]+[章部])[^。；]{1,40}$"
)
_TITLE = 6  # a title stands among the first lines


@dataclass(frozen=True, slots=True)
class Piece:
    """Plain words, or a slot with them."""

    text: str
    slot: Slot | None = None


@dataclass(slots=True)
class Line:
    """One line of the text and where it starts."""

    start: int
    kind: str
    pieces: list[Piece] = field(default_factory=list)


def marked_lines(text: str, slots: Sequence[Slot], title: str = "") -> list[Line]:
    """Lines that are not empty, each with its slots in order; slots never cross a line."""
    lines = []
    place = start = 0
    ordered = sorted(slots, key=lambda slot: slot.start)
    for number, words in enumerate(text.split("\n")):
        end = start + len(words)
        own = []
        while place < len(ordered) and ordered[place].start < end:
            own.append(ordered[place])
            place += 1
        if words.strip():
            lines.append(_line(words, start, own, _kind(words, number, title)))
        start = end + 1
    return lines


def _line(words: str, start: int, slots: Sequence[Slot], kind: str) -> Line:
    line = Line(start, kind)
    at = 0
    for slot in slots:
        first, last = slot.start - start, slot.end - start
        if first > at:
            line.pieces.append(Piece(words[at:first]))
        line.pieces.append(Piece(words[first:last], slot))
        at = last
    if at < len(words):
        line.pieces.append(Piece(words[at:]))
    return line


def _kind(words: str, number: int, title: str) -> str:
    if number < _TITLE and words.strip() == title.strip():
        return "title"
    return "chapter" if _CHAPTER.match(words) else "text"
