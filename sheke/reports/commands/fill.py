"""sheke report fill TEMPLATE, and sheke report sources REPORT"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sheke.core.errors import BadInput
from sheke.reports.actions.reports import fill_report
from sheke.reports.commands.finding import (
    find_organisation,
    find_report,
    template_for,
    write_file,
)
from sheke.reports.commands.output import print_json
from sheke.reports.documents import Layout, WordReport
from sheke.reports.downloads import annex_file, rows_file, word_report
from sheke.reports.filling import report_text
from sheke.reports.models import Figure, Report
from sheke.reports.periods import parse_period
from sheke.reports.queries import flags_of_report, report_figures
from sheke.reports.tracing import Flag
from sheke.reports.word.reading import to_bytes
from sheke.reports.wordings import BLANK


@transaction.atomic
def fill(
    name: str, *, organisation: str, period: str, out: Path, layout: Layout, number: str, accept: bool,
    as_json: bool,
) -> None:  # fmt: skip
    """Make a report of a template and write its Word file."""
    if out.suffix.lower() != ".docx":
        raise BadInput(_("%(path)s: the output must end with .docx.") % {"path": out})
    unit, days = find_organisation(organisation), parse_period(period)
    report = fill_report(
        template=template_for(name, unit, accept=accept), organisation=unit, period=days, by=None
    )
    written = word_report(report, layout, number)
    write_file(out, to_bytes(written.document))
    figures = report_figures(report)
    flags = flags_of_report(report, report_text(report, figures))
    _warn(report, figures, flags, written)
    if as_json:
        print_json(_told(report, figures, flags, out, written))
    else:
        print(
            _("Report %(number)s “%(title)s”: %(figures)s figures in %(path)s")
            % {
                "number": report.pk,
                "title": report.title,
                "figures": len(figures),
                "path": out,
            }
        )


def sources(number: int, *, out: Path, as_json: bool) -> None:
    """Write a report's annex of sources (.docx) or all its rows (.xlsx)."""
    report = find_report(number)
    suffix = out.suffix.lower()
    if suffix not in (".docx", ".xlsx"):
        raise BadInput(_("%(path)s: the output must end with .docx or .xlsx.") % {"path": out})
    write_file(out, annex_file(report) if suffix == ".docx" else rows_file(report))
    if as_json:
        print_json({"report": report.pk, "file": str(out)})
    else:
        print(out)


def _warn(report: Report, figures: list[Figure], flags: list[Flag], written: WordReport) -> None:
    """Blanks and doubts go to standard error, one line each."""
    contexts = {f.slot.key: f.slot.context for f in figures}
    for flag in flags:
        context = contexts.get(flag.key, "")
        print(f"{flag.text}: {flag.message} {context}".strip(), file=sys.stderr)
    for key in written.left_out:
        told = _("%(key)s stands in a header or footer, which this layout leaves out.")
        print(told % {"key": key}, file=sys.stderr)


def _told(
    report: Report, figures: list[Figure], flags: list[Flag], out: Path, written: WordReport
) -> dict[str, Any]:
    return {
        "report": report.pk,
        "title": report.title,
        "file": str(out),
        "figures": [
            {
                "key": f.slot.key,
                "printed": f.printed,
                "value": f.value,
                "rows": f.rows,
                "indicator": f.edition.definition.key if f.edition else None,
            }
            for f in figures
        ],
        "blank": [
            {"key": f.slot.key, "text": f.slot.text, "context": f.slot.context}
            for f in figures
            if f.printed == BLANK
        ],
        "flags": [flag.as_json() for flag in flags],
        "left_out": written.left_out,
    }
