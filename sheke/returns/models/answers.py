"""Answers as sent, never changed; what became of each is a record beside it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sheke.ledger.models import Record, StoredFile

from .requests import Asked


class Answer(models.Model):
    """One version of an organisation's answer, as it was sent in."""

    asked = models.ForeignKey(Asked, on_delete=models.PROTECT, related_name="answers")
    number = models.PositiveIntegerField(_("version"))
    values = models.JSONField(default=dict)  # clean: figures as decimals in text
    remarks = models.JSONField(default=dict)  # {question: text}
    counted = models.JSONField(default=dict)  # {question: what the ledger counted at sending}
    reason = models.CharField(_("reason"), max_length=300, blank=True)  # of a correction
    sent_at = models.DateTimeField(_("sent"), auto_now_add=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["asked", "number"]
        constraints = [
            models.UniqueConstraint(fields=["asked", "number"], name="answer_number_once"),
        ]

    def save(self, *args: Any, **options: Any) -> None:
        if not self._state.adding:
            raise TypeError("an answer that was sent is never changed")
        super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("an answer that was sent is never deleted")


class Outcome(models.Model):
    """What became of one answer: who said so, when."""

    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        abstract = True


class Acceptance(Outcome):
    """The office took the answer."""

    answer = models.OneToOneField(Answer, on_delete=models.PROTECT, related_name="acceptance")


class SendingBack(Outcome):
    """The office sent the answer back: why, and what is wrong with which question."""

    answer = models.OneToOneField(Answer, on_delete=models.PROTECT, related_name="sending_back")
    reason = models.CharField(_("reason"), max_length=500)
    fields = models.JSONField(default=dict)  # {question: reason}


class Withdrawal(Outcome):
    """The reporter took the answer back before it was accepted."""

    answer = models.OneToOneField(Answer, on_delete=models.PROTECT, related_name="withdrawal")


class Upload(models.Model):
    """A file for a question. Answers name it by its number."""

    asked = models.ForeignKey(Asked, on_delete=models.PROTECT, related_name="uploads")
    question = models.CharField(max_length=60)
    stored = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["id"]


class Posting(models.Model):
    """The record that acceptance posted to the ledger for one figure of an answer."""

    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="postings")
    question = models.CharField(max_length=60)
    record = models.OneToOneField(Record, on_delete=models.PROTECT, related_name="return_posting")

    class Meta:
        ordering = ["answer", "id"]
        constraints = [
            models.UniqueConstraint(fields=["answer", "question"], name="figure_posted_once"),
        ]
