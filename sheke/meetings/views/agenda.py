"""The agenda: points added, changed, put in order, dropped."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from sheke.core.errors import BadInput

from .. import actions
from ..forms import AgendaForm
from .access import actor, attempt, back, kept_agenda, kept_meeting
from .options import items_for


@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = kept_meeting(request, pk)
    form = AgendaForm(request.POST, items=items_for(request, meeting))

    def act() -> None:
        if not form.is_valid():
            raise BadInput("；".join(str(e) for errors in form.errors.values() for e in errors))
        actions.add_agenda_item(meeting=meeting, by=actor(request), **form.cleaned_data)

    attempt(request, act)
    return back(pk, "agenda")


def change(request: HttpRequest, pk: int) -> HttpResponse:
    agenda = kept_agenda(request, pk)
    initial = {name: getattr(agenda, name) for name in ("title", "presenter", "item", "link")}
    items = items_for(request, agenda.meeting)
    form = AgendaForm(request.POST or None, items=items, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_agenda_item(agenda=agenda, by=actor(request), **form.cleaned_data)
        except BadInput as error:
            form.add_error(None, str(error))
        else:
            return back(agenda.meeting_id, f"point-{pk}")
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "agenda": agenda, "meeting": agenda.meeting}
    return render(request, "meetings/agenda_item.html", context, status=status)


@require_POST
def place(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a point in front of `before`, or at the end; scripts get 204."""
    agenda = kept_agenda(request, pk)
    number = request.POST.get("before", "")
    before = agenda.meeting.agenda.filter(pk=number).first() if number.isdecimal() else None
    done = attempt(
        request, lambda: actions.place_agenda_item(agenda=agenda, before=before, by=actor(request))
    )
    if request.headers.get("X-Requested-With") == "agenda":
        return HttpResponse(status=204 if done else 409)
    return back(agenda.meeting_id, "agenda")


@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    agenda = kept_agenda(request, pk)
    attempt(request, lambda: actions.drop_agenda_item(agenda=agenda, by=actor(request)))
    return back(agenda.meeting_id, "agenda")
