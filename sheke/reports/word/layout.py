"""Official documents by GB/T 9704—2012, made fresh from a text or from another Word file."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import docx
from docx.document import Document

from sheke.reports.word import names as w
from sheke.reports.word.fonts import Fonts, declare_fallbacks, prefer_wide
from sheke.reports.word.head import Head, write_head
from sheke.reports.word.page import LINE_PITCH, number_pages, set_page
from sheke.reports.word.structure import Line, Role, classify
from sheke.reports.word.styles import HEAD_STYLE, STYLE_OF, set_styles
from sheke.reports.word.tables import copy_table
from sheke.reports.word.text import DocumentText

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(slots=True)
class Shift:
    """Where characters of the source text stand in the laid-out text."""

    _starts: list[int] = field(default_factory=list)
    _segments: list[tuple[int, int, int]] = field(default_factory=list)

    def add(self, start: int, end: int, target: int) -> None:
        """Source characters ``start``–``end`` now begin at `target`; call in source order."""
        self._starts.append(start)
        self._segments.append((start, end, target))

    def place(self, start: int, end: int) -> tuple[int, int] | None:
        """The new place of a stretch within one line; None when it was left out."""
        index = bisect_right(self._starts, start) - 1
        if index < 0:
            return None
        first, last, target = self._segments[index]
        if end > last:
            return None
        return target + start - first, target + end - first


@dataclass(frozen=True, slots=True)
class _Block:
    """A line of the source, or a table (whose paragraphs' places are kept)."""

    start: int
    text: str
    table: Any = None
    places: tuple[tuple[int, int], ...] = ()


def lay_out_text(
    text: str, fonts: Fonts | None = None, head: Head | None = None
) -> tuple[Document, Shift]:
    """A document by the standard from plain text, one paragraph for each line that is not empty."""
    return _lay_out(list(_blocks_of_text(text)), fonts or Fonts(), head)


def lay_out_document(
    source: DocumentText, fonts: Fonts | None = None, head: Head | None = None
) -> tuple[Document, Shift]:
    """A document by the standard from another one's body: its paragraphs anew, its tables copied.

    Pictures, headers and footers of the source are left out.
    """
    return _lay_out(list(_blocks_of_document(source)), fonts or Fonts(), head)


def _lay_out(blocks: list[_Block], fonts: Fonts, head: Head | None) -> tuple[Document, Shift]:
    document = docx.Document()
    set_page(document)
    set_styles(document, fonts)
    number_pages(document, fonts)
    declare_fallbacks(document, fonts)
    at = write_head(document, head, fonts) if head else 0
    shift = Shift()
    lines = iter(classify([block.text for block in blocks if block.table is None]))
    last_title: Any = None
    for block in blocks:
        if block.table is not None:
            at = _put_table(document, block, shift, at, fonts)
            continue
        line = next(lines)
        paragraph = _put_line(document, line)
        if line.role in (Role.TITLE, Role.SUBTITLE):
            last_title = paragraph
        shift.add(block.start, block.start + len(block.text), at)
        at += len(block.text) + 1
    if last_title is not None:
        last_title.paragraph_format.space_after = LINE_PITCH
    return document, shift


def _put_line(document: Document, line: Line) -> Any:
    paragraph = document.add_paragraph(style=STYLE_OF[line.role])
    if line.head:
        role = Role.HEADING1 if line.text[0] not in "（(" else Role.HEADING2
        paragraph.add_run(line.text[: line.head], style=HEAD_STYLE[role])
    paragraph.add_run(line.text[line.head :])
    for run in paragraph.runs:
        prefer_wide(run._r, run.text)
    if line.role is Role.SIGNATURE:
        paragraph.paragraph_format.space_before = LINE_PITCH
        paragraph.paragraph_format.keep_with_next = True
    return paragraph


def _put_table(document: Document, block: _Block, shift: Shift, at: int, fonts: Fonts) -> int:
    table = copy_table(block.table, fonts)
    document.element.body.insert(len(document.element.body) - 1, table)
    origin = block.places[0][0]
    for start, end in block.places:
        shift.add(start, end, at + start - origin)
    return at + block.places[-1][1] - origin + 1


def _blocks_of_text(text: str) -> Iterator[_Block]:
    start = 0
    for end, following in [
        *((m.start(), m.end()) for m in _LINE_END.finditer(text)),
        (len(text), 0),
    ]:
        if block := _trimmed(text[start:end], start):
            yield block
        start = following


def _blocks_of_document(source: DocumentText) -> Iterator[_Block]:
    tables: dict[Any, list[tuple[int, int]]] = {}
    order: list[Any] = []
    for paragraph in source.paragraphs:
        if paragraph.margin:
            continue
        table = _outermost_table(paragraph.element)
        if table is None:
            order.append(_trimmed(source.text[paragraph.start : paragraph.end], paragraph.start))
        elif table in tables:
            tables[table].append((paragraph.start, paragraph.end))
        else:
            tables[table] = [(paragraph.start, paragraph.end)]
            order.append(table)
    for item in order:
        if isinstance(item, _Block):
            yield item
        elif item is not None:
            yield _Block(tables[item][0][0], "", item, tuple(tables[item]))


def _trimmed(line: str, start: int) -> _Block | None:
    """A line without the blanks around it; control characters become blanks of the same length."""
    clean = _CONTROL.sub(" ", line)
    text = clean.strip()
    if not text:
        return None
    return _Block(start + len(clean) - len(clean.lstrip()), text)


def _outermost_table(element: Any) -> Any:
    return next(iter(list(element.iterancestors(w.TABLE))[::-1]), None)
