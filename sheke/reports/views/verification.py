"""Verifying a frozen report or a Word file, and laying two reports side by side."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from sheke.core.errors import BadInput
from sheke.reports.comparison import compare_reports
from sheke.reports.copying import MOST, copied_from
from sheke.reports.documents import show_code
from sheke.reports.forms import FileForm
from sheke.reports.models import Snapshot
from sheke.reports.queries import previous_report, report_figures, visible_reports
from sheke.reports.verification.files import ReadFile, read_file, snapshot_of, verify_snapshot
from sheke.reports.views.access import account_of, visible_report


def verify(request: HttpRequest) -> HttpResponse:
    """Upload a Word file; the file itself says which report it is."""
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            file = _uploaded(form)
            snapshot = snapshot_of(file)
            _known(request, snapshot)
        except BadInput as error:
            form.add_error("file", str(error))
        else:
            return _result(request, snapshot, file)
    status = 422 if form.errors else 200
    return render(request, "reports/verify_upload.html", {"form": form}, status=status)


def verification(request: HttpRequest, pk: int) -> HttpResponse:
    """Verify a frozen report against the ledger of today; POST also against a Word file of it."""
    report = visible_report(request, pk)
    snapshot = get_object_or_404(
        Snapshot.objects.select_related("report", "previous"), report=report
    )
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            file = _uploaded(form)
            _of_this_report(file, snapshot)
        except BadInput as error:
            form.add_error("file", str(error))
        else:
            return _result(request, snapshot, file)
    return _result(request, snapshot, None, form)


@require_GET
def comparison(request: HttpRequest, pk: int) -> HttpResponse:
    """This report's figures beside an earlier one's."""
    report = visible_report(request, pk)
    others = visible_reports(account_of(request)).exclude(pk=pk)
    wanted = request.GET.get("other", "")
    other = get_object_or_404(others, pk=wanted) if wanted.isdecimal() else previous_report(report)
    lines = compare_reports(report_figures(report), report_figures(other)) if other else []
    context = {"report": report, "other": other, "others": others[:50], "lines": lines}
    return render(request, "reports/report_comparison.html", context)


@require_GET
def copies(request: HttpRequest, pk: int) -> HttpResponse:
    """What last year's report and those of other organisations say, too."""
    report = visible_report(request, pk)
    others = list(visible_reports(account_of(request)).exclude(pk=pk)[:MOST])
    context = {"report": report, "compared": len(others), "copied": copied_from(report, others)}
    return render(request, "reports/report_copies.html", context)


def _result(
    request: HttpRequest, snapshot: Snapshot, file: ReadFile | None, form: FileForm | None = None
) -> HttpResponse:
    result = verify_snapshot(snapshot, file)
    holding = [figure for figure in result.figures if figure.holds]
    context = {
        "report": snapshot.report,
        "snapshot": snapshot,
        "code": show_code(snapshot.code),
        "result": result,
        "counts": [(state, n) for state, n in result.counts().items()],
        "holding": holding,
        "form": form or FileForm(),
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "reports/verify_result.html", context, status=status)


def _uploaded(form: FileForm) -> ReadFile:
    upload = form.cleaned_data["file"]
    return read_file(upload.read(), upload.name)


def _known(request: HttpRequest, snapshot: Snapshot) -> None:
    """Who may not see the report learns no more than that the file is not theirs to verify."""
    if not visible_reports(account_of(request)).filter(pk=snapshot.report_id).exists():
        raise BadInput(_("This file belongs to a report of an organisation you do not act for."))


def _of_this_report(file: ReadFile, snapshot: Snapshot) -> None:
    if file.code and file.code != snapshot.code:
        raise BadInput(_("%(name)s is a file of another report.") % {"name": file.name})
