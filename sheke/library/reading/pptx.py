"""Slides: each is a page; shapes from top to bottom, tables by rows, then the notes."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from lxml import etree
from pptx import Presentation
from pptx.exc import PythonPptxError

from sheke.core.errors import BadInput
from sheke.core.tables.guard import check_zip

from .docx import office_properties
from .found import Found
from .pages import PageText


def pages_of(path: Path, name: str, found: Found) -> Iterator[PageText]:
    data = path.read_bytes()
    check_zip(io.BytesIO(data), name)
    found.properties = office_properties(path)
    try:
        for slide in Presentation(io.BytesIO(data)).slides:
            lines = list(_lines(slide.shapes))
            if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
                lines.append(slide.notes_slide.notes_text_frame.text)
            yield PageText("\n".join(line for line in lines if line.strip()))
    except (PythonPptxError, KeyError, ValueError, AttributeError, OSError, etree.LxmlError):
        raise BadInput(
            _("“%(name)s” is damaged: the slides cannot be opened. Save it anew as pptx.")
            % {"name": name}
        ) from None


def _lines(shapes: Any) -> Iterator[str]:
    for shape in sorted(shapes, key=lambda one: (one.top or 0, one.left or 0)):
        if hasattr(shape, "shapes"):
            yield from _lines(shape.shapes)
        elif getattr(shape, "has_table", False):
            for row in shape.table.rows:
                yield "\t".join(" ".join(cell.text.split()) for cell in row.cells)
        elif shape.has_text_frame:
            yield shape.text_frame.text.replace("\v", "\n")
