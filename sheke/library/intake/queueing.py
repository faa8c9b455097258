"""Which batches have a job, and which have lost theirs."""

from __future__ import annotations

from django.db.models import Exists, OuterRef
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from sheke.core.jobs.queries import without_job
from sheke.core.jobs.running import current

from ..models import Batch, Item

_SUBJECT = Batch._meta.label_lower


def job_waits(batch: Batch) -> bool:
    """A job waits that has not begun. One that runs may be just about to end."""
    waiting = DBTaskResult.objects.filter(
        status=TaskResultStatus.READY, run__subject_type=_SUBJECT, run__subject_id=batch.pk
    )
    return waiting.exists()


def another_works(batch: Batch) -> bool:
    """Another worker is at this batch; what it leaves is found by `forgotten` within a minute."""
    own = current.get()
    running = DBTaskResult.objects.filter(
        status=TaskResultStatus.RUNNING, run__subject_type=_SUBJECT, run__subject_id=batch.pk
    )
    return own is not None and running.exclude(pk=own[1]).exists()


def forgotten() -> list[Batch]:
    """Batches with files under way and no job, since a worker died of it too often."""
    waiting = Item.objects.unfinished().filter(batch=OuterRef("pk"))
    return list(without_job(Batch.objects.filter(Exists(waiting))))
