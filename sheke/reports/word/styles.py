"""Paragraph styles of an official document."""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from sheke.reports.word import names as w
from sheke.reports.word.fonts import Fonts, set_fonts
from sheke.reports.word.page import BODY_SIZE, CHARACTER, CHARACTER_SPACING, LINE_PITCH
from sheke.reports.word.structure import Role

HEAD_STYLE = {Role.HEADING1: "Sheke Head 1", Role.HEADING2: "Sheke Head 2"}
STYLE_OF = {
    Role.TITLE: "Title",
    Role.SUBTITLE: "Subtitle",
    Role.ADDRESSEE: "Sheke Addressee",
    Role.HEADING1: "Heading 1",
    Role.HEADING2: "Heading 2",
    Role.HEADING3: "Heading 3",
    Role.BODY: "Normal",
    Role.SIGNATURE: "Sheke Signature",
    Role.DATE: "Sheke Date",
}


def set_styles(document: Document, fonts: Fonts) -> None:
    """Restyle a fresh document: one body style and what the standard lays out differently."""
    _make_chinese(document)
    _normal(document.styles["Normal"], fonts)
    _title(document.styles["Title"], fonts, 22)
    _title(document.styles["Subtitle"], fonts, BODY_SIZE)
    set_fonts(document.styles["Subtitle"].element.get_or_add_rPr(), fonts.heading2, fonts.latin)
    for role, face in _heading_faces(fonts).items():
        _heading(document.styles[STYLE_OF[role]], face, fonts)
    for role in (Role.ADDRESSEE, Role.SIGNATURE, Role.DATE):
        _added(document, STYLE_OF[role], role)
    for role, name in HEAD_STYLE.items():
        style = document.styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
        set_fonts(style.element.get_or_add_rPr(), _heading_faces(fonts)[role], fonts.latin)
    document.styles.add_style("Sheke Cell", WD_STYLE_TYPE.PARAGRAPH)
    _cell(document.styles["Sheke Cell"])


def indent_first_line(properties: Any, characters: int) -> None:
    """Indent by characters, with the same length in points for editors that know no characters."""
    indent = properties.get_or_add_ind()
    indent.set(qn("w:firstLineChars"), str(characters * 100))
    indent.set(qn("w:firstLine"), str(int(characters * CHARACTER.pt * 20)))


def _heading_faces(fonts: Fonts) -> dict[Role, str]:
    return {
        Role.HEADING1: fonts.heading1,
        Role.HEADING2: fonts.heading2,
        Role.HEADING3: fonts.body,
    }


def _make_chinese(document: Document) -> None:
    for fonts in document.styles.element.iter(w.FONTS):
        for name in [n for n in fonts.attrib if n.lower().endswith("theme")]:
            del fonts.attrib[name]
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")


def _normal(style: Any, fonts: Fonts) -> None:
    style.font.size = Pt(BODY_SIZE)
    formatting = style.element.get_or_add_rPr()
    set_fonts(formatting, fonts.body, fonts.latin)
    _spacing(formatting)
    layout = style.paragraph_format
    layout.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, LINE_PITCH
    layout.space_before = layout.space_after = Pt(0)
    layout.widow_control = False
    properties = style.element.get_or_add_pPr()
    _no_auto_space(properties)
    indent_first_line(properties, 2)


def _title(style: Any, fonts: Fonts, size: float) -> None:
    _plain(style, size)
    set_fonts(style.element.get_or_add_rPr(), fonts.title, fonts.latin)
    layout = style.paragraph_format
    layout.alignment = WD_ALIGN_PARAGRAPH.CENTER
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, LINE_PITCH
    layout.space_before = layout.space_after = Pt(0)
    indent_first_line(style.element.get_or_add_pPr(), 0)
    border = style.element.pPr.find(qn("w:pBdr"))
    if border is not None:
        style.element.pPr.remove(border)


def _heading(style: Any, face: str, fonts: Fonts) -> None:
    _plain(style, BODY_SIZE)
    set_fonts(style.element.get_or_add_rPr(), face, fonts.latin)
    layout = style.paragraph_format
    layout.space_before = layout.space_after = Pt(0)
    layout.keep_with_next, layout.keep_together = True, False


def _plain(style: Any, size: float) -> None:
    """Drop the colours, weights and spacings of the default template's styles."""
    font = style.font
    font.size, font.bold, font.italic = Pt(size), False, False
    font.color.rgb = RGBColor(0, 0, 0)
    formatting = style.element.get_or_add_rPr()
    for name in ("w:kern", "w:spacing"):
        for item in formatting.findall(qn(name)):
            formatting.remove(item)
    _spacing(formatting)


def _added(document: Document, name: str, role: Role) -> None:
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    indent_first_line(style.element.get_or_add_pPr(), 0)
    if role is Role.ADDRESSEE:
        return
    style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    characters = 4 if role is Role.DATE else 2
    style.paragraph_format.right_indent = Pt(characters * CHARACTER.pt)


def _cell(style: Any) -> None:
    style.base_style = None
    style.paragraph_format.line_spacing = 1.0
    style.paragraph_format.space_after = Pt(0)


def _spacing(formatting: Any) -> None:
    """Draw characters a little closer; the element has its place in the order of the schema."""
    spacing = OxmlElement("w:spacing", {w.VAL: CHARACTER_SPACING})
    later = {
        qn(f"w:{n}") for n in ("w", "kern", "position", "sz", "szCs", "highlight", "u", "lang")
    }
    after = next((item for item in formatting if item.tag in later), None)
    if after is None:
        formatting.append(spacing)
    else:
        after.addprevious(spacing)


def _no_auto_space(properties: Any) -> None:
    """No extra gap between Chinese and digits: a line holds 28 characters whatever they are."""
    anchor = properties.find(qn("w:spacing"))
    for name in ("w:autoSpaceDE", "w:autoSpaceDN"):
        item = OxmlElement(name, {w.VAL: "0"})
        if anchor is None:
            properties.append(item)
        else:
            anchor.addprevious(item)
