"""The public list: prepared by the office, read by anybody. Public pages ask for no session."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sheke.core.public import public_page

from ..actions import publishing as actions
from ..deciding import entries, proposals
from ..deciding.settling import is_open
from ..deciding.working_days import last_day
from ..models import Call, PublicNotice, Submission
from .access import account, own_call
from .decision_frame import frame, said

KEPT = 60  # seconds
SHOWN = 50


@require_http_methods(["GET", "POST"])
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """The list as it would become public, with personal data found in it; posting publishes it."""
    call = own_call(request, pk)
    stages = call.programme.stages_of("notice")
    if not stages:
        raise Http404
    if request.method == "POST":
        return said(request, "calls:notice", pk, lambda: _publish(request, call))
    standing = proposals.standing_notice(call)
    found = standing.entries if standing else entries.proposed_entries(call)
    title = _("Public notice of those proposed: %(call)s") % {"call": call.title}
    today = timezone.localdate()
    context = frame(call, "notice") | {
        "notice": standing, "groups": entries.grouped(found), "count": len(found),
        "draft_title": title, "stage": stages[0], "until": last_day(today, stages[0].working_days),
        "disclosures": [] if standing else entries.disclosures(call, found, {}),
        "withdrawn": call.public_notices.exclude(withdrawn_at=None),
        "phase": call.phases.filter(stage=stages[0].key).first(),
    }  # fmt: skip
    return render(request, "calls/notice.html", context)


def _publish(request: HttpRequest, call: Call) -> str:
    made = actions.publish_notice(
        call=call, title=request.POST.get("title", ""), text=request.POST.get("text", ""),
        confirmed=request.POST.getlist("confirmed"), by=account(request),
    )  # fmt: skip
    return _("Published until %(day)s.") % {"day": made.closes_on.isoformat()}


@require_POST
def withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the list back, with a reason."""
    found = get_object_or_404(PublicNotice, pk=pk)
    found.call = own_call(request, found.call_id)

    def act() -> str:
        reason = request.POST.get("reason", "")
        actions.withdraw_notice(notice=found, reason=reason, by=account(request))
        return _("The list was withdrawn.")

    return said(request, "calls:notice", found.call_id, act)


@public_page
@login_not_required
@require_safe
def public_notices(request: HttpRequest) -> HttpResponse:
    """The lists that are public now, and the latest results."""
    today = timezone.localdate()
    running = PublicNotice.objects.filter(withdrawn_at=None, closes_on__gte=today)
    decided = Call.objects.filter(awards__revoked_at=None, awards__isnull=False).distinct()
    context = {
        "notices": running.select_related("call__organisation").defer("entries").order_by("closes_on"),
        "results": decided.select_related("organisation").order_by("-opens_at")[:SHOWN],
    }  # fmt: skip
    return _public("calls/public_notices.html", context)


@public_page
@login_not_required
@require_safe
def public_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """The list as it was published, with what was taken out since; withdrawn, nothing of it."""
    found = get_object_or_404(PublicNotice.objects.select_related("call__organisation"), pk=pk)
    shown = [] if found.withdrawn_at else entries.public(found.entries)
    out = _taken_out(found)
    for entry, whole in zip(shown, found.entries, strict=False):
        entry["out"] = whole["submission"] in out
    context = {
        "notice": found, "call": found.call, "groups": entries.grouped(shown), "count": len(shown),
        "open": is_open(found), "over": found.closes_on < timezone.localdate(),
    }  # fmt: skip
    return _public("calls/public_notice.html", context)


@public_page
@login_not_required
@require_safe
def results(request: HttpRequest, pk: int) -> HttpResponse:
    """Who was awarded; what was revoked is not shown."""
    call = get_object_or_404(
        Call.objects.select_related("organisation", "edition__definition"), pk=pk
    )
    shown = entries.public(entries.award_entries(call))
    if not shown:
        raise Http404
    day = call.awards.order_by("decided_on").values_list("decided_on", flat=True).first()
    context = {"call": call, "groups": entries.grouped(shown), "count": len(shown), "day": day,
               "programme": call.programme}  # fmt: skip
    return _public("calls/public_results.html", context)


def _taken_out(found: PublicNotice) -> set[int]:
    """What no longer takes part since the list was published."""
    numbers = [entry["submission"] for entry in found.entries]
    gone = (Submission.State.REFUSED, Submission.State.WITHDRAWN)
    left = Submission.objects.filter(pk__in=numbers, state__in=gone)
    return set(left.values_list("pk", flat=True))


def _public(template: str, context: dict[str, Any]) -> HttpResponse:
    """Rendered without the request, so that no token or session is ever asked for."""
    answer = HttpResponse(render_to_string(template, context))
    patch_cache_control(answer, public=True, max_age=KEPT)
    return answer
