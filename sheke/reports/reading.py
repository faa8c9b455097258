"""A report as a page: blocks of text whose figures and doubtful places can be pointed at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from sheke.reports.documents import source_document
from sheke.reports.models import Figure, Slot, Template
from sheke.reports.tracing import Flag
from sheke.reports.verification.texts import Placed
from sheke.reports.word.structure import Role, classify
from sheke.reports.word.tables import cell_places
from sheke.reports.word.text import document_text
from sheke.reports.wordings import BLANK, FilledText


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one paragraph: plain, a figure (with its look), or a flagged place."""

    text: str
    figure: Figure | None = None
    look: str = ""
    flag: Flag | None = None
    number: int = 0  # of the flag, for links from the list of warnings
    head: bool = False  # a heading run into its paragraph


@dataclass(slots=True)
class Block:
    """A paragraph with its role, or a table of cells (each a list of paragraphs' pieces)."""

    role: str
    pieces: list[Piece] = field(default_factory=list)
    rows: list[list[list[Block]]] = field(default_factory=list)


def blocks_of(
    template: Template, text: FilledText, figures: Iterable[Figure], flags: Sequence[Flag]
) -> list[Block]:
    """The filled text as blocks in reading order; empty paragraphs are left out."""
    by_key = {figure.slot.key: figure for figure in figures}
    marked = _marks(text, by_key, flags)
    lines = text.text.split("\n")
    frame = frame_of(template, len(lines))
    cells, margins = frame.cells, frame.margins
    roles = _roles(lines, {*cells, *margins})
    blocks: list[Block] = []
    start = 0
    for number, line in enumerate(lines):
        # A margin with a page number alone says nothing on a screen.
        if line.strip() and (number not in margins or any(c.isalnum() for c in line)):
            role, head = roles.get(number, (Role.BODY, 0))
            indent = len(line) - len(line.lstrip())
            pieces = _pieces(line, start, marked, indent, indent + head)
            name = "margin" if number in margins else role.value
            _put(blocks, Block(name, pieces), cells.get(number))
        elif number in cells:
            _cell(blocks, cells[number])  # an empty one, too, has its place
        start += len(line) + 1
    return blocks


def look_of(figure: Figure) -> str:
    """How a figure is marked: blank, traced to records, typed by hand, or declared."""
    if figure.printed == BLANK:
        return "warn"
    if figure.edition_id:
        return "traced"
    return "typed" if figure.wording else "plain"


@dataclass(frozen=True, slots=True)
class Frame:
    """Which lines of a template's text stand in tables (table, row, column), which in margins."""

    cells: dict[int, tuple[int, int, int]] = field(default_factory=dict)
    margins: frozenset[int] = frozenset()


def frame_of(template: Template, lines: int) -> Frame:
    """The frame of a Word template; plain text has none, nor has a file that no longer fits."""
    if template.source_id is None or not template.source_name.lower().endswith(".docx"):
        return Frame()
    count, frame = _frame(template.pk, template.source.sha256 if template.source else "")
    return frame if count == lines else Frame()


@lru_cache(maxsize=64)
def _frame(template: int, _sha256: str) -> tuple[int, Frame]:
    found = Template.objects.select_related("source").get(pk=template)
    paragraphs = document_text(source_document(found)).paragraphs
    margins = frozenset(number for number, p in enumerate(paragraphs) if p.margin)
    cells = cell_places([None if p.margin else p.element for p in paragraphs])
    return len(paragraphs), Frame(cells, margins)


Mark = tuple[int, int, Figure | None, str, Flag | None, int]


def _marks(text: FilledText, by_key: Mapping[str, Figure], flags: Sequence[Flag]) -> list[Mark]:
    """Figures and flagged places in order, none of them overlapping; figures come first."""
    numbers = {flag.key: number for number, flag in enumerate(flags, 1) if flag.key}
    marks: list[Mark] = [_figure_mark(p, by_key[p.key], numbers) for p in text.placed]
    taken = [(start, end) for start, end, *_ in marks]
    for number, flag in enumerate(flags, 1):
        if not any(start < flag.end and flag.start < end for start, end in taken):
            marks.append((flag.start, flag.end, None, "flag", flag, number))
            taken.append((flag.start, flag.end))
    return sorted(marks, key=lambda mark: mark[:2])


def _figure_mark(placed: Placed, figure: Figure, numbers: Mapping[str, int]) -> Mark:
    number = numbers.get(placed.key, 0)
    return placed.start, placed.end, figure, look_of(figure), None, number


def _pieces(line: str, start: int, marks: list[Mark], at: int, head: int) -> list[Piece]:
    pieces: list[Piece] = []

    def plain(begin: int, end: int) -> None:
        cut = min(max(head, begin), end)
        for low, high, bold in ((begin, cut, True), (cut, end, False)):
            if high > low:
                pieces.append(Piece(line[low:high], head=bold))

    for first, last, figure, look, flag, number in marks:
        if first < start or last > start + len(line):
            continue
        low, high = first - start, last - start
        plain(at, low)
        pieces.append(Piece(line[low:high], figure, look, flag, number))
        at = high
    plain(at, len(line))
    return pieces


def _roles(lines: list[str], apart: set[int]) -> dict[int, tuple[Role, int]]:
    numbers = [n for n, line in enumerate(lines) if line.strip() and n not in apart]
    classified = classify([lines[n].strip() for n in numbers])
    return {n: (line.role, line.head) for n, line in zip(numbers, classified, strict=True)}


def _put(blocks: list[Block], block: Block, cell: tuple[int, int, int] | None) -> None:
    if cell is None:
        blocks.append(block)
    else:
        _cell(blocks, cell).append(block)


def _cell(blocks: list[Block], cell: tuple[int, int, int]) -> list[Block]:
    """The blocks of a cell, in the table that is being read."""
    table, row, column = cell
    name = f"table-{table}"
    if not blocks or blocks[-1].role != name:
        blocks.append(Block(name))
    rows = blocks[-1].rows
    while len(rows) <= row:
        rows.append([])
    while len(rows[row]) <= column:
        rows[row].append([])
    return rows[row][column]


def binding_words(figure: Figure) -> str:
    """What a figure that is not counted was declared as."""
    return str(Slot.Binding(figure.slot.binding).label) if figure.slot.binding else ""
