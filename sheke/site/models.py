"""What the site itself keeps: who has had enough of the first steps."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class GuideEnding(models.Model):
    """Somebody does not want the first steps of a role shown any more."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    role = models.CharField(max_length=20)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "role"], name="guide_ending_once"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.role}"
