"""The plan's year as bars: where each item begins and is due, in columns of half a month."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date

from .models import Item
from .nodes import Node, Tree

COLUMNS = 24


@dataclass(frozen=True)
class Bar:
    """`first` and `last` are columns from 1 to 24; `open` when nothing says when it is due."""

    node: Node
    first: int
    last: int
    open: bool

    @property
    def span(self) -> int:
        return self.last - self.first + 1


@dataclass(frozen=True)
class Gantt:
    bars: list[Bar]
    today: int  # the column of today, 0 outside the year
    months: range = range(1, 13)


def gantt(tree: Tree, today: date) -> Gantt:
    """One bar for each node but problems, in reading order."""
    year = tree.plan.year
    nodes = [node for node in tree.nodes if node.item.kind != Item.Kind.PROBLEM]
    now = column(today) if today.year == year else 0
    return Gantt([_bar(node, year) for node in nodes], now)


def column(day: date) -> int:
    """The half month of a day: 1 to 24."""
    middle = (calendar.monthrange(day.year, day.month)[1] + 1) // 2
    return 2 * day.month - (day.day <= middle)


def _bar(node: Node, year: int) -> Bar:
    last = _within(node.due, year) or COLUMNS
    days = [row.target.goal.first_day for row in node.targets]
    first = min((_within(day, year) or 1 for day in days), default=1)
    return Bar(node, min(first, last), last, node.due is None)


def _within(day: date | None, year: int) -> int:
    if day is None:
        return 0
    return column(day) if day.year == year else (COLUMNS if day.year > year else 1)
