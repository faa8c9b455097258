"""The text of a Word file: paragraphs in reading order, tables and content controls included."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from lxml import etree

from sheke.core.errors import BadInput

from .numbering import Numbering

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MAX_PART = 30 * 1024 * 1024  # all XML, unpacked; in memory it is twenty times as large
MAX_UNPACKED = 300 * 1024 * 1024

# What a reader does not see in its place: deletions, field codes, text boxes' duplicates, notes.
_SKIPPED = {
    f"{W}{name}" for name in ("del", "moveFrom", "instrText", "pPr", "rPr", "txbxContent")
} | {"{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
_SIGNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}


def paragraphs_of_docx(data: bytes, name: str = "") -> list[str]:
    """The paragraphs; a row of a table is one, its cells separated by tabs. BadInput if damaged."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check_size(archive, name)
            body = _part(archive, "word/document.xml").find(f"{W}body")
            numbering = Numbering(_optional(archive, "numbering"), _optional(archive, "styles"))
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError, OSError, ValueError) as error:
        raise BadInput(
            _("%(name)s: the Word file is damaged or not a Word file; save it anew.")
            % {"name": name}
        ) from error
    if body is None:
        raise BadInput(_("%(name)s: the document holds no text.") % {"name": name})
    return [line for text in _blocks(body, numbering) for line in text.split("\n")]


def check_size(archive: zipfile.ZipFile, name: str) -> None:
    """Raises BadInput when a Word file unpacks to more than can be meant.

    The archive's directory may lie, but nobody who opens a part gets more than it says there.
    """
    sizes = [part.file_size for part in archive.infolist()]
    text = sum(part.file_size for part in archive.infolist() if _may_be_text(part))
    if sum(sizes) > MAX_UNPACKED or text > MAX_PART:
        raise BadInput(_("%(name)s: the file unpacks to more than it may.") % {"name": name})


def _may_be_text(part: zipfile.ZipInfo) -> bool:
    """By its name, or since it packs so well; pictures and fonts do not."""
    packs_well = part.file_size > 5 * part.compress_size
    return packs_well or part.filename.lower().endswith((".xml", ".rels"))


def _part(archive: zipfile.ZipFile, path: str) -> Any:
    """Read no more than the limit, whatever the archive's own directory claims."""
    with archive.open(path) as file:
        data = file.read(MAX_PART + 1)
    if len(data) > MAX_PART:
        raise ValueError(path)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    return etree.fromstring(data, parser)


def _optional(archive: zipfile.ZipFile, part: str) -> Any | None:
    path = f"word/{part}.xml"
    return _part(archive, path) if path in archive.namelist() else None


def _blocks(container: Any, numbering: Numbering) -> Iterator[str]:
    """Paragraphs and rows below `container`; content controls are transparent."""
    for element in container:
        if element.tag == f"{W}p":
            yield numbering.next_text(element) + _text(element)
            for box in _text_boxes(element):
                yield from _blocks(box, numbering)
        elif element.tag == f"{W}tbl":
            for row in element.iter(f"{W}tr"):
                if _table_of(row) is element:
                    yield from _row(row, numbering)
        elif element.tag in {f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml"}:
            yield from _blocks(element, numbering)


def _text_boxes(paragraph: Any) -> Iterator[Any]:
    for box in paragraph.iter(f"{W}txbxContent"):
        if not any(parent.tag in _SKIPPED for parent in box.iterancestors()):
            yield box


def _table_of(row: Any) -> Any:
    return next(row.iterancestors(f"{W}tbl"))


def _row(row: Any, numbering: Numbering) -> Iterator[str]:
    """A row with one cell is layout: its paragraphs stand for themselves."""
    cells = [list(_blocks(cell, numbering)) for cell in row.iter(f"{W}tc") if _row_of(cell) is row]
    if len(cells) == 1:
        yield from cells[0]
    else:
        yield "\t".join(" ".join(p.replace("\n", " ") for p in cell if p) for cell in cells)


def _row_of(cell: Any) -> Any:
    return next(cell.iterancestors(f"{W}tr"))


def _text(element: Any) -> str:
    parts: list[str] = []
    for child in element:
        if child.tag == f"{W}t":
            parts.append(child.text or "")
        elif child.tag in _SIGNS:
            parts.append(_SIGNS[child.tag])
        elif child.tag not in _SKIPPED and isinstance(child.tag, str):
            parts.append(_text(child))
    return "".join(parts)
