"""An organisation's side of a call: its submissions, ranked and recommended within the quota."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sheke.core.attachments import attachment
from sheke.core.errors import BadInput
from sheke.core.numerals import whole_number
from sheke.directory.models import Organisation
from sheke.directory.queries import reachable_organisations

from ..actions import recommending as actions
from ..guarding import limits
from ..models import Call, Phase
from ..own_sheets import recommended_table
from ..recommending import desks_of, taking_part
from .access import account, recommended_submission, visible_call
from .stages import numbers
from .submissions import posted_correction

DESKS = 10  # organisations on a page


@require_safe
def recommending(request: HttpRequest, pk: int) -> HttpResponse:
    """The submissions of the organisations that the account acts for."""
    call = visible_call(request, pk)
    page = Paginator(_taking_part(request, call), DESKS).get_page(request.GET.get("page"))
    stage = next(iter(call.programme.stages_of("recommend")), None)
    phase = call.phases.filter(stage=stage.key).first() if stage else None
    context: dict[str, Any] = {
        "call": call, "page": page, "desks": desks_of(call, page), "stage": stage, "phase": phase, "limits": limits(call),
        "running": bool(phase and _running(phase, call)),
        "names": {s.key: str(s.name) for s in call.programme.stages},
    }  # fmt: skip
    return render(request, "calls/recommending.html", context)


@require_safe
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as xlsx: the list that an organisation prints and seals."""
    call = visible_call(request, pk)
    desks = desks_of(call, _taking_part(request, call))
    return attachment(recommended_table(call, desks), f"{call.key}-recommended.xlsx")


@require_POST
def ranking(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """The order of an organisation's recommended submissions, the first first."""
    call = visible_call(request, pk)
    organisation = get_object_or_404(_taking_part(request, call), code=code)
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


def _taking_part(request: HttpRequest, call: Call) -> QuerySet[Organisation]:
    return taking_part(call, reachable_organisations(account(request)))


def _running(phase: Phase, call: Call) -> bool:
    return phase.is_running and not hasattr(call, "closure")


def _order(request: HttpRequest, call: Call, organisation: Organisation) -> list[int]:
    """The posted submissions by the numbers written beside them, else as they were dragged."""
    listed = numbers(request, "submission")
    written = [*request.POST.getlist("rank"), *[""] * len(listed)][: len(listed)]
    ranks = [whole_number(text, digits=5) for text in written]
    places = [(10**6 if rank is None else rank, place) for place, rank in enumerate(ranks)]
    return [pk for _place, pk in sorted(zip(places, listed, strict=True))]
