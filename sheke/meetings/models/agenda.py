"""What a meeting deals with, in order, with its papers and minutes."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sheke.ledger.models import StoredFile
from sheke.plans.models import Item

from .meetings import Meeting


class AgendaItem(models.Model):
    """One point of the agenda. `revision` counts the writings of its minutes, so that two who
    write at once learn of each other.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="agenda")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("title"), max_length=300)
    presenter = models.CharField(_("presenter"), max_length=100, blank=True)
    item = models.ForeignKey(
        Item, verbose_name=_("item of a plan"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    link = models.CharField(_("page"), max_length=200, blank=True)  # a path of this site
    minutes = models.TextField(_("minutes"), blank=True)
    revision = models.PositiveIntegerField(default=0)
    written_at = models.DateTimeField(null=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["meeting", "position", "id"]

    def __str__(self) -> str:
        return self.title


class Paper(models.Model):
    """A file that is laid before the meeting. Withdrawn, never deleted."""

    agenda = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="papers")
    stored = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=200)
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["agenda", "id"]
