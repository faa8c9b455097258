"""Agenda and minutes as Word files in the layout of official documents."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sheke.core.documents.official import OfficialDocument
from sheke.core.numerals import chinese_numeral

from .models import AgendaItem, Attendance, Decision, Meeting

_PRESENCE = (
    Attendance.Presence.PRESENT, Attendance.Presence.LEAVE, Attendance.Presence.ABSENT,
)  # fmt: skip


def agenda_word(meeting: Meeting) -> bytes:
    """The agenda: time, place, attendees, the points with who presents them."""
    document = OfficialDocument()
    document.title(_("Agenda of %(meeting)s") % {"meeting": meeting.title})
    _facts(document, meeting)
    attendees = [one for one in meeting.attendances.all() if one.part != Attendance.Part.GUEST]
    _people(document, str(_("Attendees")), attendees)
    _guests(document, meeting)
    document.heading(str(_("Agenda")))
    for number, point in enumerate(meeting.agenda.all(), 1):
        said = f"（{point.presenter}）" if point.presenter else ""
        document.body(f"{point.title}{said}", head=f"{chinese_numeral(number)}、")
    document.signature(meeting.organisation.name)
    return document.content()


def minutes_word(meeting: Meeting) -> bytes:
    """The minutes: who was there, what was said to each point, what was decided."""
    document = OfficialDocument()
    document.title(_("Minutes of %(meeting)s") % {"meeting": meeting.title})
    _facts(document, meeting)
    every = list(meeting.attendances.all())
    for part in (Attendance.Part.CHAIR, Attendance.Part.RECORDER):
        _people(document, str(part.label), [one for one in every if one.part == part])
    for presence in _PRESENCE:
        there = [
            one for one in every if one.presence == presence and one.part != Attendance.Part.GUEST
        ]
        _people(document, str(presence.label), there)
    _guests(document, meeting)
    for number, point in enumerate(meeting.agenda.prefetch_related("decisions"), 1):
        _point(document, number, point)
    for decision in meeting.decisions.filter(agenda=None):
        _decision(document, decision)
    _signed(document, meeting)
    return document.content()


def _point(document: OfficialDocument, number: int, point: AgendaItem) -> None:
    document.heading(f"{chinese_numeral(number)}、{point.title}")
    if point.presenter:
        document.body(_("Presented by %(name)s.") % {"name": point.presenter})
    document.lines(point.minutes)
    for decision in point.decisions.all():
        _decision(document, decision)


def _decision(document: OfficialDocument, decision: Decision) -> None:
    head = pgettext("minutes", "Decision %(n)s: ") % {"n": decision.number}
    first, *others = decision.text.splitlines()
    document.body(first, head=head)
    document.lines("\n".join(others))


def _facts(document: OfficialDocument, meeting: Meeting) -> None:
    then = timezone.localtime(meeting.starts_at)
    document.fact(str(_("Time")), f"{then.year}年{then.month}月{then.day}日{then:%H:%M}")
    document.fact(str(_("Place")), meeting.place or "—")


def _people(document: OfficialDocument, label: str, people: list[Attendance]) -> None:
    if people:
        document.fact(label, "、".join(one.name for one in people))


def _guests(document: OfficialDocument, meeting: Meeting) -> None:
    guests = meeting.attendances.filter(part=Attendance.Part.GUEST)
    names = "、".join(f"{one.name}（{one.post}）" if one.post else one.name for one in guests)
    if names:
        document.fact(str(_("Guests")), names)


def _signed(document: OfficialDocument, meeting: Meeting) -> None:
    approval = meeting.approvals.first()
    lines = [meeting.organisation.name]
    if approval:
        day = timezone.localtime(approval.at)
        lines.append(f"{day.year}年{day.month}月{day.day}日")
    document.signature(*lines)
