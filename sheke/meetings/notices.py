"""What meetings tell people, and the days that they know."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sheke.directory.models import Account
from sheke.directory.queries import acting_organisations
from sheke.notices import conversations, deadlines, kinds
from sheke.notices.deadlines import Deadline
from sheke.notices.kinds import Kind

from .models import Attendance, Convening, Meeting
from .rules import sees

kinds.register(
    Kind(
        "meeting.convened", _("I am invited to a meeting"),
        _("You are invited: %(meeting)s, %(at)s, %(place)s."), urgent=True,
    ),
)  # fmt: skip


conversations.register(
    Meeting, sees=sees, url=lambda meeting: reverse("meetings:detail", args=[meeting.pk])
)


@deadlines.register
def meeting_days(account: Account, first: date, last: date) -> Iterator[Deadline]:
    """The meetings of the account's organisations and those that it was convened to."""
    mine = Q(organisation__in=acting_organisations(account).order_by().values("pk"))
    if account.is_active and account.person_id:
        invited = Attendance.objects.filter(person=account.person_id).values("meeting_id")
        mine |= Q(pk__in=invited) & Q(pk__in=Convening.objects.values("meeting_id"))
    begin, end = _midnight(first), _midnight(last + timedelta(days=1))
    for meeting in Meeting.objects.filter(mine, starts_at__gte=begin, starts_at__lt=end):
        then = timezone.localtime(meeting.starts_at)
        title = f"{meeting.title} {then:%H:%M} {meeting.place}".strip()
        url = reverse("meetings:detail", args=[meeting.pk])
        over = meeting.starts_at < timezone.now()
        yield Deadline(f"meeting-{meeting.pk}", then.date(), title, url, over)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
