"""A report as a page: blocks of text whose figures and doubtful places can be pointed at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

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
    cells = cells_of(template, len(lines))
    roles = _roles(lines, cells)
    blocks: list[Block] = []
    start = 0
    for number, line in enumerate(lines):
        if line.strip():
            role, head = roles.get(number, (Role.BODY, 0))
            indent = len(line) - len(line.lstrip())
            pieces = _pieces(line, start, marked, indent, indent + head)
            _put(blocks, Block(role.value, pieces), cells.get(number))
        start += len(line) + 1
    return blocks


def look_of(figure: Figure) -> str:
    """How a figure is marked: blank, traced to records, typed by hand, or declared."""
    if figure.printed == BLANK:
        return "warn"
    if figure.edition_id:
        return "traced"
    return "typed" if figure.wording else "plain"


def cells_of(template: Template, lines: int) -> dict[int, tuple[int, int, int]]:
    """Table, row and column of those lines of the template's text that stand in tables."""
    if template.source_id is None or not template.source_name.lower().endswith(".docx"):
        return {}
    places = _cells(template.pk, template.source_id)
    return places if max(places, default=0) < lines else {}


@lru_cache(maxsize=64)
def _cells(template: int, _source: int) -> dict[int, tuple[int, int, int]]:
    read = document_text(
        source_document(Template.objects.select_related("source").get(pk=template))
    )
    return cell_places([None if p.margin else p.element for p in read.paragraphs])


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


def _roles(lines: list[str], cells: Mapping[int, Any]) -> dict[int, tuple[Role, int]]:
    numbers = [n for n, line in enumerate(lines) if line.strip() and n not in cells]
    classified = classify([lines[n].strip() for n in numbers])
    return {n: (line.role, line.head) for n, line in zip(numbers, classified, strict=True)}


def _put(blocks: list[Block], block: Block, cell: tuple[int, int, int] | None) -> None:
    if cell is None:
        blocks.append(block)
        return
    table, row, column = cell
    name = f"table-{table}"
    if not blocks or blocks[-1].role != name:
        blocks.append(Block(name))
    rows = blocks[-1].rows
    while len(rows) <= row:
        rows.append([])
    while len(rows[row]) <= column:
        rows[row].append([])
    rows[row][column].append(block)


def binding_words(figure: Figure) -> str:
    """What a figure that is not counted was declared as."""
    return str(Slot.Binding(figure.slot.binding).label) if figure.slot.binding else ""
