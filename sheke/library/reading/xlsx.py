"""Workbooks: each visible sheet that is not empty is a page, its cells separated by tabs."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from sheke.core.errors import BadInput
from sheke.core.tables.guard import check_zip

from .docx import office_properties
from .found import Found
from .pages import PageText


def pages_of(path: Path, name: str, found: Found) -> Iterator[PageText]:
    data = path.read_bytes()
    if data.startswith(b"PK"):
        check_zip(io.BytesIO(data), name)
        found.properties = office_properties(path)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for sheet in book.sheets_metadata:
            if str(sheet.visible).endswith("Visible") and (text := _text(book, sheet.name)):
                yield PageText(f"{sheet.name}\n{text}")
    except PasswordError:
        raise BadInput(
            _("“%(name)s” is locked by a password; save it without one.") % {"name": name}
        ) from None
    except (CalamineError, OSError, IndexError, ValueError):
        raise BadInput(
            _("“%(name)s” is damaged: the workbook cannot be opened. Save it anew as xlsx.")
            % {"name": name}
        ) from None


def _text(book: CalamineWorkbook, sheet: str) -> str:
    lines = []
    for row in book.get_sheet_by_name(sheet).iter_rows():
        cells = [_said(cell) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            lines.append("\t".join(cells))
    return "\n".join(lines)


def _said(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return " ".join(str(cell).split())
