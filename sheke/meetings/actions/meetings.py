"""Verbs of a meeting as a whole: make it, change it, convene it, delete it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.core import audit
from sheke.core.errors import BadInput
from sheke.directory.models import Account, Organisation
from sheke.notices.actions import tell

from ..minutes import check_open
from ..models import Convening, Meeting
from ..titles import default_title


@transaction.atomic
def create_meeting(
    *, organisation: Organisation, kind: str, starts_at: datetime, by: Account | None,
    number: int | None = None, title: str = "", **more: Any,
) -> Meeting:  # fmt: skip
    """A meeting without attendees and agenda. `more`: ends_at, place, note, quorum (of its kind)."""
    if kind not in Meeting.Kind.values:
        raise BadInput(
            _("“%(kind)s” is no kind of meeting; use one of: %(kinds)s.")
            % {"kind": kind, "kinds": ", ".join(Meeting.Kind.values)}
        )
    more.setdefault("quorum", Meeting.QUORUMS.get(Meeting.Kind(kind), Meeting.Quorum.NONE))
    meeting = Meeting.objects.create(
        organisation=organisation, kind=kind, number=number, starts_at=starts_at, created_by=by,
        title=title.strip()[:200] or default_title(Meeting.Kind(kind), number, starts_at), **more,
    )  # fmt: skip
    audit.record("meeting.create", meeting, by=by, kind=kind)
    return meeting


@transaction.atomic
def change_meeting(*, meeting: Meeting, by: Account | None, **fields: Any) -> None:
    """Another time, place, title …; whoever was told is told anew only by convening again."""
    check_open(meeting)
    for name, value in fields.items():
        setattr(meeting, name, value)
    meeting.save(update_fields=list(fields))
    audit.record("meeting.change", meeting, by=by, fields=sorted(fields))


@transaction.atomic
def convene(*, meeting: Meeting, by: Account | None) -> Convening:
    """Tell all attendees when and where; once more tells of what changed. BadInput without any."""
    people = list(meeting.attendances.exclude(person=None).values_list("person_id", flat=True))
    if not people:
        raise BadInput(_("Nobody of the directory attends yet; invite the board first."))
    convening = Convening.objects.create(
        meeting=meeting, starts_at=meeting.starts_at, place=meeting.place, by=by
    )
    tell(
        kind="meeting.convened", by=by, url=reverse("meetings:detail", args=[meeting.pk]),
        to=Account.objects.filter(is_active=True, person__in=people),
        meeting=meeting.title, place=meeting.place or "—",
        at=timezone.localtime(meeting.starts_at).strftime("%Y-%m-%d %H:%M"),
    )  # fmt: skip
    audit.record("meeting.convene", meeting, by=by, people=len(people))
    return convening


@transaction.atomic
def delete_meeting(*, meeting: Meeting, by: Account | None) -> None:
    """Delete a meeting that was not convened and has no approved minutes. BadInput otherwise."""
    if meeting.convenings.exists() or meeting.approvals.exists():
        raise BadInput(
            _("A meeting that was convened stays; write in its note that it was called off.")
        )
    audit.record("meeting.delete", meeting, by=by)
    meeting.delete()
