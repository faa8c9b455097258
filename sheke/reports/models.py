"""Nouns of reporting: templates with slots, reports with figures, sealed snapshots."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sheke.core.append_only import AppendOnly
from sheke.directory.models import Organisation
from sheke.ledger.models import StoredFile


class Template(models.Model):
    """A text whose figures and blanks are marked as slots."""

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT,
        related_name="report_templates",
    )  # fmt: skip
    key = models.SlugField(_("key"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=300)
    year = models.PositiveSmallIntegerField(_("year"))  # the year that the text speaks of
    text = models.TextField(_("text"))  # slots count characters of this
    source = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    source_name = models.CharField(max_length=200, blank=True)
    warnings = models.JSONField(default=list)
    previous = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="next")
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-year", "-id"]

    def __str__(self) -> str:
        return self.title


class Slot(models.Model):
    """A figure or blank in a template and what it is bound to."""

    class Binding(models.TextChoices):
        INDICATOR = "indicator", _("Indicator")
        CONSTANT = "constant", _("Constant")
        NAME = "name", _("Name")
        TEXT = "text", _("Free text")

    template = models.ForeignKey(Template, on_delete=models.CASCADE, related_name="slots")
    key = models.CharField(max_length=20)  # the bookmark's name ends with it
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    text = models.CharField(max_length=200)  # the old wording: “5.2万余人次”
    context = models.TextField()
    reading = models.JSONField(default=dict)  # what the slot finder read: value, unit, blank …
    binding = models.CharField(max_length=10, choices=Binding.choices, blank=True)
    indicator = models.ForeignKey(
        "definitions.Definition", null=True, on_delete=models.PROTECT, related_name="slots"
    )
    period = models.JSONField(
        default=dict
    )  # {} = the report's; {"until": "10-31"}, {"first": …, "last": …}
    scope = models.JSONField(
        default=dict
    )  # {} = the report's; {"kinds": […], "own": true, "organisation": code}
    printing = models.JSONField(default=dict)  # see printing.py
    wording = models.CharField(max_length=500, blank=True)  # of a constant, a name, a free text
    bound_at = models.DateTimeField(null=True)
    bound_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["template", "start"]
        constraints = [
            models.UniqueConstraint(fields=["template", "key"], name="slot_key_once"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="slot_has_length"),
            models.CheckConstraint(
                condition=Q(binding="indicator", indicator__isnull=False)
                | (~Q(binding="indicator") & Q(indicator=None)),
                name="slot_bound_to_an_indicator_has_one",
            ),
        ]


class Report(models.Model):
    """A template filled for an organisation and a period."""

    template = models.ForeignKey(Template, on_delete=models.PROTECT, related_name="reports")
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT,
        related_name="reports",
    )  # fmt: skip
    title = models.CharField(_("title"), max_length=300)
    first_day = models.DateField(_("from"))
    last_day = models.DateField(_("to"))
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-last_day", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="report_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Figure(models.Model):
    """One printed number of a report, as last filled."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="figures")
    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, related_name="figures")
    printed = models.CharField(max_length=500)
    wording = models.CharField(max_length=500, blank=True)  # typed by hand for this report
    edition = models.ForeignKey(
        "definitions.Edition", null=True, on_delete=models.PROTECT, related_name="+"
    )
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="+"
    )
    kinds = models.JSONField(default=list)
    own = models.BooleanField(default=False)
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)
    value = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    rows = models.PositiveIntegerField(default=0)
    digest = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["report", "slot__start"]
        constraints = [models.UniqueConstraint(fields=["report", "slot"], name="figure_once")]


class Snapshot(AppendOnly):
    """A frozen report: everything needed to verify it years later, sealed and chained. Append-only."""

    report = models.OneToOneField(Report, on_delete=models.PROTECT, related_name="snapshot")
    code = models.CharField(max_length=20, unique=True)  # printed in the document
    body = models.JSONField()  # text, figures with questions, digests, definitions, tree
    lineage = models.BinaryField()  # packed (record, revision) of every figure
    previous = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="next"
    )
    seal = models.CharField(max_length=64, unique=True)  # SHA-256 over body, lineage, seal before
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.code


class Publication(models.Model):
    """What the office chose to show to anyone who has a snapshot's code."""

    snapshot = models.OneToOneField(Snapshot, on_delete=models.PROTECT, related_name="publication")
    figures = models.JSONField(default=list)  # keys of the slots that are shown
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True)
