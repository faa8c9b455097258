"""The rows of a Word file's tables, with the place of every cell in the document's text."""

from __future__ import annotations

from typing import Any

from docx.oxml.ns import qn

from sheke.reports.word.text import DocumentText

_CELL, _ROW, _TABLE = qn("w:tc"), qn("w:tr"), qn("w:tbl")


def table_rows(read: DocumentText) -> list[list[tuple[int, str]]]:
    """Each row's cells as (start, text), the first paragraph of each; an empty row ends a table."""
    rows: list[list[tuple[int, str]]] = []
    row: Any = None
    table = cell = None
    for paragraph in read.paragraphs:
        held = next(paragraph.element.iterancestors(_CELL), None)
        if held is None:
            table = None
            continue
        if held is cell:
            continue
        cell, last = held, row
        row = next(held.iterancestors(_ROW))
        if (inside := next(row.iterancestors(_TABLE))) is not table:
            rows.append([])
            table = inside
        if row is not last:
            rows.append([])
        text = read.text[paragraph.start : paragraph.end]
        rows[-1].append((paragraph.start + len(text) - len(text.lstrip()), text.strip()))
    return rows
