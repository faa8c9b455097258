"""Lines found on a page, put into the order in which they are read, and their text."""

from __future__ import annotations

from dataclasses import dataclass

Box = tuple[float, float, float, float]  # left, top, width, height
LineWord = tuple[str, float, Box]


@dataclass(frozen=True)
class Line:
    """A line of print: its place, its words from left to right, and before which of them is a blank."""

    box: Box
    words: list[LineWord]
    blanks: frozenset[int] = frozenset()

    @property
    def text(self) -> str:
        return "".join(f" {w[0]}" if n in self.blanks else w[0] for n, w in enumerate(self.words))


def blanks_of(text: str, words: list[LineWord]) -> frozenset[int]:
    """Before which words a blank stands in the line's text as it was read."""
    at, found = 0, []
    for number, (word, *_rest) in enumerate(words):
        start = text.find(word, at)
        if start < 0:
            continue
        if number and text[at:start].isspace():
            found.append(number)
        at = start + len(word)
    return frozenset(found)


def text_of(lines: list[Line]) -> str:
    """Lines as they stand; pieces of one line beside each other are parted by a blank."""
    out = ""
    for before, line in zip([None, *lines], lines, strict=False):
        if before is None:
            out = line.text
        else:
            out += ("  " if _beside(before.box, line.box) else "\n") + line.text
    return out


def in_reading_order(lines: list[Line]) -> list[Line]:
    """Column by column where a gap goes down the page, else from top to bottom."""
    return _ordered(list(lines), depth=0)


def _ordered(lines: list[Line], depth: int) -> list[Line]:
    if len(lines) < 2 or depth > 6:
        return _by_rows(lines)
    columns = _split(lines, axis=0)
    if len(columns) > 1 and all(_is_column(c) for c in columns):
        return [line for column in columns for line in _ordered(column, depth + 1)]
    bands = _split(lines, axis=1)
    if len(bands) > 1:
        largest = max(range(len(bands)), key=lambda n: len(bands[n]))
        if len(bands[largest]) >= 6:  # a title over columns, a footer below them
            return [line for band in bands for line in _ordered(band, depth + 1)]
    return _by_rows(lines)


def _is_column(lines: list[Line]) -> bool:
    """Of several lines and broad enough: a row of a table is none."""
    height = sum(line.box[3] for line in lines) / len(lines)
    width = max(line.box[0] + line.box[2] for line in lines) - min(line.box[0] for line in lines)
    return len(lines) >= 4 and width > 6 * height


def _split(lines: list[Line], axis: int) -> list[list[Line]]:
    """Groups of lines with a clear gap between them along an axis (0: across, 1: down)."""
    height = sorted(line.box[3] for line in lines)[len(lines) // 2]
    gap = 1.2 * height if axis == 0 else 0.9 * height
    groups: list[list[Line]] = []
    end = float("-inf")
    for line in sorted(lines, key=lambda one: one.box[axis]):
        if line.box[axis] > end + gap or not groups:
            groups.append([])
        groups[-1].append(line)
        end = max(end, line.box[axis] + line.box[axis + 2])
    return groups


def _by_rows(lines: list[Line]) -> list[Line]:
    """From top to bottom; what stands in one row from left to right."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda one: one.box[1] + one.box[3] / 2):
        if rows and _beside(rows[-1][0].box, line.box):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [line for row in rows for line in sorted(row, key=lambda one: one.box[0])]


def _beside(one: Box, other: Box) -> bool:
    """More than half of the lower one's height is common."""
    common = min(one[1] + one[3], other[1] + other[3]) - max(one[1], other[1])
    return common > 0.5 * min(one[3], other[3])
