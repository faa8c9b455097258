"""Turning the clock back, so that the demonstration's history has believable times of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from unittest import mock

from django.utils import timezone


@contextmanager
def clock(day: date, hour: int = 10) -> Iterator[None]:
    """Within the block Django's clock stands at that hour of `day`, or now if that lies ahead."""
    then = timezone.make_aware(datetime.combine(day, time(hour)))
    then = min(then, timezone.now())
    with mock.patch.object(timezone, "now", lambda: then):
        yield


def workday(day: date) -> date:
    """The day itself, or the Monday after a weekend."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
