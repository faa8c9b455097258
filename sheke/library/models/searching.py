"""Searches that a person keeps, to be told of what is new in them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SavedSearch(models.Model):
    """A question with its filters. With `alerts` its owner hears once a day of what is new in it."""

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches"
    )
    name = models.CharField(_("name"), max_length=120)
    query = models.CharField(_("query"), max_length=500, blank=True)
    filters = models.JSONField(default=dict, blank=True)  # {"kind": ["article"], "since": ["2019"]}
    sort = models.CharField(max_length=10, blank=True)
    alerts = models.BooleanField(_("tell me what is new"), default=True)
    told_until = models.DateTimeField()  # what became visible later is new
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["account", "name", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def audit_name(self) -> str:
        """What the audit log calls it: what somebody seeks is theirs."""
        return f"#{self.pk}"
