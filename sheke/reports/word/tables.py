"""Tables taken over from another Word file."""

from __future__ import annotations

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
