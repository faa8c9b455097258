"""The derived rows that indicators read: countable lines, and values to filter by."""

from __future__ import annotations

from django.db import models

from sheke.directory.models import Organisation

from .records import Record

# Amounts are kept as whole ten-thousandths, so that sums are exact on every database.
SCALE = 10_000


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
