"""A Word document in the layout of official documents (GB/T 9704—2012), written line by line.

A4, 22 lines of 28 characters, page numbers; fonts by the names that offices have installed.
"""

from __future__ import annotations

import io
import re

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph
from docx.text.run import Run

TITLE = ("方正小标宋简体", 22.0)
HEADING = ("黑体", 16.0)
SUBHEADING = ("楷体_GB2312", 16.0)
BODY = ("仿宋_GB2312", 16.0)
LATIN = "Times New Roman"
_PITCH = Pt(28.95)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

Font = tuple[str, float]


class OfficialDocument:
    """Write titles, headings and paragraphs in order; `content()` gives the file."""

    def __init__(self) -> None:
        self.document: Document = docx.Document()
        _set_page(self.document)
        _number_pages(self.document)

    def title(self, text: str) -> None:
        """In the middle, with a line below."""
        paragraph = self._paragraph(text, TITLE)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.line_spacing = Pt(34)
        paragraph.paragraph_format.space_after = _PITCH

    def heading(self, text: str) -> None:
        """A line of its own in the font of first headings, kept with what follows."""
        self._indented(self._paragraph(text, HEADING)).paragraph_format.keep_with_next = True

    def body(self, text: str, head: str = "", font: Font = SUBHEADING) -> None:
        """A paragraph; `head` stands before it in `font`, on the same line."""
        paragraph = self._indented(self._paragraph("", BODY))
        if head:
            set_font(paragraph.add_run(_clean(head)), font)
        if text:
            set_font(paragraph.add_run(_clean(text)), BODY)

    def lines(self, text: str) -> None:
        """One paragraph for each line that is not empty."""
        for line in text.splitlines():
            if line.strip():
                self.body(line.strip())

    def fact(self, label: str, value: str) -> None:
        """A line such as “时间：…”, the label in the font of headings, hanging."""
        paragraph = self._paragraph("", BODY)
        width = Pt(16 * (len(label) + 1))
        paragraph.paragraph_format.left_indent = width
        paragraph.paragraph_format.first_line_indent = -width
        set_font(paragraph.add_run(f"{label}："), HEADING)
        set_font(paragraph.add_run(_clean(value)), BODY)

    def signature(self, *lines: str) -> None:
        """To the right, a line above: who and when."""
        for number, line in enumerate(lines):
            paragraph = self._paragraph(line, BODY)
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            paragraph.paragraph_format.right_indent = Pt(32)
            if not number:
                paragraph.paragraph_format.space_before = _PITCH

    def content(self) -> bytes:
        file = io.BytesIO()
        self.document.save(file)
        return file.getvalue()

    def _paragraph(self, text: str, font: Font) -> Paragraph:
        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.line_spacing = _PITCH
        paragraph.paragraph_format.space_after = Pt(0)
        if text:
            set_font(paragraph.add_run(_clean(text)), font)
        return paragraph

    def _indented(self, paragraph: Paragraph) -> Paragraph:
        paragraph.paragraph_format.first_line_indent = Pt(32)
        return paragraph


def set_font(run: Run, font: Font) -> None:
    """Chinese in the font given, everything else in Times New Roman."""
    name, size = font
    run.font.name = LATIN
    run.font.size = Pt(size)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)


def _clean(text: str) -> str:
    return _CONTROL.sub(" ", text)


def _set_page(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(21.5)


def _number_pages(document: Document) -> None:
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for piece in ("— ", "", " —"):
        run = paragraph.add_run(piece)
        set_font(run, ("宋体", 14.0))
        if not piece:
            _page_field(run)


def _page_field(run: Run) -> None:
    for kind in ("begin", "code", "end"):
        if kind == "code":
            node = OxmlElement("w:instrText")
            node.text = " PAGE "
        else:
            node = OxmlElement("w:fldChar")
            node.set(qn("w:fldCharType"), kind)
        run._element.append(node)
