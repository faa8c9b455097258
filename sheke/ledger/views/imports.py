"""Tables of records: the template, the upload, what is wrong with it, posting."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sheke.core.attachments import attachment
from sheke.core.errors import BadInput
from sheke.core.jobs import start
from sheke.core.jobs.queries import Job, nobody_works, progress_of
from sheke.definitions.queries import record_types

from .. import tasks
from ..forms.imports import ImportForm
from ..imports.actions import begin_posting, start_import
from ..imports.marked import marked
from ..imports.template import template
from ..models import ImportRun, Record
from .access import account, type_or_404

SHOWN = 100  # problems and duplicates on the page; the workbook has all
State = ImportRun.State
WORKING = (State.CHECKING, State.POSTING)


@require_http_methods(["GET", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    form = _form(request)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            with transaction.atomic():
                run = start_import(
                    edition=type_or_404(given["type"]), file=given["file"].file,
                    name=given["file"].name, organisation=given["organisation"],
                    reason=given["reason"], by=account(request),
                )  # fmt: skip
                _enqueue(run)
        except BadInput as error:
            form.add_error("file", str(error))
        else:
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
    job = progress_of(found) if found.state in WORKING else None
    if job and job.state == "running":
        found.done = job.done
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
        "stuck": _stuck(found, job),
        "idle": job is not None and job.state == "waiting" and nobody_works(),
    }
    name = "ledger/import_state.html" if request.htmx else "ledger/import.html"  # type: ignore[attr-defined]
    return render(request, name, context)


@require_POST
def posting(request: HttpRequest, pk: int) -> HttpResponse:
    found = _mine(request, pk)
    if _stuck(found, progress_of(found)):
        _enqueue(found)
        return redirect("ledger:import", pk)
    try:
        with transaction.atomic():
            begin_posting(run=found, skip_duplicates="skip" in request.POST, by=account(request))
            found.state = State.POSTING
            _enqueue(found)
    except BadInput as error:
        messages.error(request, str(error))
    return redirect("ledger:import", pk)


@require_safe
def problems(request: HttpRequest, pk: int) -> HttpResponse:
    """The table as it came, with the cells marked that are wrong."""
    found = _mine(request, pk)
    return attachment(marked(found), f"{found.name.rpartition('.')[0]}-problems.xlsx")


@require_safe
def blank(request: HttpRequest, key: str) -> HttpResponse:
    """The empty table of a record type."""
    edition = type_or_404(key)
    return attachment(template(edition), f"{edition.record_type.name}.xlsx")


def _enqueue(found: ImportRun) -> None:
    task = tasks.post_table if found.state == State.POSTING else tasks.check_table
    language = get_language() or "zh-hans"
    start(task, found.pk, language, by=found.made_by, subject=found)


def _stuck(found: ImportRun, job: Job | None) -> bool:
    """Its job is over and it is not: several workers died of it. Starting anew does no harm."""
    if found.state not in WORKING:
        return False
    return job is None or job.state not in ("waiting", "running")


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
