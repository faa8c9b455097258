"""One figure of a report: its records, sums and definition."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from sheke.core.attachments import attachment
from sheke.core.errors import BadInput
from sheke.directory.queries import may_act_for
from sheke.indicators.catalogue import Catalogue
from sheke.indicators.evaluation import evaluate
from sheke.indicators.questions import Question
from sheke.ledger.models import RecordQuerySet
from sheke.reports.actions.reports import word_figure
from sheke.reports.annex import definition_of, period_of, scope_of
from sheke.reports.downloads import snapshot_of_report
from sheke.reports.filling import question_of
from sheke.reports.forms import WordingForm
from sheke.reports.models import Figure, Report
from sheke.reports.queries import frozen_records
from sheke.reports.reading import binding_words, look_of
from sheke.reports.rows import (
    Behind,
    measure_of,
    page_of_rows,
    rows_xlsx,
    shares,
    visible_behind,
)
from sheke.reports.verification.ledger import check_figures, frozen_rows
from sheke.reports.views.access import (
    account_of,
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
        context |= _traced(request, found, question)
    return render(request, "reports/report_figure.html", context)


def _traced(request: HttpRequest, found: Figure, question: Question) -> dict[str, Any]:
    """What the drawer says of a counted figure: live rows, or those that were frozen."""
    account = account_of(request)
    snapshot = snapshot_of_report(found.report)
    behind = visible_behind(question, account)
    listed: Behind | RecordQuerySet = behind
    context: dict[str, Any] = {}
    if snapshot is not None:
        frozen = next(f for f in snapshot.body["figures"] if f["key"] == found.slot.key)
        kept = frozen_rows(frozen, bytes(snapshot.lineage))
        behind = listed = frozen_records(kept)
        if not may_act_for(account, question.organisation):
            behind = listed = behind.visible_to(account)
        (context["check"],) = check_figures(snapshot, only=found.slot.key)
    elif may_act_for(account, question.organisation):
        catalogue = Catalogue.load()
        now = evaluate(question, catalogue)
        listed = Behind(question, now, catalogue)
        context["moved"] = now if (now.rows, now.digest) != (found.rows, found.digest) else None
    measure = measure_of(question)
    page = page_of_rows(listed, measure, request.GET.get("page"))
    sums = question.edition.indicator.aggregate == "sum"
    return context | {
        "snapshot": snapshot,
        "indicator": question.edition.indicator,
        "edition": question.edition,
        "definition": definition_of(found),
        "period": period_of(found),
        "scope": scope_of(found),
        "measure": measure,
        "total": found.value if sums else None,
        "page": page,
        "hidden": 0 if isinstance(listed, Behind) else max(found.rows - page.paginator.count, 0),
        "shares": shares(behind, measure) if page.number == 1 else [],
    }


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
        rows_xlsx(question, name, account_of(request)), f"{found.printed} {name}.xlsx"
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
        messages.error(request, " ".join(str(error) for error in form.errors.get("wording", [])))
    return redirect("reports:report", pk)


def _figure(report: Report, key: str) -> Figure:
    figures = Figure.objects.select_related(
        "slot", "edition__definition", "organisation", "report__template"
    )
    return get_object_or_404(figures, report=report, slot__key=key)
