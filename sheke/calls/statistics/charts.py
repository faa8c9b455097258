"""Charts of the statistics, each drawn from the table that stands beside it."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sheke.core.charts import Cell, Chart, Row

from ..models import Call
from .counting import Group, Statistics, Table
from .years import Edition

SHOWN = 30  # groups in a chart; the sheet has all
KINDS = {"age": "bar", "gender": "bar", "title": "bars"}


def charts_of(call: Call, found: Statistics, years: list[Edition]) -> list[Chart]:
    """The funnel, one for each table, and the years where there are several."""
    charts = [funnel_chart(call, found), *(table_chart(call, table) for table in found.tables)]
    if len(years) > 1:
        charts.append(years_chart(years))
    return charts


def funnel_chart(call: Call, found: Statistics) -> Chart:
    rows = [
        Row(step.name, [Cell(step.count, url(call, step.query))]) for step in found.funnel
    ]  # fmt: skip
    return Chart(
        _("The way through the stages"), "bars", _("Step"), [_("Submissions")], rows, _unit()
    )


def table_chart(call: Call, table: Table) -> Chart:
    rows = [
        Row(group.name, _cells(call, group))
        for group in [g for g in table.groups if not g.is_hidden][:SHOWN]
    ]
    series = [
        pgettext("submissions", "Sent in"),
        pgettext("submissions", "Awarded"),
        _("Success rate in percent"),
    ]
    return Chart(table.title, KINDS.get(table.key, "bars"), _("Group"), series, rows, "")


def years_chart(years: list[Edition]) -> Chart:
    rows = [
        Row(
            one.call.title,
            [Cell(one.sent, url(one.call, "")), Cell(one.awarded, url(one.call, "state=awarded"))],
            reverse("calls:statistics", args=[one.call.pk]),
        )
        for one in years
    ]
    series = [pgettext("submissions", "Sent in"), pgettext("submissions", "Awarded")]
    return Chart(_("The years beside each other"), "bar", _("Call"), series, rows, _unit())


def url(call: Call, query: str | None) -> str:
    """The list narrowed to what a number counts; "" where there is no such list."""
    if query is None:
        return ""
    address = reverse("calls:submissions", args=[call.pk])
    return f"{address}?{query}" if query else address


def _cells(call: Call, group: Group) -> list[Cell]:
    query = group.query
    won = f"{query}&state=awarded" if query else None
    return [
        Cell(group.sent, url(call, query)),
        Cell(group.awarded, url(call, won)),
        Cell(group.rate),
    ]


def _unit() -> str:
    return pgettext("counted", "submissions")
