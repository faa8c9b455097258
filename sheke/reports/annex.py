"""The annex of sources: for each figure of a report what it counts, where and when, and how many rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import docx
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt
from docx.table import Table
from docx.text.paragraph import Paragraph

from sheke.core.numerals import chinese_numeral
from sheke.reports.documents import CODE_LINE, configured_fonts, show_code
from sheke.reports.models import Figure, Report, Slot
from sheke.reports.saying import say_period, say_scope
from sheke.reports.tracing import Flag
from sheke.reports.word.fonts import Fonts, prefer_wide, set_fonts
from sheke.reports.word.page import number_pages, set_page
from sheke.reports.word.styles import set_styles

_SIZE = 10.5
_WIDTHS = (12, 32, 44, 84, 38, 24, 18)  # millimetres, 252 in all on a lying page


def write_annex(
    report: Report, figures: Sequence[Figure], flags: Sequence[Flag], code: str = ""
) -> Document:
    """A Word file of its own, lying A4, to be printed behind the report."""
    fonts = configured_fonts()
    document = docx.Document()
    set_page(document)
    _lay_down(document)
    set_styles(document, fonts)
    number_pages(document, fonts)
    document.add_paragraph(
        _("Sources of the figures in “%(title)s”") % {"title": report.title}, "Title"
    )
    parts = [
        _traced([f for f in figures if f.edition]),
        _declared([f for f in figures if not f.edition and f.slot.binding]),
        _flagged(flags),
    ]
    for number, part in enumerate((part for part in parts if part.rows), 1):
        document.add_paragraph(f"{chinese_numeral(number)}、{part.title}", "Heading 1")
        _table(document, part, fonts)
    if code:
        document.add_paragraph(CODE_LINE + show_code(code), "Sheke Addressee")
    return document


def definition_of(figure: Figure) -> str:
    """A figure's definition in words."""
    return str(figure.edition.indicator.definition) if figure.edition else ""


def period_of(figure: Figure) -> str:
    if figure.first_day is None or figure.last_day is None:
        return ""
    return say_period(figure.first_day, figure.last_day)


def scope_of(figure: Figure) -> str:
    name = figure.organisation.label if figure.organisation else ""
    return say_scope(name, figure.kinds, figure.own)


def exact(figure: Figure) -> str:
    """The value behind the printed words, without trailing zeros."""
    if figure.value is None:
        return "—"
    text = f"{figure.value:,.6f}".rstrip("0").rstrip(".")
    unit = str(figure.edition.indicator.unit) if figure.edition else ""
    return text + unit


@dataclass(frozen=True, slots=True)
class _Part:
    """A section of the annex: one table with its columns' widths in millimetres."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[int]


def _traced(figures: Sequence[Figure]) -> _Part:
    heads = [
        _("No."), _("Printed"), _("Indicator"), _("Definition"), _("Period and scope"), _("Value"),
        pgettext("number", "Records"),
    ]  # fmt: skip
    rows = [
        [
            str(number),
            figure.printed,
            _named(figure),
            definition_of(figure),
            f"{period_of(figure)}；{scope_of(figure)}",
            exact(figure),
            f"{figure.rows:,}",
        ]
        for number, figure in enumerate(figures, 1)
    ]
    return _Part(_("Figures traced to records"), heads, rows, _WIDTHS)


def _named(figure: Figure) -> str:
    edition = figure.edition
    if edition is None:
        return ""
    told = _("edition %(n)s") % {"n": edition.number}
    return f"{edition.indicator.name}（{told}）"


def _declared(figures: Sequence[Figure]) -> _Part:
    rows = [[f.printed, str(Slot.Binding(f.slot.binding).label), f.slot.context] for f in figures]
    heads = [_("Printed"), _("Declared as"), _("Context")]
    return _Part(_("Declared by hand"), heads, rows, (50, 40, 162))


def _flagged(flags: Sequence[Flag]) -> _Part:
    rows = [[flag.text, flag.message] for flag in flags]
    return _Part(_("To be looked at"), [_("Words"), _("Remark")], rows, (50, 202))


def _table(document: Document, part: _Part, fonts: Fonts) -> None:
    table: Table = document.add_table(0, len(part.heads), "Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, part.widths, strict=True):
        column.width = Mm(width)
    for number, texts in enumerate([part.heads, *part.rows]):
        row = table.add_row()
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, text, width in zip(row.cells, texts, part.widths, strict=True):
            cell.width = Mm(width)
            _write(cell.paragraphs[0], text, fonts, bold=number == 0)
    _repeat_head(table)


def _write(paragraph: Paragraph, text: str, fonts: Fonts, *, bold: bool) -> None:
    paragraph.style = "Sheke Cell"
    run = paragraph.add_run(text)
    run.font.size, run.font.bold = Pt(_SIZE), bold
    set_fonts(run._r.get_or_add_rPr(), fonts.body, fonts.latin)
    prefer_wide(run._r, text)


def _repeat_head(table: Table) -> None:
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _lay_down(document: Document) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin, section.bottom_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(14)
