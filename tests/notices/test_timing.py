"""Laws of when something is sent."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from sheke.notices.models import Preference
from sheke.notices.models.choices import Pace
from sheke.notices.timing import after_quiet, due_at, next_digest

clocks = st.times().map(lambda clock: clock.replace(second=0, microsecond=0))
moments = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))
preferences = st.builds(
    Preference, digest_at=clocks, digest_on=st.integers(0, 6), quiet_from=clocks,
    quiet_until=clocks,
)  # fmt: skip


@given(preferences, moments, st.sampled_from(["once", "daily", "weekly"]))
def test_nothing_is_sent_before_now_or_in_quiet_hours(preference, now, pace):
    due = due_at(pace, preference, now)
    assert due >= now
    assert due - now <= timedelta(days=9)
    assert after_quiet(preference, due) == due


@given(preferences, moments)
def test_a_digest_comes_at_its_time_on_its_day(preference, now):
    daily, weekly = (
        timezone.localtime(next_digest(p, preference, now)) for p in ("daily", "weekly")
    )
    assert daily.time() == weekly.time() == preference.digest_at
    assert now < daily <= now + timedelta(days=1)
    assert weekly.weekday() == preference.digest_on
    assert now < weekly <= now + timedelta(days=7)


@given(preferences, moments)
def test_what_is_urgent_waits_only_for_quiet_hours(preference, now):
    assert due_at(Pace.WEEKLY, preference, now, urgent=True) == after_quiet(preference, now)


def test_quiet_hours_pass_midnight():
    night = Preference(quiet_from=time(21), quiet_until=time(7))
    for moment, expected in (
        ("2026-03-04 20:59", "2026-03-04 20:59"), ("2026-03-04 21:00", "2026-03-05 07:00"),
        ("2026-03-05 06:59", "2026-03-05 07:00"), ("2026-03-05 07:00", "2026-03-05 07:00"),
    ):  # fmt: skip
        at, then = (timezone.make_aware(datetime.fromisoformat(one)) for one in (moment, expected))
        assert after_quiet(night, at) == then


def test_without_quiet_hours_it_goes_at_once():
    never = Preference(quiet_from=None, quiet_until=None)
    now = timezone.now()
    assert due_at(Pace.ONCE, never, now) == now
