"""Word files of a report: with the template's own look, or laid out by GB/T 9704—2012."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from django.conf import settings
from django.utils.translation import gettext as _
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt, RGBColor

from sheke.core.errors import BadInput
from sheke.reports.models import Template
from sheke.reports.word.anchors import Place, mark_paragraph, place_anchors, set_value
from sheke.reports.word.fonts import Fonts
from sheke.reports.word.head import Head
from sheke.reports.word.layout import Shift, lay_out_document, lay_out_text
from sheke.reports.word.properties import get_property, set_property
from sheke.reports.word.reading import open_docx
from sheke.reports.word.text import DocumentText, document_text
from sheke.reports.wordings import BLANK, Filling

Layout = Literal["original", "standard"]

CODE_PROPERTY = "ShekeSnapshot"
LAYOUT_PROPERTY = "ShekeLayout"
HEAD_PROPERTY = "ShekeHead"
CODE_LINE = "数据核验码："  # printed in the document, so it is in the document's language
_CODE_BOOKMARK = "snapshot_"
_YEAR_LABEL = "年份"


@dataclass(slots=True)
class WordReport:
    """A filled Word file, and the keys of slots that have no place in its layout."""

    document: Document
    left_out: list[str] = field(default_factory=list)


def write_report(
    template: Template,
    fillings: Iterable[Filling],
    layout: Layout = "original",
    *,
    labels: dict[str, str] | None = None,
    head: Head | None = None,
    fonts: Fonts | None = None,
    code: str = "",
) -> WordReport:
    """Fill the template's slots in a Word file; `code` marks it as a file of a frozen report.

    A plain-text template is always laid out by the standard. Raises BadInput when the template's
    file no longer holds the text that its slots count.
    """
    document, shift = _base(template, layout, head, fonts or configured_fonts())
    places, values, left_out = [], {}, []
    for filling in fillings:
        spot = shift.place(filling.start, filling.end) if shift else (filling.start, filling.end)
        key = filling.key or f"year_{filling.start}"
        if spot is None:
            left_out += [filling.key] if filling.key else []
            continue
        label = (labels or {}).get(key, "") if filling.key else _YEAR_LABEL
        places.append(Place(key, *spot, label))
        values[key] = filling.printed
    try:
        anchors = place_anchors(document, places)
    except ValueError as error:
        raise BadInput(f"{template.title}: {error}") from error
    for key, runs in anchors.items():
        set_value(runs, values[key], blank=values[key] == BLANK)
    set_property(document, HEAD_PROPERTY, f"{head.issuer}\n{head.number}" if head else None)
    _mark(document, code, "original" if shift is None else "standard")
    return WordReport(document, left_out)


def configured_fonts() -> Fonts:
    """The fonts that the office set, the standard's where it set none."""
    return Fonts(**settings.WORD_FONTS)


def code_of(document: Document, names: Iterable[str]) -> str:
    """The snapshot's code that a file carries, from its property or its bookmark (`names`)."""
    if code := get_property(document, CODE_PROPERTY):
        return code
    marks = (name for name in names if name.startswith(_CODE_BOOKMARK))
    return next((name.removeprefix(_CODE_BOOKMARK) for name in marks), "")


def is_standard_layout(document: Document) -> bool:
    """Whether the file was laid out by the standard, without the template's headers and footers."""
    return get_property(document, LAYOUT_PROPERTY) == "standard"


def head_lines(document: Document) -> list[str]:
    """The lines of the red head, which belong to the layout and not to the report's text."""
    return [line for line in (get_property(document, HEAD_PROPERTY) or "").split("\n") if line]


def margin_lines(template: Template) -> int:
    """How many of the last lines of the template's text stand in headers and footers."""
    if not _is_word(template):
        return 0
    return sum(
        paragraph.margin for paragraph in document_text(source_document(template)).paragraphs
    )


def show_code(code: str) -> str:
    """A code in groups of four, as people read it."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def _base(
    template: Template, layout: Layout, head: Head | None, fonts: Fonts
) -> tuple[Document, Shift | None]:
    if not _is_word(template):
        return lay_out_text(template.text, fonts, head)
    document = source_document(template)
    read = document_text(document)
    _check_text(template, read)
    if layout == "standard":
        return lay_out_document(read, fonts, head)
    return document, None


def _is_word(template: Template) -> bool:
    return template.source_id is not None and template.source_name.lower().endswith(".docx")


def source_document(template: Template) -> Document:
    """The template's own Word file; only for a template that has one."""
    stored = template.source
    if stored is None:
        raise BadInput(_("The template “%(title)s” has no Word file.") % {"title": template.title})
    with stored.file.open("rb") as file:
        return open_docx(file.read(), template.source_name)


def _check_text(template: Template, read: DocumentText) -> None:
    if read.text != template.text:
        raise BadInput(
            _("%(name)s no longer holds the text of the template; upload the template again.")
            % {"name": template.source_name}
        )


def _mark(document: Document, code: str, layout: Layout) -> None:
    set_property(document, CODE_PROPERTY, code or None)
    set_property(document, LAYOUT_PROPERTY, layout if code else None)
    if not code:
        return
    mark_paragraph(document, _CODE_BOOKMARK + code)
    line = document.add_paragraph()
    line.alignment = WD_ALIGN_PARAGRAPH.LEFT
    line.paragraph_format.first_line_indent = Pt(0)
    run = line.add_run(CODE_LINE + show_code(code))
    run.font.size, run.font.color.rgb = Pt(9), RGBColor(0x59, 0x59, 0x59)
