"""The passage check: what is kept of a file to be compared with, and checks with what they found."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sheke.directory.models import Organisation
from sheke.ledger.models import StoredFile

from .files import File
from .works import Work


class Fingerprint(models.Model):
    """The fingerprints of a file's text. A row is never changed: what is taken in again is a new one.

    So the mapped copy (`library/passages/mapped.py`) is known to be complete by the rows' numbers.
    """

    file = models.OneToOneField(File, on_delete=models.CASCADE, related_name="fingerprint")
    version = models.PositiveIntegerField()  # of the fingerprints, `winnowing.VERSION`
    characters = models.PositiveIntegerField()  # those that count
    prints = models.BinaryField()  # packed: distances and numbers, `winnowing.Prints.packed`
    taken_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["version", "id"], name="fingerprints_of_version")]


class CommonWording(models.Model):
    """A wording that an office says nobody copies: of a law, a slogan, a form of theirs."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="common_wordings"
    )
    text = models.CharField(_("wording"), max_length=500)
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["text", "id"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "text"], name="wording_once"),
        ]

    def __str__(self) -> str:
        return self.text


class Check(models.Model):
    """One check of one text as it stood: what was found is kept and not changed afterwards."""

    class Origin(models.TextChoices):
        WORK = "work", pgettext_lazy("check", "A work of the library")
        UPLOAD = "upload", pgettext_lazy("check", "An uploaded file")
        PASTED = "pasted", pgettext_lazy("check", "A pasted text")
        RECORD = "record", pgettext_lazy("check", "A record of another part")

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("for"), on_delete=models.PROTECT, related_name="checks"
    )
    title = models.CharField(_("title"), max_length=500)
    origin = models.CharField(max_length=10, choices=Origin.choices)
    work = models.ForeignKey(
        Work, null=True, blank=True, on_delete=models.SET_NULL, related_name="checks"
    )
    stored = models.ForeignKey(StoredFile, null=True, on_delete=models.SET_NULL, related_name="+")
    # What another part of the product had checked: `calls.version:12`.
    subject = models.CharField(max_length=80, blank=True, db_index=True)
    authors = models.JSONField(_("authors"), default=list, blank=True)  # names
    text = models.TextField()  # the checked text; all places count its characters
    text_sha256 = models.CharField(max_length=64)
    minimum = models.PositiveSmallIntegerField(_("shortest passage"), default=13)
    common = models.PositiveIntegerField(_("common beyond"), default=10)
    started_at = models.DateTimeField(auto_now_add=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    done_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=300, blank=True)
    milliseconds = models.PositiveIntegerField(null=True)
    documents = models.PositiveIntegerField(null=True)  # that it was compared with
    characters = models.PositiveIntegerField(null=True)
    covered = models.PositiveIntegerField(null=True)  # characters that stand elsewhere
    covered_by_others = models.PositiveIntegerField(null=True)  # not only in own earlier works
    without_common = models.PositiveIntegerField(null=True)
    without_quoted = models.PositiveIntegerField(null=True)
    to_explain = models.PositiveIntegerField(null=True)  # by others, neither common nor quoted
    # Stretches of the text: {"common": [[start, end] …], "quoted": […]}, in its own characters.
    marks = models.JSONField(default=dict)
    seal = models.CharField(max_length=64, blank=True)  # SHA-256 of all that was found

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["organisation", "-id"], name="checks_of")]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(characters__isnull=False),
                name="check_done_has_counted",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_done(self) -> bool:
        return self.done_at is not None

    def share(self, count: int | None) -> float:
        """A part (0–1) of the text's counted characters."""
        return (count or 0) / self.characters if self.characters else 0.0


class CheckSource(models.Model):
    """A text in which passages stand: a file of the library, or what another part compared with.

    `label` is shown to those who may see the file's work; others see its passages alone.
    """

    check_of = models.ForeignKey(Check, on_delete=models.CASCADE, related_name="sources")
    position = models.PositiveSmallIntegerField()
    file = models.ForeignKey(File, null=True, on_delete=models.SET_NULL, related_name="+")
    # Names what is not of the library, such as `calls.version:12`; shown by `label` alone.
    subject = models.CharField(max_length=80, blank=True)
    label = models.CharField(max_length=500)
    detail = models.CharField(max_length=300, blank=True)  # authors, year
    own = models.BooleanField(default=False)  # an earlier text of the same authors
    characters = models.PositiveIntegerField()  # of the checked text that stand there

    class Meta:
        ordering = ["check_of", "position"]
        constraints = [
            models.UniqueConstraint(fields=["check_of", "position"], name="check_source_place"),
        ]

    def __str__(self) -> str:
        return self.label


class CheckPassage(models.Model):
    """A shared stretch: its place in the checked text, in the source, and the source's words then."""

    source = models.ForeignKey(CheckSource, on_delete=models.CASCADE, related_name="passages")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    source_start = models.PositiveIntegerField()
    source_end = models.PositiveIntegerField()
    text = models.TextField()  # as it stood in the source
    near = models.BooleanField(default=False)  # some characters differ
    common = models.BooleanField(default=False)  # nothing but common wording

    class Meta:
        ordering = ["source", "start", "-end"]

    def __str__(self) -> str:
        return self.text[:40]


class CheckReport(models.Model):
    """A report as it was printed: whoever holds a copy can ask whether it is this one."""

    check_of = models.ForeignKey(Check, on_delete=models.CASCADE, related_name="reports")
    stored = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    seal = models.CharField(max_length=64)  # of the check, printed on it
    issued_at = models.DateTimeField(auto_now_add=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-id"]
