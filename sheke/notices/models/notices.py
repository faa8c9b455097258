"""What one account was told."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sheke.directory.models import Account

from ..kinds import KINDS


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

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        """The words in the language of who reads; a kind that is gone still says something."""
        kind = KINDS.get(self.kind)
        if kind is None:
            return gettext("A notice of a kind that exists no more: %(kind)s") % {"kind": self.kind}
        return str(kind.text) % Known(self.data)

    @property
    def label(self) -> str:
        kind = KINDS.get(self.kind)
        return str(kind.label) if kind else self.kind


class Known(dict[str, Any]):
    """Data of a notice; a text that asks for more than was kept prints a dash there."""

    def __missing__(self, key: str) -> str:
        return "—"
