"""Making jobs of what is due. Any number of workers tick; each slot is taken once."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from sheke.core.schedule import Scheduled, load

from .models import ScheduleRun

UNFINISHED = (TaskResultStatus.READY, TaskResultStatus.RUNNING)


class Ticker:
    """Remembers which slots are taken, so that the database is asked only when one is due."""

    def __init__(self) -> None:
        self.taken: dict[str, datetime] = {}
        self.schedule = load()

    def tick(self) -> None:
        """Enqueue every task that is due now and not yet taken.

        A slot is asked for by its own row, not by comparing times: when the clock is set back, slots
        that were taken stay taken, and when it was wrong by years nothing waits for those years.
        """
        now = timezone.now()
        for scheduled in self.schedule.values():
            slot = scheduled.slot(now)
            if self.taken.get(scheduled.key) != slot and take(scheduled, slot) is not False:
                self.taken[scheduled.key] = slot


def take(scheduled: Scheduled, slot: datetime) -> bool | None:
    """Enqueue the slot: True; None when it was taken; False while an earlier run is not finished."""
    if ScheduleRun.objects.filter(key=scheduled.key, slot=slot).exists():
        return None
    if unfinished(scheduled.key):
        return False
    with transaction.atomic():
        run, made = ScheduleRun.objects.get_or_create(key=scheduled.key, slot=slot)
        if not made:
            return None
        run.task_id = enqueue(scheduled.task)
        run.save(update_fields=["task_id"])
    return True


def unfinished(key: str) -> bool:
    """A job of this task waits or runs."""
    return DBTaskResult.objects.filter(task_path=key, status__in=UNFINISHED).exists()


def enqueue(task: Any) -> uuid.UUID | None:
    """The number of the job; None with a backend that runs tasks on the spot."""
    result = task.enqueue()
    return uuid.UUID(str(result.id)) if hasattr(result, "db_result") else None
