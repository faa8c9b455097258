"""One figure of a report: its records, sums and definition."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from sheke.core.errors import BadInput
from sheke.indicators.evaluation import records_behind
from sheke.reports.actions.reports import word_figure
from sheke.reports.annex import definition_of, period_of, scope_of
from sheke.reports.downloads import snapshot_of_report
from sheke.reports.filling import question_of
from sheke.reports.forms import WordingForm
from sheke.reports.models import Figure, Report
from sheke.reports.queries import frozen_records
from sheke.reports.reading import binding_words, look_of
from sheke.reports.rows import measure_of, page_of_rows, rows_xlsx, shares
from sheke.reports.verification.ledger import check_figures, frozen_rows
from sheke.reports.views.access import (
    XLSX,
    account_of,
    attachment,
    changeable_report,
    visible_report,
)


@require_GET
def figure(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """The drawer that a number opens. A frozen figure shows the rows that were frozen."""
    report = visible_report(request, pk)
    found = _figure(report, key)
    context = {
        "report": report,
        "figure": found,
        "look": look_of(found),
        "binding": binding_words(found),
        "may_change": request.user.has_perm("reports.change_report", report),
        "form": WordingForm(initial={"wording": found.wording}),
    }
    if question := question_of(found):
        snapshot = snapshot_of_report(report)
        behind = records_behind(question)
        if snapshot is not None:
            frozen = next(f for f in snapshot.body["figures"] if f["key"] == key)
            behind = frozen_records(frozen_rows(frozen, bytes(snapshot.lineage)))
            (context["check"],) = check_figures(snapshot, only=key)
        records = behind.visible_to(account_of(request))
        measure = measure_of(question)
        page = page_of_rows(records, measure, request.GET.get("page"))
        context |= {
            "snapshot": snapshot,
            "indicator": question.edition.indicator,
            "edition": question.edition,
            "definition": definition_of(found),
            "period": period_of(found),
            "scope": scope_of(found),
            "measure": measure,
            "total": found.value if question.edition.indicator.aggregate == "sum" else None,
            "page": page,
            "hidden": max(found.rows - page.paginator.count, 0),
            "shares": shares(records, measure) if page.number == 1 else [],
        }
    return render(request, "reports/report_figure.html", context)


@require_GET
def rows(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """The records behind a figure as a workbook."""
    report = visible_report(request, pk)
    found = _figure(report, key)
    question = question_of(found)
    if question is None:
        return redirect("reports:figure", pk, key)
    name = str(question.edition.indicator.name)
    return attachment(
        rows_xlsx(question, name, account_of(request)), f"{found.printed} {name}.xlsx", XLSX
    )


@require_POST
def wording(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Words typed in place of a figure."""
    report = changeable_report(request, pk)
    form = WordingForm(request.POST)
    if form.is_valid():
        try:
            word_figure(
                figure=_figure(report, key),
                wording=form.cleaned_data["wording"],
                by=account_of(request),
            )
        except BadInput as error:
            messages.error(request, str(error))
    else:
        messages.error(request, " ".join(form.errors.get("wording", [])))
    return redirect("reports:report", pk)


def _figure(report: Report, key: str) -> Figure:
    figures = Figure.objects.select_related(
        "slot", "edition__definition", "organisation", "report__template"
    )
    return get_object_or_404(figures, report=report, slot__key=key)
