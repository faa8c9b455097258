"""The return as a sheet, down and up again; files for questions."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sheke.core.attachments import attachment
from sheke.core.errors import BadInput

from .. import actions, checking, tables
from ..models import Upload
from .access import account, visible_asked


@require_safe
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The return as xlsx to fill in, with what is there already and last year's values."""
    asked = visible_asked(request, pk)
    held = getattr(asked, "draft", None) or asked.latest
    before = checking.last_year(asked)
    data = tables.blank(asked, held.values if held else {}, before.values if before else {})
    return attachment(data, f"{asked.of.key}-{asked.organisation.code}.xlsx")


@require_POST
def importing(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the answers of a filled sheet into the draft, or say in which rows it is wrong."""
    asked = visible_asked(request, pk)
    file = request.FILES.get("file")
    if file is None:
        messages.error(request, _("Choose the filled sheet."))
        return redirect("returns:answer", pk)
    held = getattr(asked, "draft", None)
    try:
        values, remarks = tables.read(asked, file, file.name or "table")  # type: ignore[arg-type]
        actions.save_draft(
            asked=asked, values=(held.values if held else {}) | values,
            remarks=(held.remarks if held else {}) | remarks,
            revision=held.revision if held else 0, by=account(request),
        )  # fmt: skip
    except BadInput as error:
        context = {"asked": asked, "of": asked.of, "error": error}
        return render(request, "returns/import.html", context, status=422)
    messages.success(request, _("Taken over from the sheet. Look it over and send it in."))
    return redirect("returns:answer", pk)


@require_POST
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    asked = visible_asked(request, pk)
    question = request.POST.get("question", "")
    try:
        for file in request.FILES.getlist("files"):
            actions.hold_upload(
                asked=asked, question=question, file=file,  # type: ignore[arg-type]
                name=file.name or "file",
                by=account(request),
            )  # fmt: skip
    except BadInput as error:
        messages.error(request, str(error))
    return redirect("returns:answer", pk)


@require_safe
def download(request: HttpRequest, pk: int) -> FileResponse:
    found = get_object_or_404(Upload.objects.select_related("stored"), pk=pk)
    visible_asked(request, found.asked_id)
    answer = FileResponse(found.stored.file.open("rb"), as_attachment=True, filename=found.name)
    answer["Content-Type"] = found.stored.content_type
    return answer


@require_POST
def removal(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Upload, pk=pk)
    visible_asked(request, found.asked_id)
    try:
        actions.remove_upload(upload=found, by=account(request))
    except BadInput as error:
        messages.error(request, str(error))
    return redirect("returns:answer", found.asked_id)
