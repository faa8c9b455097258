"""The audit log: what was done, to what, by whom, when; sealed in a chain."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .append_only import AppendOnly
from .jobs.models import JobRun, Mark, ScheduleRun, Worker

__all__ = ["AuditEvent", "AuditSeal", "JobRun", "Mark", "ScheduleRun", "Worker"]


class AuditSeal(AppendOnly):
    """One link of the chain: its digest covers the events that it seals and the seal before."""

    previous = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="next"
    )
    events_count = models.PositiveIntegerField()
    digest = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.pk} {self.digest}"


class AuditEvent(AppendOnly):
    """Written by every action in its own transaction; never changed or deleted.

    The actor is kept by number and name, not by foreign key: accounts stand above `core`, and an
    event must outlive the account. Events are sealed some time after they are written, so that
    writers do not queue for the chain's end.
    """

    filled_later = ("seal",)

    at = models.DateTimeField(_("at"), auto_now_add=True)
    actor_id = models.BigIntegerField(_("account"), null=True)
    actor_name = models.CharField(_("by"), max_length=150, blank=True)
    verb = models.CharField(_("act"), max_length=60)  # “record.post”
    subject_type = models.CharField(_("kind"), max_length=60, blank=True)  # “ledger.record”
    subject_id = models.BigIntegerField(_("number"), null=True)
    subject_name = models.CharField(_("subject"), max_length=300, blank=True)
    data = models.JSONField(_("data"), default=dict)
    seal = models.ForeignKey(
        AuditSeal, null=True, on_delete=models.PROTECT, related_name="events", db_index=False
    )

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "-id"], name="audit_subject"),
            models.Index(fields=["seal", "id"], name="audit_sealed"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_name}"


class SearchEntry(models.Model):
    """That a subject stands in the search index, under the number of this row."""

    kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    generation = models.PositiveIntegerField()  # of the rebuild that it comes from

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject_id"], name="search_entry_once")
        ]


class SearchMark(models.Model):
    """How far the search index has followed the audit log. One row."""

    analysis = models.PositiveIntegerField()
    generation = models.PositiveIntegerField()
    seal_id = models.BigIntegerField()  # 0: none yet
