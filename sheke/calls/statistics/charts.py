"""Charts of the statistics, each drawn from the table that stands beside it."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sheke.core.charts import Cell, Chart, Row

from ..models import Call
from .counting import Group, Statistics, Table
from .years import Edition

SHOWN = 12  # groups in a chart; the table has all
KINDS = {"age": "bar", "gender": "bar"}


@dataclass(frozen=True)
class Line:
    """A group with the lists that its numbers lead to."""

    group: Group
    url: str
    awarded_url: str


@dataclass(frozen=True)
class Block:
    """A table and the chart of its largest groups."""

    table: Table
    chart: Chart
    lines: list[Line]


def blocks_of(call: Call, found: Statistics) -> list[Block]:
    """Every table of the page, with rates beside the numbers that they are made of."""
    return [
        Block(table, table_chart(call, table), [_line(call, group) for group in table.groups])
        for table in found.tables
    ]


def _line(call: Call, group: Group) -> Line:
    won = f"{group.query}&state=awarded" if group.query else None
    return Line(group, url(call, group.query), url(call, won))


def funnel_chart(call: Call, found: Statistics) -> Chart:
    rows = [
        Row(step.name, [Cell(step.count, url(call, step.query))]) for step in found.funnel
    ]  # fmt: skip
    return Chart(
        _("The way through the stages"), "bars", _("Step"), [_("Submissions")], rows, _unit()
    )


def table_chart(call: Call, table: Table) -> Chart:
    """Numbers alone: a rate has another scale."""
    lines = [_line(call, group) for group in table.groups if not group.is_hidden][:SHOWN]
    rows = [
        Row(
            one.group.name,
            [Cell(one.group.sent, one.url), Cell(one.group.awarded, one.awarded_url)],
        )
        for one in lines
    ]
    series = [pgettext("submissions", "Sent in"), pgettext("submissions", "Awarded")]
    return Chart(table.title, KINDS.get(table.key, "bars"), _("Group"), series, rows, _unit())


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


def _unit() -> str:
    return pgettext("counted", "submissions")
