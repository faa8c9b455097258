"""An organisation's side of a call: its submissions, ranked and recommended within the quota."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sheke.core.errors import BadInput
from sheke.core.numerals import whole_number
from sheke.directory.models import Organisation
from sheke.directory.queries import reachable_organisations

from ..actions import recommending as actions
from ..guarding import limits
from ..models import Call, Phase, Seat, Submission
from .access import account, recommended_submission, visible_call
from .stages import numbers
from .submissions import posted_correction


@dataclass(frozen=True)
class Desk:
    """One organisation in one call."""

    organisation: Organisation
    seats: list[Seat]
    waiting: list[Submission]  # at the stage of recommending, without a place
    others: list[Submission]  # elsewhere on their way, or over

    @property
    def taken(self) -> list[Seat]:
        return [seat for seat in self.seats if seat.submission_id is not None]

    @property
    def free(self) -> int:
        return len(self.seats) - len(self.taken)


@require_safe
def recommending(request: HttpRequest, pk: int) -> HttpResponse:
    """The submissions of the organisations that the account acts for."""
    call = visible_call(request, pk)
    desks = desks_of(call, reachable_organisations(account(request)))
    stage = next(iter(call.programme.stages_of("recommend")), None)
    phase = call.phases.filter(stage=stage.key).first() if stage else None
    context: dict[str, Any] = {
        "call": call, "desks": desks, "stage": stage, "phase": phase, "limits": limits(call),
        "running": bool(phase and _running(phase, call)),
        "names": {s.key: str(s.name) for s in call.programme.stages},
    }  # fmt: skip
    return render(request, "calls/recommending.html", context)


@require_POST
def ranking(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """The order of an organisation's recommended submissions, the first first."""
    call = visible_call(request, pk)
    mine = reachable_organisations(account(request))
    organisation = get_object_or_404(mine, code=code)
    if not desks_of(call, mine.filter(pk=organisation.pk)):
        raise Http404
    try:
        actions.rank(
            call=call, organisation=organisation, order=_order(request, call, organisation),
            by=account(request),
        )  # fmt: skip
    except BadInput as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The order is saved."))
    return redirect("calls:recommending", pk)


@require_POST
def recommendation(request: HttpRequest, pk: int) -> HttpResponse:
    """Recommend a submission."""
    submission = recommended_submission(request, pk)
    try:
        seat = actions.recommend(
            submission=submission, reason=request.POST.get("reason", ""), by=account(request)
        )
    except BadInput as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Recommended in place %(n)s.") % {"n": seat.rank})
    return redirect("calls:recommending", submission.call_id)


@require_POST
def taking_back(request: HttpRequest, pk: int) -> HttpResponse:
    submission = recommended_submission(request, pk)
    try:
        actions.take_back(
            submission=submission, reason=request.POST.get("reason", ""), by=account(request)
        )
    except BadInput as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Taken back; the place is free."))
    return redirect("calls:recommending", submission.call_id)


@require_POST
def handing_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a submission back to its applicant to be corrected."""
    submission = recommended_submission(request, pk)
    try:
        actions.hand_back(submission=submission, by=account(request), **posted_correction(request))
    except BadInput as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Returned; the applicant was told."))
    return redirect("calls:recommending", submission.call_id)


def desks_of(call: Call, organisations: QuerySet[Organisation]) -> list[Desk]:
    """Those of the organisations that have places or submissions in the call, by path. Three queries."""
    here = organisations.order_by().values("pk")
    seats: dict[int, list[Seat]] = {}
    found = call.seats.filter(organisation__in=here).select_related(
        "submission", "taken_by__person"
    )
    for seat in found.order_by("organisation__path", "rank"):
        seats.setdefault(seat.organisation_id, []).append(seat)
    sent: dict[int, list[Submission]] = {}
    rows = Submission.objects.sent_in().filter(call=call, organisation__in=here)
    for submission in rows.select_related("seat").defer("values").order_by("number"):
        sent.setdefault(submission.organisation_id or 0, []).append(submission)
    there = Organisation.objects.filter(pk__in={*seats, *sent}).order_by("path")
    return [_desk(call, o, seats.get(o.pk, []), sent.get(o.pk, [])) for o in there]


def _desk(
    call: Call, organisation: Organisation, seats: list[Seat], sent: list[Submission]
) -> Desk:
    stages = {stage.key for stage in call.programme.stages_of("recommend")}
    waiting = [
        s for s in sent
        if s.stage in stages and s.state == Submission.State.IN and not hasattr(s, "seat")
    ]  # fmt: skip
    others = [s for s in sent if s not in waiting and not hasattr(s, "seat")]
    return Desk(organisation, seats, waiting, others)


def _running(phase: Phase, call: Call) -> bool:
    return phase.is_running and not hasattr(call, "closure")


def _order(request: HttpRequest, call: Call, organisation: Organisation) -> list[int]:
    """The posted submissions by the numbers written beside them, else as they were dragged."""
    listed = numbers(request, "submission")
    written = [*request.POST.getlist("rank"), *[""] * len(listed)][: len(listed)]
    ranks = [whole_number(text, digits=5) for text in written]
    places = [(10**6 if rank is None else rank, place) for place, rank in enumerate(ranks)]
    return [pk for _place, pk in sorted(zip(places, listed, strict=True))]
