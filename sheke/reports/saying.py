"""Periods and scopes of figures in words."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sheke.directory.models import Organisation


def say_period(first: date, last: date) -> str:
    """`2025年`, `2025年1—10月`, `2025年3月1日至10月15日`; ISO days in English."""
    if not (get_language() or "zh").startswith("zh"):
        return f"{first.isoformat()} – {last.isoformat()}"
    if first.year != last.year:
        return f"{_day(first)}至{_day(last)}"
    whole = first.day == 1 and last.day == calendar.monthrange(last.year, last.month)[1]
    if whole and (first.month, last.month) == (1, 12):
        return f"{first.year}年"
    if whole and first.month == last.month:
        return f"{first.year}年{first.month}月"
    if whole:
        return f"{first.year}年{first.month}—{last.month}月"
    return f"{_day(first)}至{last.month}月{last.day}日"


def say_scope(name: str, kinds: Iterable[str], own: bool) -> str:
    """Which organisations are counted: one alone, or all below it, or those of some kinds."""
    if own:
        return _("%(name)s alone") % {"name": name}
    labels = [str(Organisation.Kind(kind).label) for kind in kinds if kind in Organisation.Kind]
    if labels:
        return _("%(kinds)s of %(name)s") % {"name": name, "kinds": "、".join(labels)}
    return _("%(name)s with all below it") % {"name": name}


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
