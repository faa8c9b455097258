"""The periods of recurring returns: months, quarters, halves, years."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from django.utils.translation import gettext as _

MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
Span = tuple[date, date]


def period_of(kind: str, day: date) -> Span:
    """The period of `kind` that `day` lies in; of “once” the month."""
    size = MONTHS.get(kind, 1)
    first = day.replace(day=1, month=(day.month - 1) // size * size + 1)
    return first, _end(first, size)


def before(kind: str, span: Span) -> Span:
    """The period just before."""
    return period_of(kind, span[0] - timedelta(days=1))


def ended(kind: str, since: date, today: date) -> Iterator[Span]:
    """The periods that began on or after `since` and are over on `today`, the earliest first."""
    first, last = period_of(kind, since)
    if first < since:
        first, last = period_of(kind, last + timedelta(days=1))
    while last < today:
        yield first, last
        first, last = period_of(kind, last + timedelta(days=1))


def a_year_before(day: date) -> date:
    """The same day a year before; the last of February stays the last."""
    last = monthrange(day.year - 1, day.month)[1]
    at_end = day.day == monthrange(day.year, day.month)[1]
    return day.replace(year=day.year - 1, day=last if at_end else min(day.day, last))


def year_before(span: Span) -> Span:
    return a_year_before(span[0]), a_year_before(span[1])


def name(span: Span) -> str:
    """2026年3月, 2026年第一季度, 2026年上半年, 2026年; else from–to."""
    first, last = span
    year = {"year": first.year}
    if first.day != 1 or last != _end(first, size := _size(span)):
        return f"{first} – {last}"
    match size:
        case 1:
            return _month(first)
        case 3 if first.month % 3 == 1:
            return _("Quarter %(n)s of %(year)s") % (year | {"n": (first.month + 2) // 3})
        case 6 if first.month in (1, 7):
            half = _("First half of %(year)s") if first.month == 1 else _("Second half of %(year)s")
            return half % year
        case 12 if first.month == 1:
            return _("Year %(year)s") % year
    return f"{first} – {last}"


def slug(span: Span) -> str:
    """For keys: 2026-03, 2026-q1, 2026-h1, 2026, else both days."""
    first, last = span
    size = _size(span)
    if first.day != 1 or last != _end(first, size):
        return f"{first:%Y%m%d}-{last:%Y%m%d}"
    if size == 3 and first.month % 3 == 1:
        return f"{first.year}-q{(first.month + 2) // 3}"
    if size == 6 and first.month in (1, 7):
        return f"{first.year}-h{1 if first.month == 1 else 2}"
    if size == 12 and first.month == 1:
        return str(first.year)
    return f"{first:%Y-%m}" if size == 1 else f"{first:%Y%m%d}-{last:%Y%m%d}"


def _month(day: date) -> str:
    return _("%(year)s-%(month)s") % {"year": day.year, "month": f"{day.month:02}"}


def _size(span: Span) -> int:
    first, last = span
    return (last.year - first.year) * 12 + last.month - first.month + 1


def _end(first: date, months: int) -> date:
    years, month = divmod(first.month - 1 + months - 1, 12)
    year, month = first.year + years, month + 1
    return date(year, month, monthrange(year, month)[1])
