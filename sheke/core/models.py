"""The audit event: what was done, to what, by whom, when."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


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

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["subject_type", "subject_id", "-id"], name="audit_subject")]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_name}"
