"""The audit event: what was done, to what, by whom, when."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditEventQuerySet(models.QuerySet["AuditEvent"]):
    """Events are written and read; nothing else."""

    def update(self, **values: Any) -> int:
        raise TypeError("an audit event is never changed")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError("an audit event is never deleted")


class AuditEvent(models.Model):
    """Written by every action in its own transaction; never changed or deleted.

    The actor is kept by number and name, not by foreign key: accounts stand above `core`, and an
    event must outlive the account.
    """

    at = models.DateTimeField(_("at"), auto_now_add=True)
    actor_id = models.BigIntegerField(_("account"), null=True)
    actor_name = models.CharField(_("by"), max_length=150, blank=True)
    verb = models.CharField(_("act"), max_length=60)  # “record.post”
    subject_type = models.CharField(_("kind"), max_length=60, blank=True)  # “ledger.record”
    subject_id = models.BigIntegerField(_("number"), null=True)
    subject_name = models.CharField(_("subject"), max_length=300, blank=True)
    data = models.JSONField(_("data"), default=dict)

    objects = AuditEventQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["subject_type", "subject_id", "-id"], name="audit_subject")]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_name}"

    def save(self, *args: Any, **options: Any) -> None:
        if not self._state.adding:
            raise TypeError("an audit event is never changed")
        super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("an audit event is never deleted")
