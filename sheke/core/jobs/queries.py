"""Named reads of jobs, workers and the schedule."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from sheke.core.schedule import Scheduled, load

from .models import JobRun, ScheduleRun, Worker
from .pulse import alive, read_told

OPEN = (TaskResultStatus.READY, TaskResultStatus.RUNNING)
STATES = ("waiting", "running", "failed", "done")
DUE = timedelta(seconds=15)  # a job may wait so long before somebody is told that no worker runs


@dataclass(frozen=True)
class Job:
    """One job as people see it. `lasted` until now while it runs; `rest` is an estimate."""

    number: uuid.UUID
    task: str
    state: str  # one of STATES, or “cancelled”
    attempts: int
    enqueued_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    done: int
    total: int | None
    reason: str
    details: str
    account_id: int | None

    @property
    def lasted(self) -> timedelta | None:
        if self.started_at is None:
            return None
        return max((self.finished_at or timezone.now()) - self.started_at, timedelta())

    @property
    def rest(self) -> timedelta | None:
        if self.state != "running" or not self.total or not self.done or self.lasted is None:
            return None
        return self.lasted * (max(self.total - self.done, 0) / self.done)


@dataclass(frozen=True)
class Line:
    """One line of the schedule: when it ran last, how long, when it runs next."""

    scheduled: Scheduled
    last: datetime | None
    job: Job | None
    next: datetime


def routine() -> Q:
    """What ran well by the clock many times a day: nobody wants to read it line by line."""
    often = [key for key, each in load().items() if each.interval is not None]
    return Q(status=TaskResultStatus.SUCCESSFUL, task_path__in=often)


def counts() -> dict[str, int]:
    """How many jobs are in each state."""
    status = TaskResultStatus
    found = DBTaskResult.objects.order_by().aggregate(
        waiting=Count("pk", filter=Q(status=status.READY)),
        running=Count("pk", filter=Q(status=status.RUNNING)),
        failed=Count("pk", filter=Q(status=status.FAILED)),
        done=Count("pk", filter=Q(status=status.SUCCESSFUL)),
    )
    return {state: found[state] for state in STATES}


def rows(state: str = "") -> QuerySet[DBTaskResult]:
    """The jobs of a state, or all but routine: what runs and waits first, then the latest."""
    status = {
        "waiting": TaskResultStatus.READY, "running": TaskResultStatus.RUNNING,
        "failed": TaskResultStatus.FAILED, "done": TaskResultStatus.SUCCESSFUL,
    }  # fmt: skip
    found = DBTaskResult.objects.select_related("run")
    found = found.filter(status=status[state]) if state else found.exclude(routine())
    return found.order_by("-enqueued_at", "-pk")


def jobs(found: Iterable[DBTaskResult]) -> list[Job]:
    """The jobs of rows read by `rows`."""
    return [_job(row) for row in found]


def job_of(number: uuid.UUID) -> Job | None:
    row = DBTaskResult.objects.select_related("run").filter(pk=number).first()
    return _job(row) if row else None


def progress_of(subject: models.Model) -> Job | None:
    """The latest job about a noun of some app."""
    row = (
        rows()
        .filter(run__subject_type=subject._meta.label_lower, run__subject_id=subject.pk)
        .first()
    )
    return _job(row) if row else None


def workers() -> list[Worker]:
    """The workers whose process runs."""
    known = list(Worker.objects.all())
    living = alive(worker.pk for worker in known)
    return [worker for worker in known if worker.pk in living]


def nobody_works() -> bool:
    """Jobs wait that should have begun, and no worker runs."""
    late = DBTaskResult.objects.ready().filter(enqueued_at__lt=timezone.now() - DUE)
    return late.exists() and not workers()


def schedule() -> list[Line]:
    """Every task of the schedule, the next to run first. Three queries."""
    found = load().values()
    newest = ScheduleRun.objects.order_by().values("key").annotate(last=Max("pk")).values("last")
    runs = {run.key: run for run in ScheduleRun.objects.filter(pk__in=newest)}
    known = rows().filter(pk__in=[run.task_id for run in runs.values() if run.task_id])
    by_number = {row.pk: _job(row) for row in known}
    now = timezone.now()
    lines = [_line(scheduled, runs.get(scheduled.key), by_number, now) for scheduled in found]
    return sorted(lines, key=lambda line: (line.next, line.scheduled.key))


def _line(
    scheduled: Scheduled, run: ScheduleRun | None, jobs: dict[Any, Job], now: datetime
) -> Line:
    job = jobs.get(run.task_id) if run else None
    return Line(scheduled, run.made_at if run else None, job, scheduled.following(now))


def _job(row: DBTaskResult) -> Job:
    run = row.run if hasattr(row, "run") else JobRun()
    done, total = run.done, run.total
    state = _state(row, run)
    if state == "running" and (told := read_told(str(row.pk))):
        done, total = told[0].done, told[0].total
    return Job(
        number=row.pk, task=row.task_path, state=state, attempts=len(row.worker_ids),
        enqueued_at=row.enqueued_at or datetime.now(UTC), started_at=row.started_at,
        finished_at=row.finished_at, done=done, total=total, reason=run.reason,
        details=row.traceback, account_id=run.account_id,
    )  # fmt: skip


def _state(row: DBTaskResult, run: JobRun) -> str:
    if run.cancelled_at and row.status == TaskResultStatus.FAILED:
        return "cancelled"
    return {"READY": "waiting", "RUNNING": "running", "SUCCESSFUL": "done"}.get(
        str(row.status), "failed"
    )


def without_job(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Those for which no job waits or runs: it was stopped, or its worker died of it too often."""
    jobs = JobRun.objects.filter(
        subject_type=rows.model._meta.label_lower, subject_id=OuterRef("pk"), task__status__in=OPEN
    )
    return rows.filter(~Exists(jobs))
