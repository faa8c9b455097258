"""Who attends: the board in one click, people, guests, who was there."""

from __future__ import annotations

import re

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from sheke.core.errors import BadInput
from sheke.directory.queries import find_people, people_within, with_current_tenures

from .. import actions
from ..forms import InviteForm
from ..models import Attendance, Meeting
from .access import actor, attempt, back, kept_meeting

SHOWN = 40


@require_POST
def board(request: HttpRequest, pk: int) -> HttpResponse:
    """Invite whoever belongs to it by tenure."""
    meeting = kept_meeting(request, pk)

    def act() -> None:
        count = actions.invite_board(meeting=meeting, by=actor(request))
        said = ngettext("%(n)s person was invited.", "%(n)s people were invited.", count)
        if not count:
            raise BadInput(_("Nobody else belongs to it by tenure."))
        messages.success(request, said % {"n": count})

    attempt(request, act)
    return back(pk, "people")


@require_POST
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = kept_meeting(request, pk)
    form = InviteForm(request.POST, meeting=meeting)

    def act() -> None:
        if not form.is_valid():
            raise BadInput("；".join(str(e) for errors in form.errors.values() for e in errors))
        actions.invite(meeting=meeting, by=actor(request), **form.cleaned_data)

    attempt(request, act)
    return back(pk, "people")


@require_POST
def presence(request: HttpRequest, pk: int) -> HttpResponse:
    """Who was there: a field “presence-7” for each attendance."""
    meeting = kept_meeting(request, pk)
    marks = {
        int(name.removeprefix("presence-")): str(value)
        for name, value in request.POST.items()
        if re.fullmatch(r"presence-[0-9]{1,18}", name)
    }
    attempt(request, lambda: actions.mark_presence(meeting=meeting, marks=marks, by=actor(request)))
    return back(pk, "people")


@require_POST
def dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    seen = Meeting.objects.visible_to(actor(request)).order_by().values("pk")
    one = get_object_or_404(Attendance.objects.filter(meeting__in=seen), pk=pk)
    kept_meeting(request, one.meeting_id)
    attempt(request, lambda: actions.dismiss(attendance=one, by=actor(request)))
    return back(one.meeting_id, "people")


@require_safe
def people(request: HttpRequest, pk: int) -> HttpResponse:
    """People of the organisation and below, by name, for inviting and for duties."""
    meeting = kept_meeting(request, pk)
    within = people_within(meeting.organisation).values("pk")
    rows = find_people(request.GET.get("q", "")).filter(pk__in=within)
    options = [
        {"value": person.pk, "text": person.name,
         "hint": "、".join(t.organisation.label for t in person.current_tenures)}  # type: ignore[attr-defined]
        for person in with_current_tenures(rows)[:SHOWN]
    ]  # fmt: skip
    return JsonResponse({"options": options}, json_dumps_params={"ensure_ascii": False})
