"""Periods: as people write them, and as a slot declares them against its report's."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from sheke.core.errors import BadInput

Period = tuple[date, date]

_FORMS: tuple[tuple[re.Pattern[str], Callable[[int, int], tuple[int, int]]], ...] = (
    (re.compile(r"(\d{4})"), lambda _year, _n: (1, 12)),
    (re.compile(r"(\d{4})-?[Hh]([12])"), lambda _year, n: (6 * n - 5, 6 * n)),
    (re.compile(r"(\d{4})-?[Qq]([1-4])"), lambda _year, n: (3 * n - 2, 3 * n)),
    (re.compile(r"(\d{4})-(0?[1-9]|1[0-2])"), lambda _year, n: (n, n)),
)
_SPAN = re.compile(r"(\d{4}-\d{2}-\d{2})\s*(?:\.\.|/|~|至)\s*(\d{4}-\d{2}-\d{2})")
_DAY = re.compile(r"(?:(\d{4})-)?(\d{1,2})-(\d{1,2})")


def parse_period(text: str) -> Period:
    """First and last day of `2025`, `2025-H1`, `2025-Q3`, `2025-10`, `2025-01-01..2025-10-31`."""
    text = text.strip()
    try:
        if span := _SPAN.fullmatch(text):
            first, last = (date.fromisoformat(day) for day in span.groups())
            if first <= last:
                return first, last
        for pattern, months in _FORMS:
            if match := pattern.fullmatch(text):
                year = int(match[1])
                begin, end = months(year, int(match[2]) if match.lastindex == 2 else 0)
                return date(year, begin, 1), _month_end(year, end)
    except ValueError:
        pass
    raise BadInput(
        _(
            "“%(text)s” is no period; write 2025, 2025-H1, 2025-Q3, 2025-10 or 2025-01-01..2025-10-31."
        )
        % {"text": text}
    )


def slot_period(declared: Mapping[str, Any], report: Period) -> Period:
    """The days a slot counts: its own period, what it leaves open from the report's.

    `{}` is the report's period; `{"until": "10-31"}` ends it earlier; `{"first": …, "last": …}` sets
    either end, as month and day of the report's year or as a whole date; `{"years": -1}` shifts all
    of it. Raises BadInput when that gives no period.
    """
    first = _day(declared.get("first"), report[0], report[1].year)
    last = _day(declared.get("last") or declared.get("until"), report[1], report[1].year)
    if years := int(declared.get("years") or 0):
        first, last = _shifted(first, years), _shifted(last, years)
    if last < first:
        raise BadInput(
            _("The slot's period ends on %(last)s, before it begins on %(first)s.")
            % {"first": first.isoformat(), "last": last.isoformat()}
        )
    return first, last


def _day(text: object, default: date, year: int) -> date:
    if not text:
        return default
    match = _DAY.fullmatch(str(text))
    if not match or not 1 <= int(match[2]) <= 12:
        raise BadInput(_("“%(text)s” is no day; write 10-31 or 2025-10-31.") % {"text": text})
    year, month = int(match[1] or year), int(match[2])
    return date(year, month, min(int(match[3]), calendar.monthrange(year, month)[1]) or 1)


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _shifted(day: date, years: int) -> date:
    last = calendar.monthrange(day.year + years, day.month)[1]
    return date(day.year + years, day.month, min(day.day, last))
