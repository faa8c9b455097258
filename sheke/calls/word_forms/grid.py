"""A Word document as lines and tables; merged cells are one square that stands in all its rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from .text import W, paragraph_text

_SEE_THROUGH = {f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml", f"{W}smartTag"}
MAX_DEPTH = 6


@dataclass(eq=False)
class Square:
    """One cell: its column on the table's grid, how many columns and rows it covers, its text."""

    column: int
    width: int
    row: int
    height: int = 1
    lines: list[str] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.lines).strip()


@dataclass(eq=False)
class Table:
    """Rows of squares from left to right; a merged square is the same object in each of its rows."""

    rows: list[list[Square]] = field(default_factory=list)


@dataclass(frozen=True)
class Line:
    """A paragraph outside tables; level is that of a heading style, 0 when it has none."""

    text: str
    level: int = 0


def blocks(container: Any, depth: int = 0) -> Iterator[Line | Table]:
    """Lines and tables below `container` in order."""
    for child in container:
        if child.tag == f"{W}p":
            level = _heading(child)
            for text in paragraph_text(child).split("\n"):
                yield Line(text.strip(), level)
        elif child.tag == f"{W}tbl" and depth < MAX_DEPTH:
            yield _table(child, depth)
        elif child.tag in _SEE_THROUGH:
            yield from blocks(child, depth)


def _table(element: Any, depth: int) -> Table:
    table = Table()
    above: dict[int, Square] = {}
    for number, row in enumerate(_below(element, f"{W}tr")):
        squares: list[Square] = []
        column = _number(row.find(f"{W}trPr/{W}gridBefore"), 0)
        for cell in _below(row, f"{W}tc"):
            square = _square(cell, column, number, above, depth)
            squares.append(square)
            column += _number(cell.find(f"{W}tcPr/{W}gridSpan"), 1)
        above = {square.column: square for square in squares}
        table.rows.append(squares)
    return table


def _square(cell: Any, column: int, row: int, above: dict[int, Square], depth: int) -> Square:
    merged = cell.find(f"{W}tcPr/{W}vMerge")
    goes_on = merged is not None and merged.get(f"{W}val", "continue") != "restart"
    square = above.get(column) if goes_on else None
    if square is None:
        square = Square(column, _number(cell.find(f"{W}tcPr/{W}gridSpan"), 1), row)
    else:
        square.height += 1
    for block in blocks(cell, depth + 1):
        if isinstance(block, Table):
            square.tables.append(block)
        elif block.text:
            square.lines.append(block.text)
    return square


def _below(element: Any, tag: str) -> Iterator[Any]:
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in _SEE_THROUGH:
            yield from _below(child, tag)


def _number(element: Any, otherwise: int) -> int:
    value = "" if element is None else element.get(f"{W}val", "")
    return min(int(value), 63) if value.isdecimal() and len(value) < 4 else otherwise


def _heading(paragraph: Any) -> int:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    name = "" if style is None else style.get(f"{W}val", "").lower()
    digit = name.removeprefix("heading") if name.startswith("heading") else name
    return int(digit) if digit in {"1", "2", "3"} else 0
