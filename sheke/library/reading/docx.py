"""Word files: one page, for where a page ends depends on who opens the file."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from sheke.core.documents.docx import paragraphs_of_docx

from .found import Found
from .pages import PageText, Properties

_CORE = {
    "title": "{http://purl.org/dc/elements/1.1/}title",
    "author": "{http://purl.org/dc/elements/1.1/}creator",
    "abstract": "{http://purl.org/dc/elements/1.1/}description",
    "keywords": "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}keywords",
    "date": "{http://purl.org/dc/terms/}created",
}
_COMPANY = "{http://schemas.openxmlformats.org/officeDocument/2006/extended-properties}Company"


def pages_of(path: Path, name: str, found: Found) -> Iterator[PageText]:
    paragraphs = paragraphs_of_docx(path.read_bytes(), name)
    found.properties = office_properties(path)
    yield PageText("\n".join(paragraphs))


def office_properties(path: Path) -> Properties:
    """Of docx, pptx, xlsx: docProps/core.xml and app.xml; nothing where they lack or are damaged."""
    with zipfile.ZipFile(path) as archive:
        core = _tree(archive, "docProps/core.xml")
        app = _tree(archive, "docProps/app.xml")
    said = {name: _said(core, tag) for name, tag in _CORE.items()}
    return Properties(
        title=said["title"], authors=split_names(said["author"]), abstract=said["abstract"],
        organisation=_said(app, _COMPANY), date=said["date"][:10], keywords=split_names(said["keywords"]),
    )  # fmt: skip


def split_names(text: str) -> tuple[str, ...]:
    for sign in "；;，,、|":
        text = text.replace(sign, "\n")
    return tuple(part for each in text.split("\n") if (part := " ".join(each.split())))


def _tree(archive: zipfile.ZipFile, part: str) -> etree._Element | None:
    try:
        with archive.open(part) as file:
            data = file.read(1 << 20)
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except (KeyError, etree.XMLSyntaxError, OSError, zipfile.BadZipFile, ValueError):
        return None


def _said(tree: etree._Element | None, tag: str) -> str:
    found = tree.find(tag) if tree is not None else None
    return " ".join((found.text or "").split()) if found is not None else ""
