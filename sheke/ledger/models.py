"""Nouns of the ledger: records, their versions, participation, evidence, closings.

A record is never edited in place: `Version` keeps every state of it, append-only. `Line` and `Facet`
are derived from the current state; indicators read only these two.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sheke.directory.models import Account, Organisation
from sheke.directory.queries import reachable_organisations, reaches_all

SCALE = (
    10_000  # amounts are kept as whole ten-thousandths, so that sums are exact on every database
)


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
    posted_at = models.DateTimeField(_("posted"), auto_now_add=True)
    posted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = RecordQuerySet.as_manager()

    class Meta:
        ordering = ["-happened_on", "-id"]
        indexes = [
            models.Index(fields=["-happened_on", "-id"], name="record_latest"),
            models.Index(fields=["organisation", "-happened_on", "-id"], name="record_of_unit"),
            models.Index(fields=["type", "-happened_on", "-id"], name="record_of_type"),
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


class VersionQuerySet(models.QuerySet["Version"]):
    """Append-only: what was said once stays said."""

    def update(self, **values: Any) -> int:
        raise TypeError("a version of a record is never changed")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError("a version of a record is never deleted")


class Version(models.Model):
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

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["record", "number"]
        constraints = [
            models.UniqueConstraint(fields=["record", "number"], name="version_number_once"),
            models.CheckConstraint(
                condition=Q(act="post") | ~Q(reason=""), name="correction_has_a_reason"
            ),
        ]

    def save(self, *args: Any, **options: Any) -> None:
        if not self._state.adding:
            raise TypeError("a version of a record is never changed")
        super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("a version of a record is never deleted")


class Reversal(models.Model):
    """That a record no longer stands: who said so, when and why."""

    record = models.OneToOneField(Record, on_delete=models.PROTECT, related_name="reversal")
    reason = models.CharField(_("reason"), max_length=300)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )


class Line(models.Model):
    """One countable line of a standing record: per counted organisation, once with measure ""
    (value 1) and once for each amount. Derived; the covering index answers an indicator alone.
    """

    type = models.ForeignKey(
        "definitions.Definition", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    measure = models.CharField(max_length=60, blank=True)
    happened_on = models.DateField()
    posted_on = models.DateField()
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    record = models.ForeignKey(
        Record, on_delete=models.CASCADE, related_name="lines", db_index=False
    )
    seat = models.PositiveSmallIntegerField(
        default=0
    )  # 0: the reporting organisation; 1…: co-hosts
    value = models.BigIntegerField()  # in units of 1/SCALE
    digest = models.BigIntegerField()

    class Meta:
        indexes = [
            models.Index(
                fields=[
                    "type", "measure", "happened_on", "organisation", "seat", "record", "value",
                    "digest", "posted_on",
                ],
                name="line_cover",
            ),
            models.Index(fields=["record", "measure", "seat", "organisation"], name="line_hosts"),
        ]  # fmt: skip


class Facet(models.Model):
    """One value of a filter field of a standing record. Derived, for filters and distinct counts."""

    record = models.ForeignKey(
        Record, on_delete=models.CASCADE, related_name="facets", db_index=False
    )
    type = models.ForeignKey(
        "definitions.Definition", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    happened_on = models.DateField()
    field = models.CharField(max_length=60)
    value = models.CharField(max_length=200)
    number = models.BigIntegerField(null=True)  # for number fields, in units of 1/SCALE

    class Meta:
        indexes = [
            models.Index(
                fields=["type", "field", "value", "happened_on", "record", "number"],
                name="facet_cover",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["record", "field", "value"], name="facet_once"),
        ]


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
