"""What was brought in: batches of files, what became of each, and every step that was taken."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sheke.directory.models import Organisation
from sheke.ledger.models import StoredFile

from .files import File


class Batch(models.Model):
    """Files that came together. How far they are is counted from its items."""

    class Way(models.TextChoices):
        UPLOAD = "upload", pgettext_lazy("intake", "Uploaded")
        FOLDER = "folder", pgettext_lazy("intake", "From the folder")
        LIST = "list", pgettext_lazy("intake", "With a list")
        COMMAND = "command", pgettext_lazy("intake", "By command")

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("kept by"), on_delete=models.PROTECT, related_name="batches"
    )
    title = models.CharField(_("name"), max_length=200)
    way = models.CharField(max_length=10, choices=Way.choices, default=Way.UPLOAD)
    language = models.CharField(max_length=10, default="zh-hans")  # of the reasons it gives
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["organisation", "-id"], name="batches_of")]

    def __str__(self) -> str:
        return self.title


class ItemQuerySet(models.QuerySet["Item"]):
    def unfinished(self) -> ItemQuerySet:
        return self.filter(state=Item.State.WAITING)


class Item(models.Model):
    """A file of a batch, or one inside a zip (`parent`), and the step that comes next."""

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("intake", "Under way")
        QUESTION = "question", pgettext_lazy("intake", "To be decided")
        FAILED = "failed", pgettext_lazy("intake", "Not taken in")
        DROPPED = "dropped", pgettext_lazy("intake", "Dropped")
        DONE = "done", pgettext_lazy("intake", "Taken in")

    class Likeness(models.TextChoices):
        FILE = "file", pgettext_lazy("intake", "the same file")
        TEXT = "text", pgettext_lazy("intake", "the same text")
        NEAR = "near", pgettext_lazy("intake", "nearly the same text")

    class Decision(models.TextChoices):
        ATTACH = "attach", pgettext_lazy("intake", "Another file of the same work")
        APART = "apart", pgettext_lazy("intake", "A work of its own")
        DROP = "drop", pgettext_lazy("intake", "Drop it")

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="items")
    parent = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="members")
    number = models.PositiveIntegerField()  # in the zip, or in the batch, from 1
    name = models.CharField(_("file"), max_length=500)  # inside a zip with its folders
    stored = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, blank=True)
    given = models.JSONField(default=dict)  # what a list says of it: {field: value}
    proposed = models.JSONField(default=dict)  # what was found in it, as in `given`

    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    step = models.CharField(max_length=20, default="sniff")  # the next one
    attempts = models.PositiveSmallIntegerField(
        default=0
    )  # at this step, without coming to its end
    reason = models.CharField(max_length=500, blank=True)
    file = models.OneToOneField(
        File, null=True, on_delete=models.SET_NULL, related_name="intake_item"
    )
    pages = models.PositiveIntegerField(default=0)
    scans = models.PositiveIntegerField(default=0)  # pages to be recognised

    twin = models.ForeignKey(File, null=True, on_delete=models.SET_NULL, related_name="+")
    likeness = models.CharField(max_length=10, choices=Likeness.choices, blank=True)
    share = models.FloatField(null=True)  # how much of the text is alike, 0–1
    decision = models.CharField(max_length=10, choices=Decision.choices, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField(auto_now=True)

    objects = ItemQuerySet.as_manager()

    class Meta:
        ordering = ["batch", "id"]
        indexes = [models.Index(fields=["batch", "state", "id"], name="items_of_batch")]
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "number"], condition=Q(parent=None), name="item_number_in_batch"
            ),
            models.UniqueConstraint(fields=["parent", "number"], name="item_number_in_zip"),
            models.CheckConstraint(
                condition=~Q(state="failed") | ~Q(reason=""), name="item_failed_for_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class StepLog(models.Model):
    """One go at one step."""

    class Outcome(models.TextChoices):
        DONE = "done", pgettext_lazy("step", "Done")
        PAUSED = "paused", pgettext_lazy("step", "Goes on")
        QUESTION = "question", pgettext_lazy("step", "Asks")
        FAILED = "failed", pgettext_lazy("step", "Failed")
        BROKEN = "broken", pgettext_lazy("step", "Broken off")

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="log")
    step = models.CharField(max_length=20)
    began_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.BROKEN)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["item", "id"]

    @property
    def seconds(self) -> float | None:
        return (self.ended_at - self.began_at).total_seconds() if self.ended_at else None


class Sketch(models.Model):
    """A signature of a file's text, by which nearly the same texts are found (MinHash)."""

    file = models.OneToOneField(
        File, primary_key=True, on_delete=models.CASCADE, related_name="sketch"
    )
    signature = models.BinaryField()  # 128 numbers of 32 bits


class SketchBand(models.Model):
    """A part of a signature: texts that are alike have one in common."""

    sketch = models.ForeignKey(Sketch, on_delete=models.CASCADE, related_name="bands")
    value = models.BigIntegerField(db_index=True)
