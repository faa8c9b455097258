"""Nouns of the interface for other systems: tokens, and answers that are given once."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from sheke.directory.models import Account, Tenure


class TokenQuerySet(models.QuerySet["Token"]):
    def usable(self) -> TokenQuerySet:
        """Neither withdrawn nor past their day. Whether the tenure still stands is asked each time."""
        today = timezone.localdate()
        return self.filter(Q(expires_on=None) | Q(expires_on__gte=today), withdrawn_at=None)


class Token(models.Model):
    """Lets another system act as one account through one tenure. Only its digest is kept."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="tokens")
    tenure = models.ForeignKey(Tenure, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80)
    writes = models.BooleanField(default=False)
    digest = models.CharField(max_length=64, unique=True)  # SHA-256 of the secret
    hint = models.CharField(max_length=12)  # how the secret begins, to tell tokens apart
    expires_on = models.DateField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    used_on = models.DateField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = TokenQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name


class Answer(models.Model):
    """The answer to a request with an Idempotency-Key: asked again, it is given again."""

    token = models.ForeignKey(Token, on_delete=models.CASCADE, related_name="answers")
    key = models.CharField(max_length=100)
    request = models.CharField(max_length=64)  # SHA-256 of method, path and body
    status = models.PositiveSmallIntegerField()
    body = models.JSONField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token", "key"], name="answered_once")]
        indexes = [models.Index(fields=["at"], name="answers_by_age")]
