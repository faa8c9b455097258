"""A call as one file, for the office: asked for, watched, fetched."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sheke.core.attachments import XLSX, attachment
from sheke.core.errors import BadInput
from sheke.core.jobs import start
from sheke.core.jobs.queries import Job, nobody_works, progress_of
from sheke.core.tables import save_xlsx

from ..actions.archiving import KEPT, ask_for_export
from ..listing import Wanted, numbers_of
from ..models import Call, Export
from ..sheets import SHEETS
from ..tasks import make_call_export
from .access import account, own_call

SHOWN = 20
TYPES = {Export.Kind.ARCHIVE: "application/zip", Export.Kind.SUBMISSIONS: XLSX}


@dataclass(frozen=True)
class Line:
    """A file with the job that makes it."""

    export: Export
    job: Job | None

    @property
    def share(self) -> int | None:
        """Percent that is done."""
        if self.job is None or not self.job.total:
            return None
        return min(100, 100 * self.job.done // self.job.total)

    @property
    def failed(self) -> bool:
        return self.job is not None and self.job.state in ("failed", "cancelled")


@require_http_methods(["GET", "POST"])
def exports(request: HttpRequest, pk: int) -> HttpResponse:
    """What was made and is being made; posting asks for the archive, or for the list as a sheet."""
    call = own_call(request, pk)
    if request.method == "POST":
        return _ask(request, call)
    found = call.exports.select_related("asked_by__person").order_by("-pk")[:SHOWN]
    lines = [Line(each, None if each.made_at else progress_of(each)) for each in found]
    working = any(line.export.made_at is None and not line.failed for line in lines)
    query = request.GET.get("sheet")
    context: dict[str, Any] = {
        "call": call, "lines": lines, "working": working, "days": KEPT.days,
        "stuck": working and nobody_works(), "query": query,
        "count": _count(call, query) if query is not None else None,
        "sent": call.submissions.filter(sent__isnull=False).count(),
    }  # fmt: skip
    return render(request, "calls/exports.html", context)


@require_safe
def file(request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
    """The file, for the office that runs the call."""
    found = get_object_or_404(Export.objects.select_related("call"), pk=pk)
    own_call(request, found.call_id)
    if not found.file:
        raise Http404
    answer = FileResponse(found.file.open("rb"), content_type=TYPES[Export.Kind(found.kind)])
    answer["Content-Disposition"] = content_disposition_header(True, str(found)) or ""
    answer["Cache-Control"] = "private, no-store"
    return answer


def _ask(request: HttpRequest, call: Call) -> HttpResponse:
    try:
        with transaction.atomic():
            made = ask_for_export(
                call=call, kind=request.POST.get("kind", ""), query=request.POST.get("query", ""),
                language=get_language() or "", by=account(request),
            )  # fmt: skip
            start(make_call_export, made.pk, by=account(request), subject=made)
    except BadInput as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("It is being made; this page shows how far it has come."))
    return redirect("calls:exports", call.pk)


def _count(call: Call, query: str) -> int:
    return numbers_of(call, Wanted.read(QueryDict(query[:500]).dict())).count()


@require_safe
def sheet(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """One of the office's lists as xlsx, by its name."""
    call = own_call(request, pk)
    if name not in SHEETS:
        raise Http404
    file = io.BytesIO()
    save_xlsx(file, SHEETS[name](call))
    return attachment(file.getvalue(), f"{call.key}-{name}.xlsx")
