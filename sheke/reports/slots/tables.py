"""Cells of tables that were flattened to lines: a number there has its measure word in the header.

A header is a line of at least two short cells without a number; the lines below it are rows as
long as they have cells too. Cells are parted by a tab, by two spaces or more, or by a bar.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .measures import MEASURES, Measure
from .numerals import ARABIC, BLANK, MAGNITUDE

_CELL = re.compile(r"(?:(?!  )[^\t\u3000|｜│\n])+")
_NUMBER = re.compile(rf"(?:(?P<blank>{BLANK})|{ARABIC}){MAGNITUDE}?")
_UNIT = re.compile(r"[（(](?:单位[：:])?([^（）()]{1,4})[）)]$")
_PROSE = re.compile(r"[。，；：:]")
_NO_AMOUNT = re.compile(
    r"序号|编号|代码|年|月|日期|时间|时限|期限|电话|联系|届|排名|名次|备注|邮编|页码"
)
_AMOUNT = re.compile(r"(?:数|量|额|率|次|费|合计|小计|总计|比例)$")


Row = list[tuple[int, str]]  # each cell with the place of its text
Rows = list[Row]  # an empty row parts two tables


@dataclass(frozen=True, slots=True)
class Cell:
    """A number in a table: where it ends, its column's unit, and what its row and column say."""

    end: int
    measure: Measure
    row: str
    column: str


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: whether it counts something, and in which unit."""

    header: str
    counts: bool
    named: bool
    unit: str

    @classmethod
    def of(cls, header: str) -> "Column":
        found = _UNIT.search(header)
        unit = found[1] if found else ""
        named = bool(unit in MEASURES or unit == "%" or _AMOUNT.search(header))
        counts = _NO_AMOUNT.search(header) is None or unit in MEASURES
        return cls(header, counts, named, unit)


class Tables:
    """The number cells of one text, by their start."""

    def __init__(self, text: str, rows: Rows | None = None) -> None:
        self.cells: dict[int, Cell] = {}
        self._lines: set[int] = set()
        self._text = text
        columns: list[Column] = []
        for start, cells in _lines(text) if rows is None else _placed(rows):
            if _is_header(cells):
                columns = [Column.of(cell) for _, cell in cells]
                self._header = start
            elif columns and len(cells) > 1 and not _PROSE.search(" ".join(c for _, c in cells)):
                self._add(start, cells, columns)
            else:
                columns = []

    def covers(self, offset: int) -> bool:
        """Whether the line of `offset` belongs to a table: a gap between cells is no blank."""
        return self._text.rfind("\n", 0, offset) + 1 in self._lines

    def _add(self, start: int, cells: list[tuple[int, str]], columns: list[Column]) -> None:
        for (place, cell), column in zip(cells, columns, strict=False):
            number = _NUMBER.fullmatch(cell)
            if number and column.counts and (column.named or not number["blank"]):
                measure = Measure(column.unit, "cell", None, False)
                head = "" if place == cells[0][0] else cells[0][1]
                self.cells[place] = Cell(place + len(cell), measure, head, column.header)
                self._lines |= {start, self._header}


def _placed(rows: Rows) -> Iterator[tuple[int, Row]]:
    for row in rows:
        yield (row[0][0] if row else 0), row


def _lines(text: str) -> Iterator[tuple[int, list[tuple[int, str]]]]:
    start = 0
    for line in text.splitlines(keepends=True):
        yield start, list(_cells(line.rstrip("\r\n"), start))
        start += len(line)


def _cells(line: str, start: int) -> Iterator[tuple[int, str]]:
    """Cells with their places; behind a tab an empty cell keeps its column."""
    tabbed = "\t" in line
    place = 0
    for part in line.split("\t"):
        matches = list(_CELL.finditer(part))
        if tabbed and not matches:
            yield start + place, ""
        for match in matches:
            cell = match.group().strip()
            if cell:
                yield start + place + match.start() + match.group().index(cell), cell
        place += len(part) + 1


def _is_header(cells: list[tuple[int, str]]) -> bool:
    return len(cells) > 1 and all(
        cell
        and len(cell) <= 14
        and not re.search(r"[\d。，；：:]", cell)
        and not _NUMBER.match(cell)
        for _, cell in cells
    )
