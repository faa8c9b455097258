"""What all office files share: allowed relationships, drawings, pictures, charts, attributes.

Relationships are denied by default: only the kinds named here are carried over. Links lead nowhere
afterwards; their words stay.
"""

from __future__ import annotations

import re
from typing import Any

from .package import Package, Relation
from .pictures import strip_inside

ALLOWED = {
    # Word
    "officeDocument", "styles", "settings", "fontTable", "font", "theme", "numbering", "footnotes",
    "endnotes", "header", "footer", "image", "chart", "chartEx", "chartStyle", "chartColorStyle",
    "chartUserShapes", "diagramData", "diagramLayout", "diagramQuickStyle", "diagramColors",
    "diagramDrawing", "themeOverride",
    # Excel
    "worksheet", "chartsheet", "sharedStrings", "drawing", "table", "sheetMetadata",
    # PowerPoint
    "slide", "slideLayout", "slideMaster", "notesSlide", "notesMaster", "presProps", "viewProps",
    "tableStyles",
}  # fmt: skip
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_OFFICE = "{urn:schemas-microsoft-com:office:office}"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
# An element that stays when the relationship it names goes: it holds words or a picture.
_STAYS = {"hyperlink", "blip", "imagedata", "shape", "rect", "fill", "stroke", "roundrect", "group"}
_THEMES = {
    "theme",
    "clrScheme",
    "fontScheme",
    "fmtScheme",
    "cSld",
}  # named after whose template it is
_LINKS = {"hlinkClick", "hlinkHover", "hlinkMouseOver"}
_NAMED = {"docPr", "cNvPr"}
_REVEALING = {"author", "initials", "date", "dateUtc", "userId", "providerId", "codeName",
              "refreshedBy", "descr", "alt", "href", "title", "tooltip", "docLocation"}  # fmt: skip
_RSID = re.compile(r"rsid\w*|paraId|textId")


def keep_allowed(package: Package) -> list[str]:
    """Drop the other relationships and what points to them; the kinds dropped, in order."""
    dropped: dict[str, None] = {}
    for source, relations in package.relations.items():
        kept = [r for r in relations if _allowed(r, package)]
        gone = {r.id for r in relations} - {r.id for r in kept}
        dropped.update(dict.fromkeys(r.type for r in relations if r not in kept))
        package.relations[source] = kept
        if gone and source and package.is_xml(source):
            _forget(package.tree(source), gone)
    return list(dropped)


def clean_drawings(root: Any) -> None:
    """Names, descriptions and links of shapes and pictures; one reading of what may be read twice."""
    for element in list(root.iter(f"{MC}Fallback")):
        holder = element.getparent()
        if any(child.tag == f"{MC}Choice" for child in holder):
            holder.remove(element)
    for element in list(root.iter("*")):
        local = element.tag.rpartition("}")[2]
        if local in _NAMED:
            element.set("name", f"{local} {element.get('id', '')}".strip())
            for revealing in ("descr", "title"):
                element.attrib.pop(revealing, None)
        elif local in _THEMES:
            if "name" in element.attrib:
                element.set("name", local)
        elif local in _LINKS:
            element.attrib.pop("tooltip", None)
        elif "urn:schemas-microsoft-com" in element.tag:
            for revealing in ("alt", "title", "href", f"{_OFFICE}title", f"{_OFFICE}href"):
                element.attrib.pop(revealing, None)


def clean_attributes(root: Any) -> None:
    """Who wrote when, and the marks of editing sessions, wherever they stand."""
    for element in root.iter("*"):
        for key in list(element.attrib):
            local = key.rpartition("}")[2]
            if _RSID.fullmatch(local) or (
                key.startswith("{") and local in _REVEALING and not key.startswith(_OFFICE)
            ):
                del element.attrib[key]


def clean_chart(root: Any) -> None:
    """Formulas of a chart may name the file they were taken from."""
    for element in root.iter(f"{_CHART}f"):
        if "[" in (element.text or ""):
            element.text = (element.text or "").rpartition("]")[2].lstrip("'") or "A1"


def clean_pictures(package: Package) -> None:
    """EXIF, comments and the like leave the pictures that are carried over."""
    for part in package.pictures():
        package.parts[part] = strip_inside(package.parts[part], f"{package.name} ({part})")
        package.trees.pop(part, None)


def remove(element: Any) -> None:
    """Take an element away; what stands behind it stays."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def unwrap(element: Any) -> None:
    """Put an element's children in its place."""
    parent = element.getparent()
    if parent is None:
        return
    at = parent.index(element)
    parent.remove(element)
    for offset, child in enumerate(list(element)):
        parent.insert(at + offset, child)


def _allowed(relation: Relation, package: Package) -> bool:
    return relation.type in ALLOWED and not relation.external and relation.target in package.parts


def _forget(root: Any, gone: set[str]) -> None:
    for element in list(root.iter("*")):
        for key, value in list(element.attrib.items()):
            if key.startswith(R) and value in gone:
                local = element.tag.rpartition("}")[2]
                if local in _STAYS and len(element) + len(element.attrib) > 0:
                    del element.attrib[key]
                else:
                    remove(element)
                    break
