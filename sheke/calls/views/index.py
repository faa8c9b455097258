"""The first page of calls: what is open, what one recommends, what one's office runs."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sheke.core.attachments import attachment
from sheke.directory.queries import acting_organisations

from .. import queries
from ..models import Call, Phase, Seat, Submission
from ..own_sheets import calls_table
from ..panels.desk import panels_of
from .access import account, office_only

SHOWN = 30


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Open calls for everyone; beside them what waits for the account's organisations and office."""
    me = account(request)
    now = timezone.now()
    announced = Call.objects.announced().filter(closure=None, closes_at__gte=now)
    context: dict[str, Any] = {
        "open": announced.select_related("organisation").order_by("closes_at")[:SHOWN],
        "mine": queries.own_submissions(me).select_related("call").order_by("-saved_at")[:5],
        "recommending": _recommending(request),
        "panels": panels_of(me).filter(closed_at=None).order_by("held_at"),
        "office": request.user.has_perm("calls.run_something"),
        "state": request.GET.get("state", "running"),
    }
    if context["office"]:
        rows = _run(request)
        context["page"] = Paginator(rows, SHOWN).get_page(request.GET.get("page"))
    return render(request, "calls/index.html", context)


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The office's calls, as the list is narrowed, as xlsx."""
    office_only(request)
    return attachment(calls_table(_run(request)), "calls.xlsx")


def _recommending(request: HttpRequest) -> list[Any]:
    """Calls in whose stage of recommending, which runs, the account's organisations take part."""
    mine = acting_organisations(account(request)).order_by().values("pk")
    seats = Seat.objects.filter(call=OuterRef("pk"), organisation__in=mine)
    sent = Submission.objects.filter(call=OuterRef("pk"), organisation__in=mine, sent__isnull=False)
    running = Phase.objects.filter(call=OuterRef("pk"), begun_at__isnull=False, ended_at=None)
    found = Call.objects.announced().filter(Exists(running), closure=None)
    found = found.filter(Exists(seats) | Exists(sent)).annotate(
        waiting=Count(
            "submissions", filter=Q(submissions__organisation__in=mine, submissions__state="in",
                                    submissions__seat=None), distinct=True)
    )  # fmt: skip
    kept: list[Any] = []
    for call in found.select_related("edition__definition").prefetch_related("phases"):
        stages = {stage.key for stage in call.programme.stages_of("recommend")}
        if any(phase.stage in stages and phase.is_running for phase in call.phases.all()):
            kept.append(call)
    return kept


def _run(request: HttpRequest) -> QuerySet[Call]:
    """The office's calls with what waits in them. One query a page."""
    found = queries.calls_of(account(request)).select_related("organisation", "closure")
    if request.GET.get("state", "running") == "running":
        found = found.filter(closure=None)
    return found.annotate(
        sent_count=Count("submissions", filter=Q(submissions__sent__isnull=False)),
        in_count=Count("submissions", filter=Q(submissions__state=Submission.State.IN)),
        back_count=Count("submissions", filter=Q(submissions__state=Submission.State.BACK)),
    ).order_by("-opens_at", "-id")
