"""What is not kept for ever of jobs: the tables stay small."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Max
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from .models import Mark, ScheduleRun

DONE = timedelta(days=3)
FAILED = timedelta(days=60)
MARKS = timedelta(days=90)  # longer than any job may wait to be run again


def forget() -> None:
    """Delete old jobs, marks and slots; of each scheduled task the newest is kept."""
    now = timezone.now()
    newest = ScheduleRun.objects.order_by().values("key").annotate(last=Max("pk"))
    kept = list(newest.values_list("last", flat=True))
    tasks = list(ScheduleRun.objects.filter(pk__in=kept).values_list("task_id", flat=True))
    finished = DBTaskResult.objects.exclude(pk__in=[pk for pk in tasks if pk])
    finished.filter(status=TaskResultStatus.SUCCESSFUL, finished_at__lt=now - DONE).delete()
    finished.filter(status=TaskResultStatus.FAILED, finished_at__lt=now - FAILED).delete()
    ScheduleRun.objects.filter(made_at__lt=now - DONE).exclude(pk__in=kept).delete()
    Mark.objects.filter(made_at__lt=now - MARKS).delete()
