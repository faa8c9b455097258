"""A meeting's pages: list, new, the meeting itself, its data, convening."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sheke.directory.models import Organisation

from .. import actions
from ..forms import AgendaForm, FilterForm, InviteForm, MeetingForm
from ..minutes import is_approved, open_correction
from ..models import Attendance, Meeting
from ..queries import agenda_of, decision_rows, decisions_of, found, listed
from ..quorum import count
from ..titles import default_title
from .access import actor, attempt, back, kept_meeting, visible_meeting
from .options import items_for

ON_A_PAGE = 20


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The meetings that the account sees, the latest first."""
    seen = Meeting.objects.visible_to(actor(request))
    years = [day.year for day in seen.datetimes("starts_at", "year", order="DESC")]
    form = FilterForm(request.GET, years=years)
    chosen = form.cleaned_data if form.is_valid() else {}
    shown = found(seen, chosen.get("q", ""))
    if chosen.get("year"):
        shown = shown.filter(starts_at__year=chosen["year"])
    if chosen.get("kind"):
        shown = shown.filter(kind=chosen["kind"])
    page = Paginator(listed(shown), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "any": bool(years), "now": timezone.now()}
    return render(request, "meetings/index.html", context)


def new(request: HttpRequest) -> HttpResponse:
    organisation: Organisation | None = request.organisation  # type: ignore[attr-defined]
    if not organisation:
        raise PermissionDenied(_("You act for no organisation; meetings belong to one."))
    form = MeetingForm(request.POST or None, initial=_first(request, organisation))
    if request.method == "POST" and form.is_valid():
        meeting = actions.create_meeting(
            organisation=organisation, by=actor(request), **form.cleaned_data
        )
        return redirect("meetings:detail", meeting.pk)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "organisation": organisation}
    return render(request, "meetings/new.html", context, status=status)


def _first(request: HttpRequest, organisation: Organisation) -> dict[str, Any]:
    """The kind asked for with its next number."""
    kind = request.GET.get("kind", Meeting.Kind.COUNCIL.value)
    last = Meeting.objects.filter(organisation=organisation, kind=kind)
    number = (last.aggregate(last=Max("number"))["last"] or 0) + 1
    return {"kind": kind, "number": number}


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    return render(
        request, "meetings/detail.html", page_context(request, visible_meeting(request, pk))
    )


def page_context(request: HttpRequest, meeting: Meeting) -> dict[str, Any]:
    """Everything on the page of a meeting."""
    people = list(meeting.attendances.select_related("person"))
    keeps = request.user.has_perm("meetings.keep_meeting", meeting)
    approved = is_approved(meeting)
    rows = decision_rows(decisions_of(meeting), timezone.localdate())
    points = [
        (point, [row for row in rows if row.decision.agenda_id == point.pk])
        for point in agenda_of(meeting)
    ]
    context = {
        "meeting": meeting, "people": people, "quorum": count(meeting, people), "points": points,
        "loose": [row for row in rows if row.decision.agenda_id is None], "decisions": rows,
        "approved": approved, "approvals": list(meeting.approvals.select_related("by__person")),
        "correction": open_correction(meeting), "convening": meeting.convenings.first(),
        "keeps": keeps, "edits": keeps and not approved, "presences": Attendance.Presence.choices,
        "past": meeting.starts_at <= timezone.now(),
    }  # fmt: skip
    if keeps:
        context["invite_form"] = InviteForm(meeting=meeting)
        context["agenda_form"] = AgendaForm(items=items_for(request, meeting))
    return context


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = kept_meeting(request, pk)
    names = MeetingForm.base_fields
    initial = {name: getattr(meeting, name) for name in names}
    form = MeetingForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data
        kind = Meeting.Kind(fields["kind"])
        fields["title"] = fields["title"] or default_title(
            kind, fields["number"], fields["starts_at"]
        )
        attempt(
            request,
            lambda: actions.change_meeting(meeting=meeting, by=actor(request), **fields),
            _("Saved."),
        )
        return redirect("meetings:detail", pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "meetings/edit.html", {"form": form, "meeting": meeting}, status=status)


@require_POST
def deletion(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = kept_meeting(request, pk)
    if attempt(
        request,
        lambda: actions.delete_meeting(meeting=meeting, by=actor(request)),
        _("“%(title)s” was deleted.") % {"title": meeting.title},
    ):
        return redirect("meetings:index")
    return back(pk)


@require_POST
def convening(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell the attendees."""
    meeting = kept_meeting(request, pk)
    attempt(
        request,
        lambda: actions.convene(meeting=meeting, by=actor(request)),
        _("The attendees were told."),
    )
    return back(pk, "people")
