"""The reviewers' own pages: invitation, queue, packet and rubric. They read packets, never submissions."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sheke.core.errors import BadInput
from sheke.core.numerals import whole_number

from ..actions import reviewers as answering
from ..actions import reviews as actions
from ..actions.assigning import recuse_assignment
from ..models import Assignment, Conflict, Example, Reviewer
from ..reviewing import desk
from ..reviewing.scoring import total_of
from .access import account
from .packets import attachment

# What a reviewer may say of themselves and a submission; the rest the records show.
OWN_KINDS = ("employer", "coapplicant", "coauthor", "teacher", "family", "other")


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Invitations to answer, then what is to be reviewed, call by call."""
    me = account(request)
    asked = [one for one in desk.invitations_of(me) if one.accepted is None]
    groups: dict[tuple[int, str], dict[str, Any]] = {}
    for assignment in desk.assignments_of(me).order_by("call", "stage", "submission__packet"):
        key = (assignment.call_id, assignment.stage)
        if key not in groups:
            phase = desk.phase_of(assignment)
            groups[key] = {"call": assignment.call, "phase": phase, "rows": [], "sent": 0,
                           "example": Example.objects.filter(call=assignment.call).first()}  # fmt: skip
        group, review = groups[key], desk.review_of(assignment)
        title = assignment.call.programme.used_as("title")
        state = "sent" if review and review.sent_at else "draft" if review else "new"
        group["sent"] += state == "sent"
        group["rows"].append({
            "pk": assignment.pk, "number": assignment.submission.packet, "state": state,
            "title": assignment.submission.blind.values.get(title.key, "") if title else "",
        })  # fmt: skip
    ordered = sorted(groups.values(), key=lambda group: group["phase"].ended_at is not None)
    accepted = [one for one in desk.invitations_of(me) if one.accepted and one.call_id not in
                {call for call, _stage in groups}]  # fmt: skip
    context = {"asked": asked, "groups": ordered, "accepted": accepted}
    return render(request, "calls/review_queue.html", context)


@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """What is asked, until when; accept or decline with a reason."""
    found: Reviewer = get_object_or_404(desk.invitations_of(account(request)), pk=pk)
    error = ""
    if request.method == "POST":
        accepted = request.POST.get("answer") == "accept"
        try:
            answering.answer_invitation(
                reviewer=found, accepted=accepted, by=account(request),
                reason=request.POST.get("reason", ""),
            )  # fmt: skip
        except BadInput as wrong:
            error = str(wrong)
        else:
            text = _("Thank you. The packets appear here when they are released.") if accepted else _("Thank you for telling us.")  # fmt: skip
            messages.success(request, text)
            return redirect("calls:reviews")
    stages = found.call.programme.stages_of("review")
    context = {
        "reviewer": found, "call": found.call, "error": error,
        "phases": found.call.phases.filter(stage__in=[stage.key for stage in stages]),
        "rubric": found.call.programme.rubric, "load": _load(found, stages),
    }  # fmt: skip
    return render(request, "calls/review_invitation.html", context, status=422 if error else 200)


@require_safe
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """The packet and the rubric side by side."""
    return _page(request, _assigned(request, pk))


@require_POST
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what was written; a script gets JSON."""
    found = _assigned(request, pk)
    wants_json = request.headers.get("Accept", "").startswith("application/json")
    try:
        saved = _save(request, found)
    except actions.Moved as error:
        if wants_json:
            return JsonResponse({"message": str(error)}, status=409)
        return _page(request, found, conflict=str(error), status=409)
    except BadInput as error:
        if wants_json:
            return JsonResponse({"message": str(error)}, status=422)
        messages.error(request, str(error))
        return redirect("calls:review", pk)
    if wants_json:
        at = f"{timezone.localtime(saved.saved_at):%H:%M:%S}"
        return JsonResponse(
            {"revision": saved.revision, "saved_at": at, "total": _so_far(found, saved)}
        )
    messages.success(request, _("Saved."))
    return redirect("calls:review", pk)


@require_POST
def sending(request: HttpRequest, pk: int) -> HttpResponse:
    """Save what stands in the form, then send it; what is missing comes back at its field."""
    found = _assigned(request, pk)
    try:
        if "revision" in request.POST:
            _save(request, found)
        actions.send_review(assignment=found, by=account(request))
    except actions.Moved as error:
        return _page(request, found, conflict=str(error), status=409)
    except actions.Unready as error:
        return _page(request, _assigned(request, pk), findings=error.findings, status=422)
    except BadInput as error:
        messages.error(request, str(error))
        return redirect("calls:review", pk)
    messages.success(request, _("Sent in. You can take it back until the stage ends."))
    following = _next(request, found)
    return redirect("calls:review", following.pk) if following else redirect("calls:reviews")


@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a sent review back to change it."""
    found = _assigned(request, pk)
    try:
        actions.take_back_review(assignment=found, by=account(request))
    except BadInput as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Taken back. Change it and send it in again."))
    return redirect("calls:review", pk)


@require_POST
def recusal(request: HttpRequest, pk: int) -> HttpResponse:
    """Step aside, with a reason; a conflict of interest is kept."""
    found = _assigned(request, pk)
    kind = request.POST.get("kind", "")
    try:
        recuse_assignment(
            assignment=found, kind=kind if kind in OWN_KINDS else "",
            reason=request.POST.get("reason", ""), by=account(request),
        )  # fmt: skip
    except BadInput as error:
        messages.error(request, str(error))
        return redirect("calls:review", pk)
    messages.success(request, _("You stepped aside. The submission goes to somebody else."))
    return redirect("calls:reviews")


@require_safe
def file(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A file of the packet, by its place in it."""
    found = _assigned(request, pk)
    files = [each for part in desk.sheet_of(found).parts for each in part.files]
    for each in files:
        if each.place == number:  # type: ignore[attr-defined]
            return attachment(each)
    raise Http404


@require_safe
def example(request: HttpRequest, pk: int) -> HttpResponse:
    """The call's example, for those who accepted to review in it."""
    invited = desk.invitations_of(account(request)).filter(accepted=True)
    found = get_object_or_404(
        Example.objects.select_related("call__edition__definition"),
        call__pk=pk, call__in=invited.order_by().values("call_id"),
    )  # fmt: skip
    context = {"example": found, "call": found.call, "lines": scored(found)}
    return render(request, "calls/review_example.html", context)


def scored(found: Example) -> list[tuple[Any, Any]]:
    rubric = found.call.programme.rubric
    return [(each, found.scores.get(each.key)) for each in (rubric.criteria if rubric else ())]


def _assigned(request: HttpRequest, pk: int) -> Assignment:
    """An assignment of the account's own, or 404."""
    found = desk.assignments_of(account(request)).select_related(
        "submission__edition__definition", "submission__call"
    )
    return get_object_or_404(found, pk=pk)


def _save(request: HttpRequest, found: Assignment) -> Any:
    text = request.POST.get("revision", "")
    scores = {
        name.removeprefix("score-"): str(value)
        for name, value in request.POST.items()
        if name.startswith("score-")
    }
    return actions.save_review(
        assignment=found, scores=scores, comment=request.POST.get("comment", ""),
        private=request.POST.get("private", ""), by=account(request),
        revision=whole_number(text, digits=9) or 0,
    )  # fmt: skip


def _so_far(found: Assignment, review: Any) -> str:
    """The total once every criterion has a score."""
    rubric = found.call.programme.rubric
    if rubric is None or len(review.scores) < len(rubric.criteria):
        return ""
    return f"{total_of(rubric, review.scores):.1f}"


def _next(request: HttpRequest, found: Assignment) -> Assignment | None:
    mine = desk.assignments_of(account(request)).filter(call=found.call_id, stage=found.stage)
    return mine.exclude(review__sent_at__isnull=False).order_by("submission__packet").first()


def _page(
    request: HttpRequest, found: Assignment, *, findings: dict[str, str] | None = None,
    conflict: str = "", status: int = 200,
) -> HttpResponse:  # fmt: skip
    phase, held = desk.phase_of(found), desk.review_of(found)
    rubric = found.call.programme.rubric
    scores = held.scores if held else {}
    if conflict:
        scores = {
            k.removeprefix("score-"): v for k, v in request.POST.items() if k.startswith("score-")
        }
    sent = held is not None and held.sent_at is not None
    kinds = dict(Conflict.Kind.choices)
    context = {
        "assignment": found, "call": found.call, "phase": phase, "sheet": desk.sheet_of(found),
        "criteria": [(each, scores.get(each.key, ""), (findings or {}).get(each.key, ""))
                     for each in (rubric.criteria if rubric else ())],
        "rubric": rubric, "review": held, "sent": sent, "writable": desk.is_writable(found, phase),
        "comment": request.POST.get("comment", "") if conflict else held.comment if held else "",
        "private": request.POST.get("private", "") if conflict else held.private if held else "",
        "findings": findings or {}, "conflict": conflict,
        "total": _so_far(found, held) if held else "",
        "kinds": [(key, kinds[key]) for key in OWN_KINDS],
        "example": Example.objects.filter(call=found.call).exists(),
        "revision": held.revision if held else 0,
    }  # fmt: skip
    context["writing"] = context["writable"] and not sent
    return render(request, "calls/review.html", context, status=status)


def _load(reviewer: Reviewer, stages: Any) -> int | None:
    if reviewer.load_most is not None:
        return reviewer.load_most
    return stages[0].load[1] if stages else None
