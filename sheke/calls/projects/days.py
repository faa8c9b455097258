"""The days of a project: when it ends, when its milestones are due. No database."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from datetime import date
from typing import Any

from sheke.definitions.programmes import Outcome, Programme

MOST = 240  # months


def months_on(day: date, months: int) -> date:
    """The same day so many months later; the month's last where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def months_between(first: date, last: date) -> int:
    """Whole months, rounded, one at least: how long a project took."""
    days = (last - first).days
    return max(1, round(days * 12 / 365.25))


def end_of(programme: Programme, values: Mapping[str, Any], starts_on: date) -> date:
    """When a project ends: on the day that the form's field read as its end says, else after the
    months of the outcome. A day that is not after the start, or absurdly late, is not taken.
    """
    field = programme.used_as("ends")
    text = values.get(field.key) if field else None
    try:
        wanted = date.fromisoformat(str(text)) if text else None
    except ValueError:
        wanted = None
    if wanted and starts_on < wanted <= months_on(starts_on, MOST):
        return wanted
    return months_on(starts_on, programme.outcome.months)


def milestone_days(outcome: Outcome, starts_on: date, ends_on: date) -> dict[str, date]:
    """When each milestone is due, by key: the closing at the end, none after it."""
    return {
        each.key: ends_on if each.kind == "closing"
        else min(months_on(starts_on, each.months), ends_on)
        for each in outcome.milestones
    }  # fmt: skip
