"""What readers open: a work's page, its citations, its files page by page. Nobody needs to sign in."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sheke.core.attachments import attachment
from sheke.core.numerals import whole_number
from sheke.ledger.models import StoredFile

from ..citing.dublin_core import dublin_core
from ..citing.entries import entry_of, read_on
from ..citing.highwire import highwire
from ..citing.linked_data import data_block, json_ld
from ..citing.styles import STYLES, cite
from ..disciplines import discipline_name
from ..links import site_root
from ..models import File, Page, Work
from ..page_images import picture_of
from ..queries import files_read_by, works_seen_by
from ..reader import Reader, reader_of
from ..showing import Shown, lasting_address, shown_work
from .links import tombstone

CITED = ("gbt-numeric", "gbt-author-date", "bibtex")  # shown; the others are files


@login_not_required
@require_safe
def work(request: HttpRequest, pk: int) -> HttpResponse:
    """A work as far as the reader may see it; of one that was taken back, that it was."""
    works = works_seen_by(request.user).select_related("organisation", "link")
    found = works.filter(pk=pk).first()
    if found is None:
        withdrawn = Work.objects.exclude(withdrawn_at=None).select_related("organisation", "link")
        return tombstone(request, work=get_object_or_404(withdrawn, pk=pk))
    shown = shown_work(found, request.user, lasting_address(found, request))
    office = shown.kept and request.user.has_perm("library.publish", found.organisation)
    context = {"shown": shown, "work": found, "may_publish": office, "query": _query(request)}
    return render(request, "library/work.html", context | _cited(request, shown))


def _cited(request: HttpRequest, shown: Shown) -> dict[str, Any]:
    """The citation in each form, and what machines read in the page's head."""
    entry = entry_of(shown.work, request)
    cited = read_on(entry, timezone.localdate())
    page = site_root(request) + request.path
    pdf = next((f.file for f in shown.files if f.readable and f.file.kind == "pdf"), None)
    pdf_address = site_root(request) + reverse("library:download", args=[pdf.pk]) if pdf else ""
    return {
        "entry": entry,
        "citations": [(STYLES[name], cite([cited], name).strip()) for name in CITED],
        "downloads": [style for style in STYLES.values() if style.name not in CITED[:2]],
        "page_address": page,
        "dublin_core": dublin_core(entry, kind=str(shown.work.get_kind_display())),
        "highwire": highwire(entry, page=page, pdf=pdf_address),
        "json_ld": data_block(json_ld(entry, page=page)),
        "discipline": discipline_name(shown.work.discipline) if shown.work.discipline else "",
    }


@login_not_required
@require_safe
def citation(request: HttpRequest, pk: int, style: str) -> HttpResponse:
    """The citation in one form, as a file."""
    found = get_object_or_404(works_seen_by(request.user), pk=pk)
    if style not in STYLES:
        raise Http404
    chosen = STYLES[style]
    text = cite([read_on(entry_of(found, request), timezone.localdate())], style)
    return attachment(text.encode(), f"sheke-{pk}.{chosen.ending}", chosen.content_type)


@login_not_required
@require_safe
def read(request: HttpRequest, pk: int, number: int = 0) -> HttpResponse:
    """One page of a file: scan and text, hits of the search marked."""
    file = _readable(request, pk)
    number = number or whole_number(request.GET.get("page", "")) or 1
    reader = reader_of(file, number, query=_query(request), view=request.GET.get("view", ""))
    if reader is None:
        raise Http404
    if "find" in request.GET and reader.matches and not reader.is_hit:
        url = reverse("library:page", args=[pk, reader.matches[0].number])
        return redirect(url + _carried(reader))
    language = file.work.language if file.work else ""
    context = {
        "language": "" if language == "other" else language,
        "reader": reader, "file": file, "work": file.work, "carried": _carried(reader),
        "views": (("both", _("Side by side")), ("scan", _("Scan")), ("text", _("Text"))),
    }  # fmt: skip
    return render(request, "library/reader.html", context)


def _carried(reader: Reader) -> str:
    """What goes with the reader from page to page."""
    said = {"q": reader.query, "view": "" if reader.view == "both" else reader.view}
    query = urlencode({name: value for name, value in said.items() if value})
    return f"?{query}" if query else ""


@login_not_required
@require_safe
def page_image(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    """The picture of a page: its scan, or the page of a PDF as it is printed."""
    file = _readable(request, pk)
    page = get_object_or_404(Page.objects.select_related("image"), file=file, number=number)
    etag = _etag(page.image or file.stored)
    if (unchanged := get_conditional_response(request, etag=etag)) is not None:
        return _safe(unchanged, etag)
    data = picture_of(file, page)
    if data is None:
        raise Http404
    return _safe(HttpResponse(data, content_type="image/webp"), etag)


@login_not_required
@require_safe
def download(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file as it came, always as an attachment; nothing of it is run or shown by the browser."""
    file = _readable(request, pk)
    etag = _etag(file.stored)
    if (unchanged := get_conditional_response(request, etag=etag)) is not None:
        return _safe(unchanged, etag)
    answer = FileResponse(
        file.stored.file.open("rb"), as_attachment=True, filename=file.name,
        content_type=file.stored.content_type,
    )  # fmt: skip
    return _safe(answer, etag)


def _readable(request: HttpRequest, pk: int) -> File:
    """A file that the reader may open now: of a public work, its embargo over; or one's own."""
    files = files_read_by(request.user).exclude(work=None)
    return get_object_or_404(files.select_related("work", "stored", "thumbnail"), pk=pk)


def _safe(answer: Any, etag: str) -> Any:
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    # Rights may be taken back: a browser keeps it for its reader and asks again.
    patch_cache_control(answer, private=True, no_cache=True)
    answer["ETag"] = etag
    return answer


def _etag(stored: StoredFile) -> str:
    """A picture is made of nothing but the bytes behind it: a scan that came anew is another one."""
    return f'"{stored.sha256[:32]}"'


def _query(request: HttpRequest) -> str:
    return request.GET.get("q", "").strip()[:200]
