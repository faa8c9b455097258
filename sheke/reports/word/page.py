"""The page of GB/T 9704—2012: A4, 22 lines of 28 characters, page numbers on the outer side."""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from sheke.reports.word import names as w
from sheke.reports.word.fonts import Fonts, set_fonts

LINE_PITCH = Pt(28.95)  # 22 lines in 225 mm
CHARACTER_SPACING = "-5"  # twentieths of a point: 28 characters of 16 pt in 156 mm
BODY_SIZE = 16.0
CHARACTER = Pt(15.75)
_NUMBER_SIZE = 14.0


def set_page(document: Document) -> None:
    """Paper and margins; no document grid, which LibreOffice reads wrongly."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(15), Mm(21.5)
    section.gutter = Mm(0)
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is not None:
        section._sectPr.remove(grid)


def number_pages(document: Document, fonts: Fonts) -> None:
    """`— 1 —`: right on odd pages and left on even ones, one character in from the edge."""
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    for footer, alignment in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        footer.is_linked_to_previous = False
        _number(footer.paragraphs[0], alignment, fonts)


def _number(paragraph: Paragraph, alignment: WD_ALIGN_PARAGRAPH, fonts: Fonts) -> None:
    layout = paragraph.paragraph_format
    layout.alignment, layout.line_spacing, layout.first_line_indent = alignment, 1.0, Pt(0)
    inset = Pt(_NUMBER_SIZE)
    if alignment == WD_ALIGN_PARAGRAPH.RIGHT:
        layout.right_indent = inset
    else:
        layout.left_indent = inset
    for piece in ("— ", None, " —"):
        run = paragraph.add_run(piece or "")
        run.font.size = Pt(_NUMBER_SIZE)
        set_fonts(run._r.get_or_add_rPr(), fonts.number, fonts.number)
        if piece is None:
            _page_field(run._r)


def _page_field(run: Any) -> None:
    for kind in ("begin", "code", "separate", "result", "end"):
        if kind == "code":
            node = OxmlElement("w:instrText")
            node.text = " PAGE "
            node.set(w.SPACE, "preserve")
        elif kind == "result":
            node = OxmlElement("w:t")
            node.text = "1"
        else:
            node = OxmlElement("w:fldChar", {w.FIELD_TYPE: kind})
        run.append(node)
