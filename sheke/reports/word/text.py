"""The text of a Word document, with a map from its characters back to the XML."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE

from sheke.reports.word import names as w

_MARKS = {w.TAB: "\t", w.CR: "\n", w.NO_BREAK_HYPHEN: "-"}
_HIDDEN = {w.DEL, w.MOVE_FROM, w.RUBY_TEXT, w.FALLBACK, w.PPR, w.RPR, w.SDT_PR}
# Results of these fields change with the page, not with the text.
_PAGE_FIELDS = {"PAGE", "NUMPAGES", "SECTIONPAGES", "PAGEREF"}
_MARGIN_TYPES = {RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER}


@dataclass(frozen=True, slots=True)
class Span:
    """Characters ``start``–``end`` of the text, held by one XML node of a run."""

    start: int
    end: int
    node: Any


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: its place in the text, its element, whether it is in a header or footer."""

    start: int
    end: int
    element: Any
    margin: bool = False


@dataclass(slots=True)
class DocumentText:
    """A document's text (paragraphs joined with line feeds) and where each character lives."""

    text: str = ""
    spans: list[Span] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)

    @property
    def lines(self) -> list[str]:
        """The paragraphs' texts, in order."""
        return [self.text[p.start : p.end] for p in self.paragraphs]

    def spans_between(self, start: int, end: int) -> list[Span]:
        """The spans that hold any of the characters ``start``–``end``."""
        first = max(bisect_right(self.spans, start, key=lambda s: s.start) - 1, 0)
        found = []
        for span in self.spans[first:]:
            if span.start >= end:
                break
            if span.end > start:
                found.append(span)
        return found


def document_text(document: Document) -> DocumentText:
    """Read body, tables and content controls, then headers and footers, as one text.

    Deleted text, field codes, page numbers and ruby glosses are not part of it.
    """
    result = DocumentText()
    pieces: list[str] = []
    at = 0
    for root, margin in text_roots(document):
        for element in _paragraphs(root):
            start = at
            for node, text in _nodes(element):
                result.spans.append(Span(at, at + len(text), node))
                pieces.append(text)
                at += len(text)
            result.paragraphs.append(Paragraph(start, at, element, margin))
            pieces.append("\n")
            at += 1
    result.text = "".join(pieces)[:-1]
    return result


def text_roots(document: Document) -> Iterator[tuple[Any, bool]]:
    """The elements that hold text: the body, then each header and footer part (marked True)."""
    yield document.element.body, False
    parts = {
        relation.target_part.partname: relation.target_part
        for relation in document.part.rels.values()
        if not relation.is_external and relation.reltype in _MARGIN_TYPES
    }
    for name in sorted(parts):
        yield parts[name].element, True


def _paragraphs(root: Any) -> Iterator[Any]:
    """Paragraphs in document order; one inside another (a text box) follows its holder."""
    for child in root:
        if child.tag == w.P:
            yield child
        if child.tag not in _HIDDEN:
            yield from _paragraphs(child)


def _nodes(paragraph: Any) -> Iterator[tuple[Any, str]]:
    """The nodes of a paragraph that show text, with that text."""
    fields: list[_Field] = []
    for element in _walk(paragraph):
        tag = element.tag
        if tag == w.FIELD_CHAR:
            _step(fields, element.get(w.FIELD_TYPE))
        elif tag == w.FIELD_CODE and fields:
            fields[-1].code += element.text or ""
        elif not any(f.hides for f in fields) and (text := _shown(element)):
            yield element, text


def _walk(element: Any) -> Iterator[Any]:
    for child in element:
        if child.tag in _HIDDEN or child.tag == w.P:
            continue
        if child.tag == w.FIELD_SIMPLE and _is_page_field(child.get(w.INSTR, "")):
            continue
        yield child
        yield from _walk(child)


def _shown(element: Any) -> str:
    tag = element.tag
    if tag == w.T:
        return element.text or ""
    if tag == w.BR:
        return "" if element.get(w.TYPE) in ("page", "column") else "\n"
    if tag == w.TAB and element.getparent().tag != w.R:
        return ""
    return _MARKS.get(tag, "")


@dataclass(slots=True)
class _Field:
    """A field that is open while its paragraph is read."""

    code: str = ""
    hides: bool = False


def _step(fields: list[_Field], kind: str | None) -> None:
    if kind == "begin":
        fields.append(_Field())
    elif kind == "separate" and fields:
        fields[-1].hides = _is_page_field(fields[-1].code)
    elif kind == "end" and fields:
        fields.pop()


def _is_page_field(code: str) -> bool:
    words = code.split()
    return bool(words) and words[0].upper() in _PAGE_FIELDS
