"""What is kept of jobs beside django-tasks-db's own row: workers, progress, marks, slots."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Worker(models.Model):
    """A process that runs jobs. Its number is the lock that dies with it; see `pulse`."""

    host = models.CharField(_("machine"), max_length=200)
    pid = models.PositiveIntegerField(_("process"))
    started_at = models.DateTimeField(_("since"), auto_now_add=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.host}:{self.pid}"


class JobRun(models.Model):
    """Of one job: for whom and about what it runs, how far it has come, why it failed.

    Account and subject are kept by number: what is above `core` enqueues jobs.
    """

    task = models.OneToOneField(
        "django_tasks_database.DBTaskResult", primary_key=True, on_delete=models.CASCADE,
        related_name="run",
    )  # fmt: skip
    account_id = models.BigIntegerField(_("account"), null=True)
    subject_type = models.CharField(_("kind"), max_length=60, blank=True)  # “ledger.importrun”
    subject_id = models.BigIntegerField(_("number"), null=True)
    done = models.PositiveIntegerField(_("done"), default=0)
    total = models.PositiveIntegerField(_("of"), null=True)
    told_at = models.DateTimeField(null=True)  # when progress was last told
    reason = models.CharField(_("reason"), max_length=300, blank=True)  # of a failure
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="jobrun_subject")]


class Mark(models.Model):
    """An effect that was had; written in its transaction, so that it is had once."""

    key = models.CharField(max_length=200, primary_key=True)
    made_at = models.DateTimeField(auto_now_add=True)


class ScheduleRun(models.Model):
    """One slot of the schedule that was taken, and the job it became."""

    key = models.CharField(max_length=200)
    slot = models.DateTimeField()
    task_id = models.UUIDField(null=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["key", "slot"], name="schedule_slot_once")]
