"""Tables taken over from another Word file."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from sheke.reports.word import names as w
from sheke.reports.word.fonts import Fonts, set_fonts
from sheke.reports.word.runs import properties

CELL_STYLE = "ShekeCell"
_GRID_STYLE = "TableGrid"
_SIZE = "24"  # half points
_ROW, _CELL = qn("w:tr"), qn("w:tc")
# These point into the other file (pictures, links, notes) or would clash with names here.
_FOREIGN = [
    qn(f"w:{name}")
    for name in (
        "drawing", "pict", "object", "bookmarkStart", "bookmarkEnd", "commentRangeStart",
        "commentRangeEnd", "commentReference", "footnoteReference", "endnoteReference",
    )
]  # fmt: skip


def copy_table(source: Any, fonts: Fonts) -> Any:
    """A copy of a table's XML with the standard's fonts and nothing that points elsewhere."""
    table = deepcopy(source)
    for item in list(table.iter(*_FOREIGN)):
        item.getparent().remove(item)
    for link in list(table.iter(qn("w:hyperlink"))):
        for child in list(link):
            link.addprevious(child)
        link.getparent().remove(link)
    for layout in table.iter(qn("w:tblPr")):
        layout.style = _GRID_STYLE
    for paragraph in table.iter(w.P):
        paragraph.style = CELL_STYLE
    for run in table.iter(w.R):
        formatting = properties(run)
        set_fonts(formatting, fonts.body, fonts.latin)
        if formatting.find(qn("w:sz")) is None:
            formatting.append(OxmlElement("w:sz", {w.VAL: _SIZE}))
    return table


def cell_places(paragraphs: Sequence[Any]) -> dict[int, tuple[int, int, int]]:
    """Table, row and column of those paragraphs (by index) that stand in a table.

    Nested tables count to the cell of the outermost one. None stands for a paragraph to pass over.
    """
    tables: dict[Any, int] = {}
    places = {}
    for index, paragraph in enumerate(paragraphs):
        above = (
            [] if paragraph is None else list(paragraph.iterancestors(w.TABLE, _ROW, _CELL))[::-1]
        )
        if not above:
            continue
        table, row, cell = above[:3]
        number = tables.setdefault(table, len(tables))
        places[index] = number, _order(row, table, w.TABLE), _order(cell, row, _ROW)
    return places


def _order(child: Any, parent: Any, tag: str) -> int:
    """The place of a row in its table, or of a cell in its row, content controls looked through."""
    own = [item for item in parent.iter(child.tag) if next(item.iterancestors(tag)) is parent]
    return own.index(child)
