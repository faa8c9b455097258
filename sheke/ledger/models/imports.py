"""A table of records on its way into the ledger."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sheke.directory.models import Organisation


class ImportRun(models.Model):
    """A table of records on its way into the ledger: read, shown with its problems, posted."""

    class State(models.TextChoices):
        CHECKING = "checking", _("Being read")
        CHECKED = "checked", _("Read")
        POSTING = "posting", _("Being posted")
        POSTED = "posted", _("Posted")
        FAILED = "failed", _("Failed")

    edition = models.ForeignKey(
        "definitions.Edition", on_delete=models.PROTECT, related_name="import_runs"
    )
    organisation = models.ForeignKey(  # of the rows that name none
        Organisation, verbose_name=_("organisation"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="+",
    )  # fmt: skip
    name = models.CharField(_("file"), max_length=200)
    file = models.FileField(upload_to="imports/%Y/%m", max_length=200)
    reason = models.CharField(_("reason"), max_length=300, blank=True)  # for closed periods
    skip_duplicates = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.CHECKING)
    done = models.PositiveIntegerField(default=0)  # rows read so far
    rows = models.PositiveIntegerField(default=0)
    posted = models.PositiveIntegerField(default=0)
    problem_count = models.PositiveIntegerField(default=0)
    problems = models.JSONField(default=list)  # [[row, column, message]], the first of them
    duplicates = models.JSONField(default=list)  # [[row, title, record, other row]]
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)
    error = models.TextField(blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    posted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name
