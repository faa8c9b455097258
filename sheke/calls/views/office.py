"""A call for the office that runs it: its stages with what waits, its log, moving it to an edition."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sheke.core.errors import BadInput
from sheke.core.numerals import whole_number

from .. import copycheck
from ..actions import phases as actions
from ..actions.migrating import migrate_call
from ..listing import Tally, tallies
from ..migrating import effect_of, movable
from ..models import Call, Phase, Submission
from ..settling import Unsettled, unsettled
from .access import account, own_call


@dataclass(frozen=True)
class Stage:
    """A phase as the office's page prints it. `next` may begin now."""

    phase: Phase
    tally: Tally
    next: bool

    @property
    def kind(self) -> str:
        return self.phase.definition.kind

    @property
    def templates(self) -> list[str]:
        """What the engine's parts put into the card of their kind of stage."""
        return [f"calls/stages/{self.kind}.html", "calls/stages/plain.html"]


@require_safe
def office(request: HttpRequest, pk: int) -> HttpResponse:
    """The call's stages with counts, what waits, the latest of the log."""
    call = own_call(request, pk)
    quota = call.seats.aggregate(places=Count("pk"), taken=Count("submission"))
    context: dict[str, Any] = {
        "call": call,
        "stages": stages_of(call),
        "drafts": call.submissions.filter(state=Submission.State.DRAFT).count(),
        "sent": call.submissions.filter(sent__isnull=False).count(),
        "topics": call.topics.count(),
        "files": call.files.all(),
        "people": [c.account for c in call.charges.select_related("account__person")],
        "quota": quota,
        "steps": call.steps.select_related("by__person", "submission__call").order_by("-id")[:8],
        "newer": movable(call).filter(number__gt=call.edition.number).first(),
        "copycheck": copycheck.service() is not None,
    }
    return render(request, "calls/office.html", context)


@require_safe
def log(request: HttpRequest, pk: int) -> HttpResponse:
    """Every decision of the call and of its submissions, the latest first."""
    call = own_call(request, pk)
    steps = call.steps.select_related("by__person", "submission__call").order_by("-id")
    page = Paginator(steps, 50).get_page(request.GET.get("page"))
    names = {stage.key: str(stage.name) for stage in call.programme.stages}
    return render(request, "calls/log.html", {"call": call, "page": page, "names": names})


@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """From when until when each stage is planned."""
    call = own_call(request, pk)
    phases = _phases(call)
    error = ""
    if request.method == "POST":
        try:
            days = {phase.stage: _days(request, phase) for phase in phases}
            actions.plan_phases(
                call=call, days=days, reason=request.POST.get("reason", ""), by=account(request)
            )
        except BadInput as wrong:
            error = str(wrong)
        else:
            messages.success(request, _("Saved."))
            return redirect("calls:office", pk)
    context = {"call": call, "phases": phases, "error": error}
    return render(request, "calls/plan.html", context, status=422 if error else 200)


@require_POST
def beginning(request: HttpRequest, pk: int) -> HttpResponse:
    phase = _phase(request, pk)
    try:
        actions.begin_phase(phase=phase, by=account(request))
    except BadInput as error:
        messages.error(request, str(error))
    else:
        text = _("“%(stage)s” has begun.") % {"stage": phase.definition.name}
        messages.success(request, text)
    return redirect("calls:office", phase.call_id)


@require_http_methods(["GET", "POST"])
def ending(request: HttpRequest, pk: int) -> HttpResponse:
    """What is not settled yet; then end the stage."""
    phase = _phase(request, pk)
    error = ""
    if request.method == "POST":
        try:
            actions.end_phase(
                phase=phase, reason=request.POST.get("reason", ""), by=account(request)
            )
        except BadInput as wrong:
            error = str(wrong)
        else:
            text = _("“%(stage)s” is over.") % {"stage": phase.definition.name}
            messages.success(request, text)
            return redirect("calls:office", phase.call_id)
    open_ones: list[Unsettled] = unsettled(phase)
    context = {
        "phase": phase, "call": phase.call, "open": open_ones, "error": error,
        "stops": any(each.stops for each in open_ones),
        "copycheck": phase.definition.kind == "copycheck",
        "available": copycheck.service() is not None,
    }  # fmt: skip
    return render(request, "calls/ending.html", context, status=422 if error else 200)


@require_POST
def reopening(request: HttpRequest, pk: int) -> HttpResponse:
    phase = _phase(request, pk)
    try:
        actions.reopen_phase(
            phase=phase, reason=request.POST.get("reason", ""), by=account(request)
        )
    except BadInput as error:
        messages.error(request, str(error))
    else:
        text = _("“%(stage)s” runs again.") % {"stage": phase.definition.name}
        messages.success(request, text)
    return redirect("calls:office", phase.call_id)


@require_POST
def by_hand(request: HttpRequest, pk: int) -> HttpResponse:
    """Pass the copy check by hand, with a reason."""
    phase = _phase(request, pk)
    try:
        count = actions.skip_copycheck(
            phase=phase, reason=request.POST.get("reason", ""), by=account(request)
        )
    except BadInput as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("%(n)s submissions passed by hand.") % {"n": count})
    return redirect("calls:ending", pk)


@require_http_methods(["GET", "POST"])
def migration(request: HttpRequest, pk: int) -> HttpResponse:
    """What moving to another edition would do; then move."""
    call = own_call(request, pk)
    editions = movable(call)
    chosen = whole_number(request.POST.get("edition") or request.GET.get("edition", ""), digits=8)
    edition = editions.first() if chosen is None else get_object_or_404(editions, number=chosen)
    error = ""
    if request.method == "POST" and edition is not None:
        try:
            migrate_call(
                call=call, edition=edition, reason=request.POST.get("reason", ""),
                by=account(request),
            )  # fmt: skip
        except BadInput as wrong:
            error = str(wrong)
        else:
            text = _("The call now follows edition %(n)s.") % {"n": edition.number}
            messages.success(request, text)
            return redirect("calls:office", pk)
    effect = effect_of(call, edition) if edition else None
    context = {"call": call, "editions": editions, "effect": effect, "error": error}
    wrong_input = error or (request.method == "POST" and edition is None)
    return render(request, "calls/migration.html", context, status=422 if wrong_input else 200)


def stages_of(call: Call) -> list[Stage]:
    """The call's phases in order with their counts. Two queries."""
    counts = tallies(call)
    phases = _phases(call)
    following = next((phase for phase in phases if phase.begun_at is None), None)
    may_begin = call.announced_at is not None and not hasattr(call, "closure")
    return [
        Stage(phase, counts.get(phase.stage, Tally()), may_begin and phase is following)
        for phase in phases
    ]


def _phases(call: Call) -> list[Phase]:
    phases = list(call.phases.order_by("position"))
    for phase in phases:
        phase.call = call
    return phases


def _phase(request: HttpRequest, pk: int) -> Phase:
    phase = get_object_or_404(Phase, pk=pk)
    phase.call = own_call(request, phase.call_id)
    return phase


def _days(request: HttpRequest, phase: Phase) -> actions.Days:
    return _day(request, f"from-{phase.pk}", phase), _day(request, f"until-{phase.pk}", phase)


def _day(request: HttpRequest, name: str, phase: Phase) -> date | None:
    text = request.POST.get(name, "")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise BadInput(
            _("%(name)s: “%(text)s” is no day like 2026-04-10")
            % {"name": phase.definition.name, "text": text[:20]}
        ) from None
