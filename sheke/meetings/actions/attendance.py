"""Verbs of attendance: invite the board, one person or a guest; mark who is there."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.core import audit
from sheke.core.errors import BadInput
from sheke.directory.models import Account, Person

from ..board import board_of
from ..minutes import check_open
from ..models import Attendance, Meeting


@transaction.atomic
def invite_board(*, meeting: Meeting, by: Account | None) -> int:
    """Invite those whose tenure on the day makes them part of it. Returns how many are new."""
    check_open(meeting)
    held = set(meeting.attendances.exclude(person=None).values_list("person_id", flat=True))
    seats = board_of(meeting, timezone.localtime(meeting.starts_at).date())
    chaired = meeting.attendances.filter(part=Attendance.Part.CHAIR).exists()
    new = [
        Attendance(
            meeting=meeting, person=tenure.person, name=tenure.person.name,
            post=(tenure.post or tenure.get_role_display())[:160],
            part=Attendance.Part.CHAIR if not chaired and not number else Attendance.Part.MEMBER,
        )
        for number, tenure in enumerate(t for t in seats if t.person_id not in held)
    ]  # fmt: skip
    Attendance.objects.bulk_create(new)
    audit.record("meeting.invite_board", meeting, by=by, people=len(new))
    return len(new)


@transaction.atomic
def invite(
    *, meeting: Meeting, by: Account | None, person: Person | None = None, name: str = "",
    post: str = "", part: str = Attendance.Part.MEMBER,
) -> Attendance:  # fmt: skip
    """Invite a person of the directory, or a guest by name. BadInput with neither."""
    check_open(meeting)
    name = person.name if person else " ".join(name.split())[:100]
    if not name:
        raise BadInput(_("Choose a person or write the guest's name."))
    if person and meeting.attendances.filter(person=person).exists():
        raise BadInput(_("%(name)s is invited already.") % {"name": name})
    made = Attendance.objects.create(
        meeting=meeting, person=person, name=name, post=post.strip()[:160], part=part
    )
    audit.record("meeting.invite", meeting, by=by, attendance=made.pk)
    return made


@transaction.atomic
def mark_presence(*, meeting: Meeting, marks: dict[int, str], by: Account | None) -> int:
    """Say who is there: {number of the attendance: presence}. Returns how many changed."""
    check_open(meeting)
    changed = []
    for one in meeting.attendances.filter(pk__in=marks):
        if one.presence != marks[one.pk] and marks[one.pk] in Attendance.Presence.values:
            one.presence = marks[one.pk]
            changed.append(one)
    Attendance.objects.bulk_update(changed, ["presence"])
    if changed:
        audit.record("meeting.mark_presence", meeting, by=by, changed=len(changed))
    return len(changed)


@transaction.atomic
def dismiss(*, attendance: Attendance, by: Account | None) -> None:
    """Take somebody off the list."""
    check_open(attendance.meeting)
    audit.record("meeting.dismiss", attendance.meeting, by=by, attendance=attendance.pk)
    attendance.delete()
