"""Spans of days: the same span a year before, and its months."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

Span = tuple[date, date]
MOST_MONTHS = 24


def year_before(day: date) -> date:
    """The same day a year before; 29 February becomes 28 February."""
    last = monthrange(day.year - 1, day.month)[1]
    return day.replace(year=day.year - 1, day=min(day.day, last))


def same_span_before(span: Span, today: date) -> Span:
    """The span a year before, and only as far as this one has run, so that like meets like."""
    first, last = span
    if first <= today < last:
        last = today
    return year_before(first), year_before(last)


def buckets(span: Span) -> list[Span]:
    """The months of the span, its first and last cut to it; years where there are too many months."""
    first, last = span
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    return list(_cut(span, yearly=months > MOST_MONTHS))


def _cut(span: Span, yearly: bool) -> Iterator[Span]:
    day, last = span
    while day <= last:
        month = 12 if yearly else day.month
        end = date(day.year, month, monthrange(day.year, month)[1])
        yield day, min(end, last)
        day = end + timedelta(days=1)


def bucket_name(bucket: Span, among: list[Span]) -> str:
    """2025-03 for a month, 2025 for a year."""
    yearly = any((last - first).days > 31 for first, last in among)
    return str(bucket[0].year) if yearly else f"{bucket[0]:%Y-%m}"
