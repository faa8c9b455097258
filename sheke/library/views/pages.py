"""Correcting the text of pages beside their scans."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from sheke.core.errors import BadInput

from ..actions.pages import correct_page, replace_in_file, restore_version
from ..intake.steps.picture import DRAWN
from ..intake.wholes import seen_as
from ..models import File, Page, PageVersion
from ..ocr.placing import placed
from ..queries import kept_organisations
from ..reading.damage import damage_in
from .access import account

MARKED = 200_000  # characters of a page beyond which damage is not looked for
UNSURE = 0.85  # confidence below which a word is marked


@require_http_methods(["GET", "POST"])
def correction(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The scan of a page and its text; posted, the text is kept."""
    page = kept_page(request, pk, number)
    if request.method == "POST":
        return _kept(request, page)
    return render(request, "library/intake/correction.html", _context(page))


def _kept(request: HttpRequest, page: Page) -> HttpResponse:
    text, seen = request.POST.get("text", ""), request.POST.get("seen", "")
    script = request.headers.get("Accept") == "application/json"
    try:
        page = correct_page(page=page, text=text, seen=seen, by=account(request))
    except BadInput as error:
        if script:
            return JsonResponse({"error": str(error)}, status=422)
        context = _context(page) | {"error": str(error), "text": text}
        return render(request, "library/intake/correction.html", context, status=422)
    if script:
        return JsonResponse({"seen": seen_as(page.text), "marks": marks_of(page)})
    messages.success(request, _("Saved."))
    onward = page.number + 1 if "next" in request.POST else page.number
    if not page.file.pages.filter(number=onward).exists():
        onward = page.number
    return redirect("library:correction", page.file_id, onward)


@require_POST
def replacement(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Find and replace, on this page or throughout the file."""
    page = kept_page(request, pk, number)
    whole = request.POST.get("where") == "file"
    try:
        count = replace_in_file(
            file=page.file, find=request.POST.get("find", ""),
            replacement=request.POST.get("replacement", ""), by=account(request),
            page=None if whole else page,
        )  # fmt: skip
    except BadInput as error:
        messages.error(request, str(error))
    else:
        text = ngettext("%(n)s place replaced.", "%(n)s places replaced.", count)
        (messages.success if count else messages.info)(request, text % {"n": count})
    return redirect("library:correction", pk, number)


@require_POST
def restoration(request: HttpRequest, pk: int) -> HttpResponse:
    """Put back what stood on a page before."""
    version = get_object_or_404(PageVersion.objects.select_related("page"), pk=pk)
    page = kept_page(request, version.page.file_id, version.page.number)
    restore_version(version=version, by=account(request))
    messages.success(request, _("The earlier text stands again."))
    return redirect("library:correction", page.file_id, page.number)


def _context(page: Page) -> dict[str, Any]:
    file = page.file
    numbers = list(file.pages.order_by("number").values_list("number", flat=True))
    versions = list(page.versions.select_related("replaced_by__person")[:50])
    return {
        "file": file, "page": page, "text": page.text, "seen": seen_as(page.text), "numbers": numbers,
        "before": page.number - 1 if page.number - 1 in numbers else None,
        "after": page.number + 1 if page.number + 1 in numbers else None,
        "drawn": page.image_id is not None or file.kind in DRAWN, "marks": marks_of(page), "versions": versions, "unsure": UNSURE,
    }  # fmt: skip


def marks_of(page: Page) -> dict[str, Any]:
    """For the script: words with their places in text and scan, and what looks damaged."""
    at = _script_offsets(page.text)
    spans = placed(page.words, page.text)
    words = [
        [at(start), at(end), *word[1:]]
        for (start, end), word in zip(spans, page.words, strict=True) if end > start
    ]  # fmt: skip
    damage = damage_in(page.text) if len(page.text) < MARKED else []
    return {"words": words, "damage": [[at(start), at(end), kind] for start, end, kind in damage]}


def _script_offsets(text: str) -> Callable[[int], int]:
    """Scripts of pages count rare characters as two."""
    if text.isascii() or max(text) <= "\uffff":
        return lambda offset: offset
    rare = [place for place, sign in enumerate(text) if sign > "\uffff"]
    return lambda offset: offset + bisect_left(rare, offset)


def kept_page(request: HttpRequest, pk: int, number: int) -> Page:
    """A page of a file of a work that one keeps, or 404."""
    kept = kept_organisations(account(request)).order_by().values("pk")
    files = File.objects.filter(work__organisation__in=kept)
    found = Page.objects.filter(file__in=files).select_related("file__work", "image")
    return get_object_or_404(found, file=pk, number=number)
