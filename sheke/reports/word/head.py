"""The red head of an official document: the issuing office, the document's number, a red rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from sheke.reports.word.fonts import Fonts, set_fonts

_RED = RGBColor(0xD7, 0x00, 0x0F)


@dataclass(frozen=True, slots=True)
class Head:
    """What the red head says; an empty number leaves its line blank."""

    issuer: str
    number: str = ""


def write_head(document: Document, head: Head, fonts: Fonts) -> int:
    """Write the head into an empty document; returns the length of text it takes."""
    issuer = _centred(document, head.issuer)
    issuer.paragraph_format.space_before = Mm(35)
    run = issuer.runs[0]
    run.font.size, run.font.color.rgb = Pt(_issuer_size(head.issuer)), _RED
    set_fonts(run._r.get_or_add_rPr(), fonts.title, fonts.latin)
    issuer.paragraph_format.line_spacing = 1.0
    number = _centred(document, head.number)
    number.paragraph_format.space_before = Pt(28.95)
    number.paragraph_format.space_after = Pt(28.95)
    properties: Any = number._p.get_or_add_pPr()
    properties.find(qn("w:spacing")).addprevious(_rule())
    return len(head.issuer) + len(head.number) + 2


def _centred(document: Document, text: str) -> Paragraph:
    paragraph = document.add_paragraph(text, style="Sheke Addressee")
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return paragraph


def _issuer_size(issuer: str) -> float:
    """As large as fits on one line of 156 mm, at most 50 points."""
    return min(50.0, 442.0 / max(len(issuer), 1))


def _rule() -> Any:
    return parse_xml(
        f"<w:pBdr {nsdecls('w')}>"
        '<w:bottom w:val="single" w:sz="18" w:space="4" w:color="D7000F"/></w:pBdr>'
    )
