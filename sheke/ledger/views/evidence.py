"""Evidence of a record: adding, showing, withdrawing."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from sheke.core.errors import BadInput

from ..evidence.actions import attach_link, attach_stored, withdraw_evidence
from ..evidence.thumbnails import has_thumbnail, thumbnail
from ..models import Evidence, Record, StoredFile
from .access import account, require, visible_record
from .held import held_files


@require_POST
def attach(request: HttpRequest, pk: int) -> HttpResponse:
    """Add files and a link. Each file stands for itself: one that is refused does not hold up others."""
    record = visible_record(request, pk)
    require(request, "ledger.correct_record", record)
    held = held_files(request)
    for stored, name in held.files:
        attach_stored(record=record, stored=stored, name=name, by=account(request))
    count = len(held.files)
    if link := request.POST.get("link", "").strip():
        try:
            attach_link(record=record, link=link, by=account(request))
            count += 1
        except BadInput as error:
            held.errors.append(str(error))
    for text in held.errors:
        messages.error(request, text)
    if count:
        text = ngettext("%(n)s piece of evidence added", "%(n)s pieces of evidence added", count)
        messages.success(request, text % {"n": count})
    return redirect("ledger:record", pk)


@require_safe
def download(request: HttpRequest, pk: int) -> FileResponse:
    """The file as it came, always as an attachment; nothing of it is run or shown by the browser."""
    evidence = _visible(request, pk)
    stored = cast(StoredFile, evidence.stored)
    answer = FileResponse(
        stored.file.open("rb"), as_attachment=True, filename=evidence.name,
        content_type=stored.content_type,
    )  # fmt: skip
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    patch_cache_control(answer, private=True, no_cache=True)
    return answer


@require_safe
def small(request: HttpRequest, pk: int) -> HttpResponse:
    """The thumbnail of a picture."""
    evidence = _visible(request, pk)
    if evidence.stored is None or not has_thumbnail(evidence.stored):
        return HttpResponse(status=404)
    try:
        small = thumbnail(evidence.stored)
    except (
        OSError,
        SyntaxError,
        ValueError,
    ):  # a picture that breaks off half-way is kept as it is
        return HttpResponse(status=404)
    answer = HttpResponse(small, content_type="image/webp")
    answer["X-Content-Type-Options"] = "nosniff"
    patch_cache_control(answer, private=True, max_age=24 * 60 * 60)
    return answer


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    records = Record.objects.visible_to(account(request))
    found = get_object_or_404(Evidence.objects.filter(record__in=records), pk=pk)
    require(request, "ledger.correct_record", found.record)
    withdraw_evidence(evidence=found, by=account(request))
    messages.success(request, _("Withdrawn: %(name)s") % {"name": found.name})
    return redirect("ledger:record", found.record_id)


def _visible(request: HttpRequest, pk: int) -> Evidence:
    """A file of a record that the account sees. Withdrawn ones remain open to look at."""
    records = Record.objects.visible_to(account(request))
    files = Evidence.objects.filter(stored__isnull=False, record__in=records)
    return get_object_or_404(files.select_related("stored"), pk=pk)
