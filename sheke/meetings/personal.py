"""What meetings hold of a person: where they attended, what they wrote, texts that name them."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from sheke.directory.holdings import Holding, Mention, Rows, register
from sheke.directory.models import Person

from .models import AgendaItem, Approval, Attendance, Decision, Meeting


def _attended(person: Person) -> Rows:
    mine = Attendance.objects.filter(person=person).select_related("meeting__organisation")
    return [
        {"organisation": a.meeting.organisation.name, "title": a.meeting.title,
         "at": a.meeting.starts_at, "name": a.name, "post": a.post, "role": a.get_part_display(),
         "state": a.get_presence_display()}
        for a in mine
    ]  # fmt: skip


def _forget_names(person: Person) -> int:
    """The list of attendance shows the person's number; minutes that were approved stay as they were."""
    number = _("Erased person #%(number)s") % {"number": person.pk}
    return Attendance.objects.filter(person=person).update(name=number, post="")


def _minutes(person: Person) -> Rows:
    written = AgendaItem.objects.filter(written_by__person=person).select_related("meeting")
    return [{"title": a.meeting.title, "subject": a.title, "at": a.written_at} for a in written]


def _mentions(person: Person) -> Iterator[Mention]:
    """Agenda, minutes, decisions and guests; approved minutes with what they said when approved."""
    name = person.name
    points = AgendaItem.objects.filter(
        Q(title__contains=name) | Q(presenter__contains=name) | Q(minutes__contains=name)
    )
    places = {
        pgettext("mention", "note"): Meeting.objects.filter(Q(title__contains=name) | Q(note__contains=name)).values("pk"),
        pgettext("mention", "agenda and minutes"): points.values("meeting_id"),
        pgettext("mention", "decision"): Decision.objects.filter(text__contains=name).values("meeting_id"),
        pgettext("mention", "guest"): Attendance.objects.filter(person=None, name__contains=name).values("meeting_id"),
    }  # fmt: skip
    for place, numbers in places.items():
        for meeting in Meeting.objects.filter(pk__in=numbers):
            yield _mention(meeting, place)
    attended = Attendance.objects.filter(person=person).values("meeting_id")
    for approval in Approval.objects.filter(meeting__in=attended).select_related("meeting"):
        yield _mention(approval.meeting, pgettext("mention", "approved minutes"))


def _mention(meeting: Meeting, place: str) -> Mention:
    url = reverse("meetings:detail", args=[meeting.pk])
    return Mention(f"{meeting.starts_at:%Y-%m-%d} {meeting.title}", place, url)


register(
    Holding(
        "meetings.attendance", gettext_lazy("Meetings that they attended"), _attended,
        erase=_forget_names, mention=_mentions,
        kept=gettext_lazy("That somebody attended stays, without the name; approved minutes stay as they were."),
    ),
    Holding(
        "meetings.minutes", gettext_lazy("Minutes that they wrote"), _minutes,
        kept=gettext_lazy("The organisation's minutes; they show the number instead of the name."),
    ),
)  # fmt: skip
