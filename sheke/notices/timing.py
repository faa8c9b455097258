"""When a notice goes out: at once or with a digest, and not in quiet hours. All in local time."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from .models import Preference
from .models.choices import Pace

DAY = timedelta(days=1)


def due_at(pace: str, preference: Preference, now: datetime, *, urgent: bool = False) -> datetime:
    """The moment from which it may be sent, never before `now`. `pace` is not `off`."""
    if urgent or pace == Pace.ONCE:
        return after_quiet(preference, now)
    return after_quiet(preference, next_digest(pace, preference, now))


def next_digest(pace: str, preference: Preference, now: datetime) -> datetime:
    """The first time of a digest that lies after `now`."""
    local = timezone.localtime(now)
    moment = _at(local, preference.digest_at)
    while moment <= now or (pace == Pace.WEEKLY and moment.weekday() != preference.digest_on):
        moment = _at(moment + DAY, preference.digest_at)
    return moment


def after_quiet(preference: Preference, moment: datetime) -> datetime:
    """`moment`, or the end of the quiet hours that it falls into; they may pass midnight."""
    begin, end = preference.quiet_from, preference.quiet_until
    if begin is None or end is None or begin == end:
        return moment
    local = timezone.localtime(moment)
    clock = local.time()
    if begin < end:
        return _at(local, end) if begin <= clock < end else moment
    if clock >= begin:
        return _at(local + DAY, end)
    return _at(local, end) if clock < end else moment


def _at(day: datetime, clock: object) -> datetime:
    return timezone.make_aware(datetime.combine(day.date(), clock))  # type: ignore[arg-type]
