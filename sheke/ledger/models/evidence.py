"""What shows that a record is true: files, kept once, and links."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .records import Record


class StoredFile(models.Model):
    """A file's content, kept once by its SHA-256, outside the web root."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    content_type = models.CharField(max_length=100)
    file = models.FileField(upload_to="evidence/%Y/%m", max_length=200)


class Evidence(models.Model):
    """A file or a link that shows the record is true. Withdrawn, never deleted."""

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="evidence")
    name = models.CharField(_("name"), max_length=200)
    stored = models.ForeignKey(
        StoredFile, null=True, on_delete=models.PROTECT, related_name="evidence"
    )
    link = models.URLField(_("link"), max_length=500, blank=True)
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["record", "id"]
        verbose_name_plural = "evidence"
        constraints = [
            models.CheckConstraint(
                condition=(Q(stored=None) & ~Q(link="")) | (Q(stored__isnull=False) & Q(link="")),
                name="evidence_is_a_file_or_a_link",
            ),
        ]
