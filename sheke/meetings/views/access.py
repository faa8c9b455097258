"""What every view of meetings asks first."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from sheke.core.errors import BadInput
from sheke.directory.models import Account

from ..models import AgendaItem, Decision, Meeting


def actor(request: HttpRequest) -> Account:
    """Who is signed in; every page asks for that."""
    return cast(Account, request.user)


def visible_meeting(request: HttpRequest, pk: int) -> Meeting:
    """The meeting, or 404: who may not see it does not learn that it exists."""
    meetings = Meeting.objects.visible_to(actor(request)).select_related("organisation")
    return get_object_or_404(meetings, pk=pk)


def kept_meeting(request: HttpRequest, pk: int) -> Meeting:
    """One that the account keeps; an attendee who only reads gets 403."""
    meeting = visible_meeting(request, pk)
    if not request.user.has_perm("meetings.keep_meeting", meeting):
        raise PermissionDenied(_("You do not act for the organisation whose meeting this is."))
    return meeting


def kept_agenda(request: HttpRequest, pk: int) -> AgendaItem:
    seen = Meeting.objects.visible_to(actor(request)).order_by().values("pk")
    found = AgendaItem.objects.filter(meeting__in=seen).select_related("meeting__organisation")
    agenda = get_object_or_404(found, pk=pk)
    kept_meeting(request, agenda.meeting_id)
    return agenda


def kept_decision(request: HttpRequest, pk: int) -> Decision:
    seen = Meeting.objects.visible_to(actor(request)).order_by().values("pk")
    found = Decision.objects.filter(meeting__in=seen).select_related("meeting__organisation")
    decision = get_object_or_404(found, pk=pk)
    kept_meeting(request, decision.meeting_id)
    return decision


def attempt(request: HttpRequest, act: Callable[[], object], done: str = "") -> bool:
    """Do it; what cannot be done is said, and so is that it was."""
    try:
        act()
    except BadInput as error:
        messages.error(request, str(error))
        return False
    if done:
        messages.success(request, done)
    return True


def back(meeting: int, place: str = "") -> HttpResponse:
    return redirect(reverse("meetings:detail", args=[meeting]) + (f"#{place}" if place else ""))
