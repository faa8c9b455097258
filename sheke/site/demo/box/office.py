"""Word, spreadsheet and slide files of the box."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

MADE = datetime(2023, 11, 20, 9, 0)  # so that the same box is made each time


def word(text: str, *, title: str = "", author: str = "") -> bytes:
    import docx

    document = docx.Document()
    for line in text.strip().split("\n"):
        document.add_paragraph(line)
    said = document.core_properties
    said.title, said.author, said.comments = title, author, ""
    said.created = said.modified = MADE
    return _content(document)


def spreadsheet(rows: Sequence[Sequence[Any]]) -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.create_sheet("讲座一览", 0)
    del book["Sheet"]
    for row in rows:
        sheet.append(list(row))
    book.properties.created = book.properties.modified = MADE
    return _content(book)


def slides(pages: Sequence[tuple[str, str]]) -> bytes:
    from pptx import Presentation

    show = Presentation()
    for head, body in pages:
        slide = show.slides.add_slide(show.slide_layouts[1])
        slide.shapes.title.text = head
        slide.placeholders[1].text = body
    return _content(show)


def _content(document: Any) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()
