"""Nouns of telling people."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sheke.directory.models import Account


class Notice(models.Model):
    """One thing that one account was told. Its words come from the kind when it is read."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(_("kind"), max_length=60)
    data = models.JSONField(default=dict)  # what the kind's text is printed with
    url = models.CharField(max_length=300, blank=True)  # a path of this site
    once = models.CharField(max_length=120, blank=True)  # told at most once for the same words here
    at = models.DateTimeField(_("at"), auto_now_add=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "once"], condition=~Q(once=""), name="told_once"
            ),
        ]
        indexes = [
            models.Index(fields=["account", "-id"], name="notices_of"),
            models.Index(fields=["account"], condition=Q(read_at=None), name="notices_unread"),
        ]
