"""From waiting to running to done: who has a job, and what becomes of the jobs of a dead worker."""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from .models import JobRun, Worker
from .pulse import Told, alive, forget_told, read_told

ATTEMPTS = 3  # so many workers may die of one job
LOST = "sheke.core.jobs.WorkerLost"
READY, RUNNING = TaskResultStatus.READY, TaskResultStatus.RUNNING


def claim(worker: Worker) -> DBTaskResult | None:
    """The next waiting job, now the worker's; None when none waits.

    PostgreSQL skips what another worker is just claiming; in SQLite there is one writer at a time.
    """
    if not DBTaskResult.objects.ready().exists():  # reading alone keeps the writers' lock free
        return None
    with transaction.atomic():
        waiting = DBTaskResult.objects.ready()
        if connection.features.has_select_for_update_skip_locked:
            waiting = waiting.select_for_update(skip_locked=True)
        job = waiting.first()
        if job is not None:
            job.claim(str(worker.pk))
            JobRun.objects.get_or_create(task=job)
    return job


def finish(job: DBTaskResult, result: Any, told: Told | None = None) -> bool:
    """Mark the job as done; False when it is no longer this worker's. `told`: how far it came."""
    values = {"return_value": result, "exception_class_path": "", "traceback": ""}
    return _settle(job, TaskResultStatus.SUCCESSFUL, "", told, **values)


def fail(job: DBTaskResult, *, kind: str, reason: str, traceback: str = "") -> bool:
    """Mark the job as failed; False when it is no longer this worker's."""
    values = {"return_value": None, "exception_class_path": kind, "traceback": traceback}
    return _settle(job, TaskResultStatus.FAILED, reason, None, **values)


@transaction.atomic
def give_back(job: DBTaskResult) -> None:
    """Let another worker run the job, because this one must go; the attempt does not count."""
    if _mine(job):
        _wait_again(job, job.worker_ids[:-1])


@transaction.atomic
def try_again(job: DBTaskResult, *, reason: str) -> None:
    """Let the job run again if it was not tried ATTEMPTS times; else it has failed of `reason`."""
    if not _mine(job):
        return
    if len(job.worker_ids) < ATTEMPTS:
        _wait_again(job, job.worker_ids)
    else:
        fail(job, kind=LOST, reason=reason)


def take_up_orphans(missed: dict[int, float], now: float, grace: float) -> int:
    """Give the jobs of dead workers back, or fail them after ATTEMPTS; how many.

    `missed` remembers between calls when (seconds of a monotonic clock) a worker was first found
    without its lock. It is dead after `grace` seconds: a restarting database frees all locks.
    """
    running = list(DBTaskResult.objects.filter(status=RUNNING))
    workers = set(Worker.objects.values_list("pk", flat=True))
    holders = {int(job.worker_ids[-1]) for job in running if _numbered(job)}
    living = alive(holders | workers)
    for number in list(missed):
        if number in living or number not in holders | workers:
            del missed[number]
    dead = {n for n in (holders | workers) - living if now - missed.setdefault(n, now) >= grace}
    orphans = [j for j in running if not _numbered(j) or int(j.worker_ids[-1]) in dead]
    reason = _("%(n)s workers ended while they ran this job; it is not tried again by itself.")
    for job in orphans:
        try_again(job, reason=reason % {"n": ATTEMPTS})
    Worker.objects.filter(pk__in=dead & workers).delete()
    for number in dead:
        del missed[number]
    return len(orphans)


def _wait_again(job: DBTaskResult, worker_ids: list[str]) -> None:
    forget_told(str(job.pk))
    DBTaskResult.objects.filter(pk=job.pk).update(
        status=READY, started_at=None, worker_ids=worker_ids
    )


@transaction.atomic
def _settle(job: DBTaskResult, status: str, reason: str, told: Told | None, **values: Any) -> bool:
    if not _mine(job):
        return False
    changes: dict[str, Any] = {"reason": reason[:300]}
    if told is None and (found := read_told(str(job.pk))):
        told = found[0]
    if told is not None:
        changes |= {"done": told.done, "total": told.total}
    JobRun.objects.filter(task=job.pk).update(**changes)
    DBTaskResult.objects.filter(pk=job.pk).update(
        status=status, finished_at=timezone.now(), **values
    )
    transaction.on_commit(lambda: forget_told(str(job.pk)))
    return True


def _mine(job: DBTaskResult) -> bool:
    """The job still runs for the worker that took it; its row is locked."""
    found = DBTaskResult.objects.select_for_update().filter(pk=job.pk).first()
    return found is not None and found.status == RUNNING and found.worker_ids == job.worker_ids


def _numbered(job: DBTaskResult) -> bool:
    """It was taken by a worker of ours, not by one of an older version."""
    return bool(job.worker_ids) and job.worker_ids[-1].isdecimal()
