"""A record in its current version, what it is filed under, and who else took part."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sheke.directory.models import Account, Organisation
from sheke.directory.queries import reachable_organisations, reaches_all


class Heading(models.Model):
    """What records can be filed under; an item of a plan makes one for itself."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="headings"
    )
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.CharField(_("number"), max_length=40, blank=True)
    title = models.CharField(_("title"), max_length=300)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-year", "id"]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()


class RecordQuerySet(models.QuerySet["Record"]):
    def standing(self) -> RecordQuerySet:
        """Not reversed."""
        return self.filter(reversal=None)

    def within(self, organisation: Organisation) -> RecordQuerySet:
        """Reported or shared by the organisation or one below it."""
        return self.of(Organisation.objects.below(organisation))

    def visible_to(self, account: Account) -> RecordQuerySet:
        """Those of the organisations that the account acts for, and of all below them."""
        # For the office at the top, which sees all, no place need be looked at.
        return self.all() if reaches_all(account) else self.of(reachable_organisations(account))

    def of(self, organisations: models.QuerySet[Organisation]) -> RecordQuerySet:
        """Reported or shared by one of `organisations`."""
        # Subselects, not joins: a record shared by several units must come once.
        chosen = organisations.order_by().values("pk")
        shared = Participation.objects.filter(organisation__in=chosen).values("record_id")
        return self.filter(Q(organisation__in=chosen) | Q(pk__in=shared))

    def listed(self) -> RecordQuerySet:
        """With what a row of a list shows."""
        return self.select_related(
            "organisation", "type__current", "edition__definition", "heading", "reversal"
        )


class Record(models.Model):
    """One thing that was done, in its current version."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    type = models.ForeignKey(
        "definitions.Definition", verbose_name=_("type"), on_delete=models.PROTECT,
        related_name="records",
    )  # fmt: skip
    edition = models.ForeignKey(
        "definitions.Edition", on_delete=models.PROTECT, related_name="records"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT,
        related_name="records",
    )  # fmt: skip
    happened_on = models.DateField(_("date"))
    ended_on = models.DateField(_("until"), null=True, blank=True)
    title = models.CharField(_("title"), max_length=300)
    amounts = models.JSONField(_("amounts"), default=dict)  # {measure: decimal as a string}
    attributes = models.JSONField(_("attributes"), default=dict)  # {field: value}
    note = models.TextField(_("note"), blank=True)
    heading = models.ForeignKey(
        Heading, verbose_name=_("plan item"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="records",
    )  # fmt: skip
    revision = models.PositiveIntegerField(default=1)
    digest = models.BigIntegerField()  # 40 bits of the SHA-256 of the current version
    # Derived: the revision that is confirmed, asked about or reversed; none while it waits.
    settled = models.PositiveIntegerField(null=True, editable=False)
    posted_at = models.DateTimeField(_("posted"), auto_now_add=True)
    posted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = RecordQuerySet.as_manager()

    class Meta:
        ordering = ["-happened_on", "-id"]
        indexes = [
            models.Index(fields=["-happened_on", "-id"], name="record_latest"),
            models.Index(
                fields=["organisation", "-happened_on", "-id", "type"], name="record_by_unit"
            ),
            models.Index(fields=["type", "-happened_on", "-id"], name="record_of_type"),
            models.Index(fields=["posted_by", "type"], name="record_posted"),
            models.Index(
                fields=["organisation", "-happened_on", "-id"],
                condition=Q(settled=None),
                name="record_waiting",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("happened_on")),
                name="record_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Participation(models.Model):
    """Another organisation's part in a record. The reporting organisation is the host and has no row."""

    class Role(models.TextChoices):
        COHOST = "cohost", _("Co-host")  # counts at its own level
        SUPPORT = "support", _("Support")  # is named, not counted

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="participations")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="participations"
    )
    role = models.CharField(_("role"), max_length=10, choices=Role.choices, default=Role.COHOST)

    class Meta:
        ordering = ["record", "id"]
        constraints = [
            models.UniqueConstraint(fields=["record", "organisation"], name="participates_once"),
        ]
