"""Slots: each is taken once, by whatever clock and however many workers."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from hypothesis import given
from hypothesis import strategies as st

from sheke.core.errors import BadInput
from sheke.core.jobs import ticking
from sheke.core.jobs.actions import run_now
from sheke.core.jobs.forgetting import forget
from sheke.core.jobs.models import ScheduleRun
from sheke.core.jobs.queries import schedule
from sheke.core.schedule import Scheduled

from . import samples

QUARTER = Scheduled(samples.breaks, interval=timedelta(minutes=15))
MORNING = Scheduled(samples.refuse, at=time(8))


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "slot", "following"),
    [
        ("2026-03-05 00:00", "2026-03-05 00:00", "2026-03-06 00:00"),  # eight in Shanghai
        ("2026-03-04 23:59", "2026-03-04 00:00", "2026-03-05 00:00"),
        ("2026-03-05 15:59", "2026-03-05 00:00", "2026-03-06 00:00"),
    ],
)
def test_daily_at_a_local_time(now, slot, following):
    assert (MORNING.slot(at(now)), MORNING.following(at(now))) == (at(slot), at(following))


def test_a_change_of_the_clocks_neither_skips_nor_doubles_a_day(settings):
    settings.TIME_ZONE = "Europe/Berlin"
    night = Scheduled(samples.refuse, at=time(2, 30))
    with timezone.override("Europe/Berlin"):
        for first in (at("2026-03-27 00:00"), at("2026-10-23 00:00")):
            slots = {night.slot(first + timedelta(minutes=10 * n)) for n in range(6 * 24 * 4)}
            assert len(slots) == 5  # that of the day before, and four


@given(st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)), st.integers(1, 10**6))
def test_now_lies_between_its_slot_and_the_next(moment, seconds):
    now = moment.replace(tzinfo=UTC)
    for scheduled in (Scheduled(samples.breaks, interval=timedelta(seconds=seconds)), MORNING):
        assert scheduled.slot(now) <= now < scheduled.following(now)
        assert scheduled.slot(scheduled.following(now)) == scheduled.following(now)


@pytest.fixture
def only(settings, monkeypatch):
    """The schedule holds the quarter of an hour alone; jobs go to the database."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    monkeypatch.setattr("sheke.core.jobs.ticking.load", lambda: {QUARTER.key: QUARTER})
    monkeypatch.setattr("sheke.core.jobs.actions.load", lambda: {QUARTER.key: QUARTER})
    monkeypatch.setattr("sheke.core.jobs.queries.load", lambda: {QUARTER.key: QUARTER})


def runs():
    return DBTaskResult.objects.count()


def finish_all():
    DBTaskResult.objects.update(status="SUCCESSFUL", finished_at=timezone.now())


@pytest.mark.django_db
class TestTicking:
    def tick(self, *moments, ticker=None):
        for moment in moments:
            with time_machine.travel(at(moment), tick=False):
                (ticker or ticking.Ticker()).tick()
                finish_all()

    def test_two_workers_take_a_slot_once(self, only):
        one, other = ticking.Ticker(), ticking.Ticker()
        for ticker in (one, other, one):
            self.tick("2026-03-05 10:01", ticker=ticker)
        self.tick("2026-03-05 10:15", ticker=other)
        self.tick("2026-03-05 10:16", ticker=one)
        assert runs() == 2

    def test_what_was_missed_runs_once(self, only):
        self.tick("2026-03-05 10:01", "2026-04-05 10:01")
        assert runs() == 2

    def test_a_clock_set_back_repeats_nothing_and_blocks_nothing(self, only):
        self.tick("2026-03-05 10:01", "2026-03-05 10:16", "2026-03-05 10:02")
        assert runs() == 2
        self.tick("2099-01-01 00:00", "2026-03-05 10:31")  # wrong by years for a moment
        assert runs() == 4

    def test_a_slow_run_is_not_overtaken(self, only):
        ticker = ticking.Ticker()
        for minute in ("01", "16", "31"):
            with time_machine.travel(at(f"2026-03-05 10:{minute}"), tick=False):
                ticker.tick()
        assert runs() == 1
        finish_all()
        with time_machine.travel(at("2026-03-05 10:32"), tick=False):
            ticker.tick()
        assert runs() == 2

    def test_out_of_turn(self, only):
        run_now(key=QUARTER.key, by=None)
        with pytest.raises(BadInput):
            run_now(key=QUARTER.key, by=None)
        assert runs() == 1
        line = schedule()[0]
        assert line.job.state == "waiting" and line.last is not None

    def test_the_newest_run_is_kept(self, only):
        self.tick("2026-03-05 10:01", "2026-03-05 10:16")
        with time_machine.travel(at("2026-06-05 10:00")):
            forget()
        assert (ScheduleRun.objects.count(), runs()) == (1, 1)
