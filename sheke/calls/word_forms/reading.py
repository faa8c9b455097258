"""Every label of a form with what may be its value; choosing is for `matching`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from sheke.calls.blinding.package import unpack
from sheke.core.errors import BadInput

from .grid import Line, Square, Table, blocks
from .labels import heading_level, is_short
from .shapes import Cell, Spot
from .text import W

MAX_BYTES = 20 * 1024 * 1024
MAX_CELLS = 20_000
MAX_ROWS = 200  # of one table of people
_INLINE = re.compile(
    r"(?:^|(?<=\s{2})|(?<=\t))([^\s:：，。；][^:：，。；\t]{0,24}?)[:：][ \u3000]*(.*?)(?=\s{3,}|\t|$)"
)


def read(data: bytes, name: str = "") -> list[Cell]:
    """All labels with their values in order of the document. BadInput when it is no Word file."""
    if len(data) > MAX_BYTES:
        raise BadInput(_("%(name)s: the file is larger than %(limit)s MB.")
                       % {"name": name, "limit": MAX_BYTES >> 20})  # fmt: skip
    package = unpack(data, name)
    body = package.tree(package.main).find(f"{W}body")
    if body is None:
        raise BadInput(_("%(name)s: this is not a Word file.") % {"name": name})
    found = list(blocks(body))
    cells = [*_sections(found), *_lines(found)]
    tables = [block for block in found if isinstance(block, Table)]
    for number, table in enumerate(tables, start=1):
        cells += _table_cells(table, str(number), _before(found, table))
        if len(cells) > MAX_CELLS:
            raise BadInput(_("%(name)s: the form has too many cells.") % {"name": name})
    return cells


def _before(found: list[Line | Table], table: Table) -> str:
    """The last line before a table: often its title."""
    at = next(n for n, block in enumerate(found) if block is table)
    for block in reversed(found[max(0, at - 3) : at]):
        if isinstance(block, Table):
            return ""
        if block.text:
            return block.text
    return ""


def _lines(found: list[Line | Table]) -> Iterator[Cell]:
    for number, block in enumerate(found, start=1):
        if isinstance(block, Line):
            yield from _inline(block.text, Spot(line=number))


def _inline(line: str, place: Spot) -> Iterator[Cell]:
    for match in _INLINE.finditer(line[:500]):
        if is_short(match[1]):
            yield Cell(match[1].strip(), match[2].strip("_ \u3000"), place, "inline")


def _sections(found: list[Line | Table]) -> Iterator[Cell]:
    """Headings with all that follows up to the next heading of their rank."""
    flat: list[tuple[str, int, int]] = []
    for number, block in enumerate(found, start=1):
        if isinstance(block, Line):
            flat.append((block.text, block.level or heading_level(block.text), number))
        else:
            flat += [(line, 0, number) for line in _table_lines(block)]
    yield from _sections_of(flat, Spot())


def _sections_of(flat: list[tuple[str, int, int]], base: Spot) -> Iterator[Cell]:
    for at, (text, level, number) in enumerate(flat):
        if not level or not is_short(text):
            continue
        end = next((n for n in range(at + 1, len(flat)) if 0 < flat[n][1] <= level), len(flat))
        value = "\n".join(line for line, _level, _number in flat[at + 1 : end]).strip()
        place = base if base.table else Spot(line=number)
        yield Cell(text, value, place, "section")


def _table_lines(table: Table) -> Iterator[str]:
    seen: set[int] = set()
    for row in table.rows:
        new = [square for square in row if id(square) not in seen]
        seen |= {id(square) for square in new}
        if len(new) == 1:
            yield from new[0].lines
        elif new:
            yield "\t".join(" ".join(square.lines) for square in new)
        for square in new:
            for inner in square.tables:
                yield from _table_lines(inner)


def _table_cells(table: Table, number: str, title: str) -> Iterator[Cell]:
    inner = 0
    for row_number, row in enumerate(table.rows):
        yield from _heads(table, row_number, number, title)
        for place, square in enumerate(row):
            if square.row != row_number:
                continue
            spot = Spot(number, row_number + 1, place + 1)
            if square.text and is_short(square.text):
                yield from _beside(table, row_number, place, spot)
            yield from _inside(square, spot)
            for nested in square.tables:
                inner += 1
                above = square.lines[-1] if square.lines else ""
                yield from _table_cells(nested, f"{number}.{inner}", above or _left(row, place))


def _left(row: list[Square], place: int) -> str:
    return row[place - 1].text if place else ""


def _beside(table: Table, row_number: int, place: int, spot: Spot) -> Iterator[Cell]:
    row, label = table.rows[row_number], table.rows[row_number][place].text
    group = _group(table, row_number, place)
    if place + 1 < len(row):
        yield Cell(label, _whole(row[place + 1]), spot, "right", group)
    below = _under(table, row[place])
    if below is not None:
        yield Cell(label, _whole(below), spot, "below", group)


def _group(table: Table, row_number: int, place: int) -> str:
    """A tall cell left of this row's labels speaks for all of them."""
    for square in reversed(table.rows[row_number][:place]):
        if square.height > 1 and is_short(square.text):
            return square.text
    return ""


def _under(table: Table, square: Square) -> Square | None:
    number = square.row + square.height
    if number >= len(table.rows):
        return None
    same = (s for s in table.rows[number] if (s.column, s.width) == (square.column, square.width))
    return next(same, None)


def _whole(square: Square) -> str:
    lines = [square.text, *(line for table in square.tables for line in _table_lines(table))]
    return "\n".join(line for line in lines if line)


def _inside(square: Square, spot: Spot) -> Iterator[Cell]:
    """Labels within a cell: “label: value” lines, a first line over a text, headings."""
    for line in square.lines[:200]:
        yield from _inline(line, spot)
    if len(square.lines) > 1 and is_short(square.lines[0]):
        yield Cell(square.lines[0], "\n".join(square.lines[1:]), spot, "within")
    flat = [(line, heading_level(line), 0) for line in square.lines]
    yield from _sections_of(flat, spot)


def _heads(table: Table, row_number: int, number: str, title: str) -> Iterator[Cell]:
    """The row as headings over the rows below that have the same columns."""
    row = table.rows[row_number]
    sides = [square for square in row if square.height > 1 or square.row != row_number]
    heads = [square for square in row if square not in sides]
    if len(heads) < 2 or not all(is_short(square.text) for square in heads):
        return
    columns = [(square.column, square.width) for square in heads]
    rows = []
    for below in table.rows[row_number + 1 : row_number + 1 + MAX_ROWS]:
        squares = {(s.column, s.width): s for s in below}
        if not all(column in squares for column in columns):
            break
        rows.append({h.text: squares[c].text for h, c in zip(heads, columns, strict=True)})
    if rows:
        label = next((s.text for s in sides if s.text), "") or _above(table, row_number) or title
        place = Spot(number, row_number + 1, row.index(heads[0]) + 1)
        yield Cell(label, "", place, "rows", rows=tuple(rows))


def _above(table: Table, row_number: int) -> str:
    """The text of a row of one cell over this row."""
    row = table.rows[row_number - 1] if row_number else []
    return row[0].text if len(row) == 1 and is_short(row[0].text) else ""
