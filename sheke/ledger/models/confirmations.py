"""What the office above says of a record: confirmed at a revision, or asked about."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .records import Record


class Confirmation(models.Model):
    """That somebody above the reporting organisation looked at a revision and found it right.

    A later revision needs a new one. `batch` holds together what was confirmed in one act.
    """

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="confirmations")
    revision = models.PositiveIntegerField(_("version"))
    batch = models.UUIDField(default=uuid.uuid4, db_index=True)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["record", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["record", "revision"], condition=Q(withdrawn_at=None), name="confirmed_once"
            ),
        ]


class Query(models.Model):
    """A question about a record by somebody above the reporting organisation."""

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="queries")
    revision = models.PositiveIntegerField(_("version"))
    text = models.CharField(_("question"), max_length=500)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["record", "id"]
        verbose_name_plural = "queries"

    def __str__(self) -> str:
        return self.text


class Reply(models.Model):
    """What ended a question: words, a new version of the record, or that it was taken back."""

    class Way(models.TextChoices):
        WORDS = "words", _("Answered")
        REVISION = "revision", _("Answered by a revision")
        REVERSAL = "reversal", _("Answered by reversing the record")
        WITHDRAWAL = "withdrawal", _("Question withdrawn")

    query = models.OneToOneField(Query, on_delete=models.PROTECT, related_name="reply")
    way = models.CharField(max_length=10, choices=Way.choices)
    text = models.CharField(_("answer"), max_length=500, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(way="words") | ~Q(text=""), name="reply_in_words_has_words"
            ),
        ]
