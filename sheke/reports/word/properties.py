"""Custom properties of a Word file: they say which frozen report a file is."""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

_NS = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VT = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)


def get_property(document: Document, name: str) -> str | None:
    """The text of a custom property, or None."""
    root = _read(_find(document))
    for item in root.iter(f"{{{_NS}}}property"):
        if item.get("name") == name:
            return "".join(str(text) for text in item.itertext()).strip()
    return None


def set_property(document: Document, name: str, value: str | None) -> None:
    """Set a custom text property; None removes it."""
    part = _find(document)
    root = _read(part)
    for item in list(root):
        if item.get("name") == name:
            root.remove(item)
    if value is not None:
        _add(root, name, value)
    blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    if part is None:
        package = document.part.package
        part = Part(PackURI("/docProps/custom.xml"), _CONTENT_TYPE, blob, package)
        package.relate_to(part, _RELATION)
    part._blob = blob


def _find(document: Document) -> Part | None:
    for relation in document.part.package.rels.values():
        if relation.reltype == _RELATION:
            return relation.target_part
    return None


def _read(part: Part | None) -> etree._Element:
    if part is None:
        names: Any = {None: _NS, "vt": _VT}
        return etree.Element(f"{{{_NS}}}Properties", nsmap=names)
    return etree.fromstring(part.blob, _PARSER)


def _add(root: etree._Element, name: str, value: str) -> None:
    used = [int(item.get("pid", "1")) for item in root]
    item = etree.SubElement(root, f"{{{_NS}}}property")
    item.set("fmtid", _FORMAT_ID)
    item.set("pid", str(max(used, default=1) + 1))
    item.set("name", name)
    etree.SubElement(item, f"{{{_VT}}}lpwstr").text = value
