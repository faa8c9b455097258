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
from datetime import time, timedelta
from typing import Any


@dataclass(frozen=True)
class Scheduled:
    """A task without arguments and when it runs: every so often, or daily at a local time."""

    task: Any
    interval: timedelta | None = None
    at: time | None = None

    @property
    def key(self) -> str:
        return str(self.task.module_path)


SCHEDULE: dict[str, Scheduled] = {}


def every(interval: timedelta) -> Callable[[Any], Any]:
    """Run the task once in each span of `interval`."""
    return lambda task: _keep(Scheduled(task, interval=interval))


def daily(at: time) -> Callable[[Any], Any]:
    """Run the task once a day, at or soon after the local time `at`."""
    return lambda task: _keep(Scheduled(task, at=at))


def _keep(scheduled: Scheduled) -> Any:
    SCHEDULE[scheduled.key] = scheduled
    return scheduled.task
