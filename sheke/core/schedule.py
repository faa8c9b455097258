"""What runs by the clock. An app decorates a task of its `tasks.py`; no cron is needed.

@every(timedelta(minutes=5))
@task()
def send_notices() -> None: ...

@daily(time(8))
@task()
def remind() -> None: ...
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.utils import timezone
from django.utils.module_loading import autodiscover_modules

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Scheduled:
    """A task without arguments and when it runs: every so often, or daily at a local time."""

    task: Any
    interval: timedelta | None = None
    at: time | None = None

    @property
    def key(self) -> str:
        return str(self.task.module_path)

    def slot(self, now: datetime) -> datetime:
        """The newest moment, not after `now`, at which the task is due.

        Only the newest counts: what was missed while nothing ran is made up for once. Local times
        that a change of the clocks skips or doubles are one moment each.
        """
        if self.interval is not None:
            return now - (now - EPOCH) % self.interval
        today = timezone.localdate(now)
        slot = self._daily(today)
        return slot if slot <= now else self._daily(today - timedelta(days=1))

    def following(self, now: datetime) -> datetime:
        """The next moment after `now`."""
        if self.interval is not None:
            return self.slot(now) + self.interval
        today = timezone.localdate(now)
        slot = self._daily(today)
        return slot if slot > now else self._daily(today + timedelta(days=1))

    def _daily(self, day: Any) -> datetime:
        local = datetime.combine(day, self.at or time(), timezone.get_default_timezone())
        return local.astimezone(UTC)


SCHEDULE: dict[str, Scheduled] = {}


def load() -> dict[str, Scheduled]:
    """The schedule of all apps."""
    autodiscover_modules("tasks")
    return SCHEDULE


def every(interval: timedelta) -> Callable[[Any], Any]:
    """Run the task once in each span of `interval`."""
    return lambda task: _keep(Scheduled(task, interval=interval))


def daily(at: time) -> Callable[[Any], Any]:
    """Run the task once a day, at or soon after the local time `at`."""
    return lambda task: _keep(Scheduled(task, at=at))


def _keep(scheduled: Scheduled) -> Any:
    SCHEDULE[scheduled.key] = scheduled
    return scheduled.task
