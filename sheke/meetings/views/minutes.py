"""Minutes: saved while they are written, approved, corrected, compared."""

from __future__ import annotations

from itertools import pairwise

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sheke.core.errors import BadInput

from .. import actions
from ..actions.minutes import Overtaken
from ..minutes import Change, changes
from ..models import AgendaItem, Approval
from .access import actor, attempt, back, kept_agenda, kept_meeting, visible_meeting


@require_POST
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """Save the minutes of a point. Scripts get JSON {revision, text, by, at, message}; 409 when
    somebody else wrote in between, 422 for what cannot be written.
    """
    agenda = kept_agenda(request, pk)
    scripted = request.headers.get("Accept", "").startswith("application/json")
    revision = request.POST.get("revision", "")
    try:
        agenda = actions.write_minutes(
            agenda=agenda, text=request.POST.get("text", "")[:100_000], by=actor(request),
            revision=int(revision) if revision.isdecimal() else -1,
        )  # fmt: skip
    except Overtaken as error:
        if scripted:
            return JsonResponse(_state(error.agenda) | {"message": str(error)}, status=409)
        messages.error(request, str(error))
    except BadInput as error:
        if scripted:
            return JsonResponse({"message": str(error)}, status=422)
        messages.error(request, str(error))
    else:
        if scripted:
            return JsonResponse(_state(agenda))
    return back(agenda.meeting_id, f"point-{pk}")


def _state(agenda: AgendaItem) -> dict[str, object]:
    at = timezone.localtime(agenda.written_at) if agenda.written_at else None
    return {
        "revision": agenda.revision, "text": agenda.minutes, "by": str(agenda.written_by or ""),
        "at": f"{at:%H:%M}" if at else "",
    }  # fmt: skip


@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = kept_meeting(request, pk)
    attempt(
        request,
        lambda: actions.approve_minutes(meeting=meeting, by=actor(request)),
        _("The minutes are approved."),
    )
    return back(pk)


@require_POST
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Open approved minutes again."""
    meeting = kept_meeting(request, pk)
    reason = request.POST.get("reason", "")
    attempt(
        request,
        lambda: actions.correct_minutes(meeting=meeting, reason=reason, by=actor(request)),
        _("The minutes are open for a correction."),
    )
    return back(pk)


@require_safe
def versions(request: HttpRequest, pk: int) -> HttpResponse:
    """What was approved when, and what each correction changed."""
    meeting = visible_meeting(request, pk)
    approvals = list(
        meeting.approvals.select_related("by__person", "correction").order_by("number")
    )
    compared: list[tuple[Approval, list[Change]]] = [(one, []) for one in approvals[:1]]
    compared += [(after, changes(before, after)) for before, after in pairwise(approvals)]
    context = {"meeting": meeting, "compared": compared[::-1]}
    return render(request, "meetings/versions.html", context)
