"""Named reads of reporting."""

from __future__ import annotations

import json

from django.db import connection
from django.db.models import Count, Q, QuerySet
from django.db.models.expressions import RawSQL

from sheke.directory.models import Account, Organisation
from sheke.directory.queries import acting_organisations, reachable_organisations
from sheke.ledger.models import Record, RecordQuerySet
from sheke.reports.models import Figure, Report, Snapshot, Template
from sheke.reports.tracing import Flag, flags_of
from sheke.reports.wordings import BLANK, FilledText


def visible_reports(account: Account) -> QuerySet[Report]:
    """Reports of the organisations that `account` acts for, with those below them."""
    mine = Report.objects.filter(organisation__in=reachable_organisations(account))
    # A snapshot's body and rows may be megabytes; whoever needs them asks for the snapshot itself.
    return mine.select_related("organisation", "template", "snapshot").defer(
        "snapshot__body", "snapshot__lineage"
    )


def visible_templates(account: Account) -> QuerySet[Template]:
    """Templates of the organisations that `account` acts for, with those below them."""
    return Template.objects.filter(
        organisation__in=reachable_organisations(account)
    ).select_related("organisation")


def usable_templates(account: Account) -> QuerySet[Template]:
    """Templates that `account` may fill: its own and those of the organisations above it."""
    usable = Q(organisation__in=reachable_organisations(account))
    for organisation in acting_organisations(account):
        usable |= Q(organisation__in=Organisation.objects.above(organisation))
    return Template.objects.filter(usable).select_related("organisation")


def listed_reports(account: Account) -> QuerySet[Report]:
    """Visible reports with how many figures they have and how many of them are blank."""
    return (
        visible_reports(account)
        .annotate(
            figure_count=Count("figures"),
            blank_count=Count("figures", filter=Q(figures__printed=BLANK)),
        )
        .order_by("-last_day", "-id")
    )


def report_figures(report: Report) -> list[Figure]:
    """The report's figures in the order of the text, with slots and definitions."""
    return list(
        report.figures.select_related("slot", "edition__definition", "organisation").order_by(
            "slot__start"
        )
    )


def flags_of_report(report: Report, text: FilledText) -> list[Flag]:
    """What a person should look at in the filled text."""
    bound = set(report.template.slots.exclude(binding="").values_list("key", flat=True))
    return flags_of(
        text,
        bound,
        template_year=report.template.year,
        report_year=report.last_day.year,
    )


def previous_report(report: Report) -> Report | None:
    """The latest report of the same organisation that ends before this one."""
    return (
        Report.objects.filter(organisation=report.organisation, last_day__lt=report.last_day)
        .exclude(pk=report.pk)
        .select_related("organisation", "template")
        .order_by("-last_day", "-id")
        .first()
    )


def published_snapshot(code: str) -> Snapshot | None:
    """The snapshot of a code, when its office chose to show something of it."""
    return (
        Snapshot.objects.filter(code=code, publication__withdrawn_at=None)
        .exclude(publication=None)
        .select_related("publication", "report", "previous")
        .first()
    )


def frozen_records(rows: dict[int, int]) -> RecordQuerySet:
    """The records behind a frozen figure, as they are now."""
    # As one JSON parameter: a figure may have more rows than a statement may have parameters.
    return Record.objects.filter(pk__in=_numbers(list(rows)))


def _numbers(numbers: list[int]) -> RawSQL:
    """A subselect of numbers, however many."""
    if connection.vendor == "sqlite":
        return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(numbers)])
    return RawSQL("SELECT unnest(%s::bigint[])", [numbers])
