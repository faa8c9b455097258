"""The inbox, and the bell that counts what waits in it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from ..actions import reading
from ..kinds import KINDS
from ..models import Notice
from ..queries import inbox
from ..templatetags.notices import unread
from .access import account

PAGE = 30
STOP_POLLING = 286  # htmx's own status


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    return _list(request, request.GET.get("show") == "all", request.GET.get("kind", ""))


@login_not_required
@require_safe
def bell(request: HttpRequest) -> HttpResponse:
    """The number anew, for both places of the page. A page whose session ended asks no more."""
    if not request.user.is_authenticated:
        return HttpResponse(status=STOP_POLLING)
    return render(request, "notices/bell_counts.html", unread(request) | {"again": True})


@require_POST
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one as read and open what it tells of; with `stay` only mark it."""
    notice = get_object_or_404(Notice, pk=pk, account=account(request))
    reading.mark_read(notices=[notice], by=account(request))
    if "stay" in request.POST:
        return _stay(request)
    ours = url_has_allowed_host_and_scheme(notice.url, allowed_hosts=None)
    return redirect(notice.url if notice.url and ours else "notices:index")


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    reading.mark_all_read(by=account(request))
    return _stay(request)


def _stay(request: HttpRequest) -> HttpResponse:
    """Back to the list; htmx gets it as the page that asked shows it."""
    if not getattr(request, "htmx", False):
        return redirect("notices:index")
    answer = _list(request, request.POST.get("show") == "all", request.POST.get("kind", ""))
    answer["HX-Trigger"] = "notices-changed"
    return answer


def _list(request: HttpRequest, everything: bool, kind: str) -> HttpResponse:
    notices = inbox(account(request), unread=not everything, kind=kind)
    context = {
        "page": Paginator(notices, PAGE).get_page(request.GET.get("page")),
        "everything": everything,
        "kind": kind if kind in KINDS else "",
        "kinds": sorted(KINDS.values(), key=lambda one: str(one.label)),
    }
    return render(request, "notices/index.html", context)
