"""Fonts of official documents, by configurable name, and how they are set in Word XML."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from docx.document import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from lxml import etree

from sheke.reports.word import names as w

_EITHER = re.compile("[“”‘’…—·×]")
_THEME = [
    qn(f"w:{name}") for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme", "hint")
]


@dataclass(frozen=True, slots=True)
class Fonts:
    """Font names by role; GB/T 9704—2012 names the faces, offices own different files of them."""

    title: str = "方正小标宋简体"
    heading1: str = "黑体"
    heading2: str = "楷体_GB2312"
    body: str = "仿宋_GB2312"
    number: str = "宋体"
    latin: str = "Times New Roman"

    @property
    def fallbacks(self) -> dict[str, str]:
        """What an editor may use where a font is missing: written into the file's font table."""
        return {
            self.title: "Noto Serif CJK SC",
            self.heading1: "Noto Sans CJK SC",
            self.heading2: "KaiTi",
            self.body: "FangSong",
        }


def set_fonts(formatting: Any, east_asian: str, latin: str) -> None:
    """Name a run's or style's fonts; theme fonts would win over names, so they are dropped."""
    fonts = _fonts(formatting)
    for attribute in _THEME:
        fonts.attrib.pop(attribute, None)
    for name, value in (("eastAsia", east_asian), ("ascii", latin), ("hAnsi", latin)):
        fonts.set(qn(f"w:{name}"), value)
    fonts.set(qn("w:cs"), latin)


def prefer_wide(run: Any, text: str) -> None:
    """Ask for the East Asian font where a character could be of either kind (quotes, dashes)."""
    if _EITHER.search(text):
        _fonts(run.get_or_add_rPr()).set(w.HINT, "eastAsia")


def _fonts(formatting: Any) -> Any:
    fonts = formatting.find(w.FONTS)
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        styled = len(formatting) > 0 and formatting[0].tag == qn("w:rStyle")
        formatting.insert(1 if styled else 0, fonts)
    return fonts


def declare_fallbacks(document: Document, fonts: Fonts) -> None:
    """Add each font with its fallback to the font table, where the file has one."""
    part = next(
        (r.target_part for r in document.part.rels.values() if r.reltype.endswith("/fontTable")),
        None,
    )
    if part is None:
        return
    table = parse_xml(part.blob)
    for name, other in fonts.fallbacks.items():
        font = parse_xml(f'<w:font {nsdecls("w")}><w:altName/><w:charset w:val="86"/></w:font>')
        font.set(w.NAME, name)
        font[0].set(w.VAL, other)
        table.append(font)
    part._blob = etree.tostring(table, xml_declaration=True, encoding="UTF-8", standalone=True)
