"""Where the group of an organisation is told."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sheke.directory.models import Organisation


class Hook(models.Model):
    """A robot or service that posts what an organisation's people are told to their group."""

    class Channel(models.TextChoices):
        WECOM = "wecom", _("WeCom robot")
        DINGTALK = "dingtalk", _("DingTalk robot")
        WEBHOOK = "webhook", _("Webhook")

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="hooks"
    )
    channel = models.CharField(_("channel"), max_length=20, choices=Channel)
    name = models.CharField(_("name"), max_length=60)
    address = models.CharField(_("address"), max_length=500)
    secret = models.CharField(_("signing secret"), max_length=200, blank=True)
    kinds = models.JSONField(default=list)  # keys of the kinds that it is told
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["organisation", "name", "id"]

    def __str__(self) -> str:
        return f"{self.organisation.label} · {self.name}"

    @property
    def host(self) -> str:
        """What may be shown of the address: robots carry their key in it."""
        return urlsplit(self.address).hostname or ""
