"""Tables of records: the template, the upload, what is wrong with it, posting."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sheke.core.errors import BadInput
from sheke.definitions.queries import record_types

from .. import tasks
from ..exports import XLSX
from ..forms.imports import ImportForm
from ..imports import progress
from ..imports.actions import begin_posting, start_import
from ..imports.marked import marked
from ..imports.template import template
from ..models import ImportRun, Record
from .access import account, type_or_404

SHOWN = 100  # problems and duplicates on the page; the workbook has all
WAITING = timedelta(seconds=90)
State = ImportRun.State
WORKING = (State.CHECKING, State.POSTING)


@require_http_methods(["GET", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    form = _form(request)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            run = start_import(
                edition=type_or_404(given["type"]), file=given["file"].file,
                name=given["file"].name, organisation=given["organisation"],
                reason=given["reason"], by=account(request),
            )  # fmt: skip
        except BadInput as error:
            form.add_error("file", str(error))
        else:
            _enqueue(run)
            return redirect("ledger:import", run.pk)
    runs = ImportRun.objects.filter(made_by=account(request)).select_related(
        "edition__definition", "organisation"
    )
    page = Paginator(runs.defer("problems", "duplicates"), 20).get_page(request.GET.get("page"))
    return render(
        request, "ledger/imports.html", {"form": form, "page": page},
        status=422 if form.errors else 200,
    )  # fmt: skip


@require_safe
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """The state of one import; while it is worked upon, htmx asks again for the same page."""
    found = _mine(request, pk)
    if found.state == State.POSTING:
        found.done = progress.read(found.pk) or found.done
    records = Record.objects.in_bulk(
        [record for _r, _t, record, _o in found.duplicates if record][:SHOWN]
    )
    context = {
        "run": found,
        "type": found.edition.record_type,
        "problems": found.problems[:SHOWN],
        "duplicates": [
            (row, title, records.get(record), other)
            for row, title, record, other in found.duplicates[:SHOWN]
        ],
        "shown": SHOWN,
        "working": found.state in WORKING,
        "stuck": _stuck(found),
    }
    name = "ledger/import_state.html" if request.htmx else "ledger/import.html"  # type: ignore[attr-defined]
    return render(request, name, context)


@require_POST
def posting(request: HttpRequest, pk: int) -> HttpResponse:
    found = _mine(request, pk)
    if _stuck(found):  # the worker was stopped in the middle of it
        _enqueue(found)
        return redirect("ledger:import", pk)
    try:
        begin_posting(run=found, skip_duplicates="skip" in request.POST, by=account(request))
    except BadInput as error:
        messages.error(request, str(error))
    else:
        found.state = State.POSTING
        _enqueue(found)
    return redirect("ledger:import", pk)


@require_safe
def problems(request: HttpRequest, pk: int) -> HttpResponse:
    """The table as it came, with the cells marked that are wrong."""
    found = _mine(request, pk)
    return _workbook(marked(found), f"{found.name.rpartition('.')[0]}-problems.xlsx")


@require_safe
def blank(request: HttpRequest, key: str) -> HttpResponse:
    """The empty table of a record type."""
    edition = type_or_404(key)
    return _workbook(template(edition), f"{edition.record_type.name}.xlsx")


def _enqueue(found: ImportRun) -> None:
    task = tasks.post_table if found.state == State.POSTING else tasks.check_table
    task.enqueue(found.pk, get_language() or "zh-hans")


def _stuck(found: ImportRun) -> bool:
    """Nothing has moved for a while: no worker runs, or it was stopped. Starting anew does no harm."""
    if found.state not in WORKING:
        return False
    last = progress.moved_at(found.pk) or found.made_at
    return timezone.now() - last > WAITING


def _workbook(data: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=XLSX)
    answer["Content-Disposition"] = content_disposition_header(True, name)
    return answer


def _mine(request: HttpRequest, pk: int) -> ImportRun:
    runs = ImportRun.objects.filter(made_by=account(request))
    return get_object_or_404(runs.select_related("edition__definition", "organisation"), pk=pk)


def _form(request: HttpRequest) -> ImportForm:
    types = record_types()
    if request.method == "POST":
        return ImportForm(request.POST, request.FILES, account=account(request), types=types)
    here = request.organisation  # type: ignore[attr-defined]
    initial = {"type": request.GET.get("type", ""), "organisation": here.code if here else None}
    return ImportForm(initial=initial, account=account(request), types=types)
