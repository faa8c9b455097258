"""Files that somebody asked for and that are made in the background."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .calls import Call


class Export(models.Model):
    """A call as one file: the whole as an archive, or its submissions as a sheet."""

    class Kind(models.TextChoices):
        ARCHIVE = "archive", _("The whole call")
        SUBMISSIONS = "submissions", _("Submissions as a sheet")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="exports")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    query = models.CharField(max_length=500, blank=True)  # what a list was narrowed to
    language = models.CharField(max_length=10)  # of its texts: that of who asked
    asked_at = models.DateTimeField(auto_now_add=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    file = models.FileField(
        upload_to="exports", max_length=200, blank=True
    )  # empty again: tidied up
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    report = models.JSONField(default=dict)  # {submissions, files, missing}
    made_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["call", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(file="") | Q(made_at__isnull=False), name="export_was_made"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call.key}.{'zip' if self.kind == self.Kind.ARCHIVE else 'xlsx'}"
