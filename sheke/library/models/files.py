"""What a work consists of: files, and the text of each of their pages apart from every index."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sheke.ledger.models import StoredFile

from .works import Work


class FileQuerySet(models.QuerySet["File"]):
    def open(self, today: date | None = None) -> FileQuerySet:
        """What everybody may read: of a public work, for everybody, its embargo over."""
        free = Q(embargo_until=None) | Q(embargo_until__lte=today or timezone.localdate())
        return self.filter(free, access=File.Access.PUBLIC).filter(
            work__published_at__isnull=False, work__withdrawn_at=None
        )


class File(models.Model):
    """One file of a work. Until it is described (intake) it has no work."""

    class Access(models.TextChoices):
        PUBLIC = "public", pgettext_lazy("file", "Everybody")
        OFFICE = "office", pgettext_lazy("file", "The office only")

    work = models.ForeignKey(Work, null=True, on_delete=models.PROTECT, related_name="files")
    stored = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="library_files")
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(max_length=10)  # as sniffed: docx, pdf, png, txt …
    position = models.PositiveSmallIntegerField(default=0)
    access = models.CharField(
        _("who may read it"), max_length=10, choices=Access.choices, default=Access.OFFICE
    )
    rights = models.CharField(_("rights"), max_length=200, blank=True)
    embargo_until = models.DateField(_("embargo until"), null=True, blank=True)
    encoding = models.CharField(max_length=20, blank=True)  # of plain text
    # SHA-256 of the normalised text of all pages: the same text in another file.
    text_sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    thumbnail = models.ForeignKey(
        StoredFile, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = FileQuerySet.as_manager()

    class Meta:
        ordering = ["work", "position", "id"]

    def __str__(self) -> str:
        return self.name


class Page(models.Model):
    """The text of one page (of a sheet, a slide; the whole of a text without pages), never capped."""

    class Source(models.TextChoices):
        TEXT = "text", pgettext_lazy("page", "From the file")
        OCR = "ocr", pgettext_lazy("page", "Recognised")
        CORRECTED = "corrected", pgettext_lazy("page", "Corrected by hand")

    file = models.ForeignKey(File, on_delete=models.CASCADE, related_name="pages")
    number = models.PositiveIntegerField()  # from 1
    text = models.TextField(blank=True)  # cleaned
    original = models.TextField(blank=True)  # as it came, where cleaning changed it
    source = models.CharField(max_length=10, choices=Source.choices, default=Source.TEXT)
    confidence = models.FloatField(null=True)  # mean over recognised characters, 0–1
    words = models.JSONField(default=list)  # recognised: [text, confidence, x, y, w, h] in 0–1
    image = models.ForeignKey(StoredFile, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["file", "number"]
        constraints = [
            models.UniqueConstraint(fields=["file", "number"], name="page_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="page_number_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.file} · {self.number}"


class PageVersion(models.Model):
    """What stood on a page before it was corrected."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="versions")
    text = models.TextField(blank=True)
    source = models.CharField(max_length=10, choices=Page.Source.choices)
    replaced_at = models.DateTimeField(auto_now_add=True)
    replaced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["page", "-id"]
