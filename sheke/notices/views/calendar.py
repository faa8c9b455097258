"""Calendar links, and the file behind one."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import patch_cache_control
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sheke.directory.queries import acting_organisations

from .. import calendars
from ..actions.feeds import end_feed, make_feed
from ..models import Feed
from ..queries import live_feeds
from ..routing import preference_of
from .access import account


@require_http_methods(["GET", "HEAD", "POST"])
def feeds(request: HttpRequest) -> HttpResponse:
    """The links; a fresh one is shown in the answer and never again."""
    link = ""
    mine = acting_organisations(account(request))
    if request.method == "POST":
        number = request.POST.get("organisation", "")
        organisation = get_object_or_404(mine, pk=number) if number.isdecimal() else None
        _feed, token = make_feed(organisation=organisation, by=account(request))
        link = request.build_absolute_uri(reverse("notices:feed", args=[token]))
    context = {"feeds": live_feeds(account(request)), "organisations": mine, "link": link}
    answer = render(request, "notices/feeds.html", context)
    patch_cache_control(answer, no_store=True)
    return answer


@require_POST
def ending(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Feed, pk=pk, account=account(request), ended_at=None)
    end_feed(feed=found, by=account(request))
    messages.success(request, _("The link leads nowhere any more."))
    return redirect("notices:feeds")


@login_not_required
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar itself, for programs without a session; the token is all that they show."""
    found = calendars.feed_of(token)
    if found is None:
        raise Http404
    days = calendars.deadlines_in(found)
    version = calendars.version_of(days)
    answer: HttpResponse
    if version in request.headers.get("If-None-Match", ""):
        answer = HttpResponseNotModified()
    else:
        now = timezone.now()
        with translation.override(preference_of(found.account).language):
            answer = HttpResponse(calendars.calendar(_name(found), days, now))
        answer["Content-Type"] = "text/calendar; charset=utf-8"
        answer["Content-Disposition"] = 'attachment; filename="sheke.ics"'
        answer["Last-Modified"] = http_date(now.timestamp())
    answer["ETag"] = version
    patch_cache_control(answer, private=True, max_age=300)
    return answer


def _name(found: Feed) -> str:
    if found.organisation:
        return _("Sheke: %(organisation)s") % {"organisation": found.organisation.label}
    return _("Sheke: my deadlines")
