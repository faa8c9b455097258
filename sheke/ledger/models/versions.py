"""Every state of a record, append-only; its reversal; the closings that make corrections visible."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sheke.core.append_only import AppendOnly
from sheke.directory.models import Organisation

from .records import Record


class Version(AppendOnly):
    """One state of a record, kept for good."""

    class Act(models.TextChoices):
        POST = "post", _("Posted")
        REVISE = "revise", _("Revised")
        REVERSE = "reverse", _("Reversed")

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    act = models.CharField(max_length=10, choices=Act.choices)
    content = models.JSONField()
    digest = models.BigIntegerField()
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    closing = models.ForeignKey(  # set when the period was closed already: a visible correction
        "Closing", null=True, on_delete=models.PROTECT, related_name="corrections"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["record", "number"]
        constraints = [
            models.UniqueConstraint(fields=["record", "number"], name="version_number_once"),
            models.CheckConstraint(
                condition=Q(act="post") | ~Q(reason=""), name="correction_has_a_reason"
            ),
        ]


class Reversal(models.Model):
    """That a record no longer stands: who said so, when and why."""

    record = models.OneToOneField(Record, on_delete=models.PROTECT, related_name="reversal")
    reason = models.CharField(_("reason"), max_length=300)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )


class Closing(models.Model):
    """A period of the ledger of an organisation and all below it that is closed."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="closings"
    )
    first_day = models.DateField(_("from"))
    last_day = models.DateField(_("to"))
    note = models.CharField(_("note"), max_length=300, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-last_day", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="closing_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_day} – {self.last_day}"
