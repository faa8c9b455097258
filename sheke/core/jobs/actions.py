"""Verbs upon jobs and the schedule."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from sheke.core import audit
from sheke.core.errors import BadInput
from sheke.core.schedule import load

from .models import JobRun, ScheduleRun
from .ticking import enqueue, unfinished

CANCELLED = "sheke.core.jobs.Cancelled"


@transaction.atomic
def retry_job(*, job: uuid.UUID, by: Any) -> None:
    """Let a failed or cancelled job run again. Raises BadInput for any other."""
    found = _locked(job)
    if found.status != TaskResultStatus.FAILED:
        raise BadInput(_("Only a job that failed can be run again."))
    found.status = TaskResultStatus.READY
    found.started_at = found.finished_at = None
    found.worker_ids = []
    found.exception_class_path = found.traceback = ""
    found.save()
    JobRun.objects.update_or_create(
        task=found, defaults={"reason": "", "cancelled_at": None, "done": 0, "total": None}
    )
    audit.record("job.retry", by=by, job=str(job), task=found.task_path)


@transaction.atomic
def cancel_job(*, job: uuid.UUID, by: Any) -> None:
    """Take a waiting job out of the queue. Raises BadInput when it does not wait (any more)."""
    found = _locked(job)
    if found.status != TaskResultStatus.READY:
        raise BadInput(_("Only a job that waits can be cancelled."))
    found.status, found.finished_at = TaskResultStatus.FAILED, timezone.now()
    found.exception_class_path = CANCELLED
    found.save(update_fields=["status", "finished_at", "exception_class_path"])
    JobRun.objects.update_or_create(task=found, defaults={"cancelled_at": found.finished_at})
    audit.record("job.cancel", by=by, job=str(job), task=found.task_path)


@transaction.atomic
def run_now(*, key: str, by: Any) -> None:
    """Run a task of the schedule out of turn. Raises BadInput when it waits or runs already."""
    scheduled = load().get(key)
    if scheduled is None:
        raise BadInput(_("There is no task “%(key)s” in the schedule.") % {"key": key})
    if unfinished(key):
        raise BadInput(_("This task waits or runs already."))
    ScheduleRun.objects.create(key=key, slot=timezone.now(), task_id=enqueue(scheduled.task))
    audit.record("schedule.run", by=by, task=key)


def _locked(job: uuid.UUID) -> DBTaskResult:
    found = DBTaskResult.objects.select_for_update().filter(pk=job).first()
    if found is None:
        raise BadInput(_("There is no job %(job)s.") % {"job": job})
    return found
