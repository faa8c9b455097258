"""Files to take away from a report: the Word file, the annex of sources, the rows."""

from __future__ import annotations

from sheke.directory.models import Account
from sheke.reports.annex import exact, write_annex
from sheke.reports.documents import Layout, WordReport, write_report
from sheke.reports.filling import question_of, report_fillings, report_text
from sheke.reports.models import Report, Snapshot
from sheke.reports.queries import flags_of_report, report_figures
from sheke.reports.rows import all_rows_xlsx
from sheke.reports.word.head import Head
from sheke.reports.word.reading import to_bytes


def snapshot_of_report(report: Report) -> Snapshot | None:
    """The report's snapshot, if it is frozen."""
    return Snapshot.objects.filter(report=report).first()


def word_report(report: Report, layout: Layout = "original", number: str = "") -> WordReport:
    """The filled Word file; a frozen report's carries its code. `number` asks for a red head."""
    figures = report_figures(report)
    snapshot = snapshot_of_report(report)
    head = Head(report.organisation.name, number) if number and layout == "standard" else None
    labels = {
        f.slot.key: str(f.edition.indicator.name) if f.edition else f.slot.text for f in figures
    }
    return write_report(
        report.template,
        report_fillings(report, figures),
        layout,
        labels=labels,
        head=head,
        code=snapshot.code if snapshot else "",
    )


def annex_file(report: Report) -> bytes:
    """The annex of sources as a Word file."""
    figures = report_figures(report)
    flags = flags_of_report(report, report_text(report, figures))
    snapshot = snapshot_of_report(report)
    return to_bytes(write_annex(report, figures, flags, snapshot.code if snapshot else ""))


def rows_file(report: Report, account: Account | None = None) -> bytes:
    """A workbook: all figures, then the records behind each counted one that `account` may see."""
    figures = report_figures(report)
    index, questions = [], []
    for number, figure in enumerate(figures, 1):
        name = str(figure.edition.indicator.name) if figure.edition else ""
        index.append([number, figure.printed, name, exact(figure), figure.rows])
        if question := question_of(figure):
            questions.append((f"{number} {name}", question))
    return all_rows_xlsx(questions, index, account)
