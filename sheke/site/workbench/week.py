"""One week of one's calendar: deadlines and meetings, Monday to Sunday."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sheke.directory.models import Account, Organisation
from sheke.notices.deadlines import Deadline, deadlines, deadlines_of, in_order

DAYS = timedelta(days=7)


@dataclass(frozen=True)
class Day:
    date: date
    deadlines: list[Deadline]
    is_today: bool


@dataclass(frozen=True)
class Week:
    """`before` and `after` are the Mondays beside it."""

    monday: date
    days: list[Day]

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)

    @property
    def before(self) -> date:
        return self.monday - DAYS

    @property
    def after(self) -> date:
        return self.monday + DAYS

    @property
    def is_this(self) -> bool:
        return any(day.is_today for day in self.days)

    @property
    def is_empty(self) -> bool:
        return not any(day.deadlines for day in self.days)


def week_of(
    account: Account, organisation: Organisation | None, day: date, today: date
) -> Week:  # fmt: skip
    """The week in which `day` lies, with what concerns the account and the organisation it acts for."""
    monday = day - timedelta(days=day.weekday())
    sunday = monday + timedelta(days=6)
    found = deadlines(account, monday, sunday)
    if organisation is not None:
        found = in_order([*found, *deadlines_of(organisation, monday, sunday)])
    dates = [monday + timedelta(days=n) for n in range(7)]
    return Week(
        monday,
        [Day(date_, [d for d in found if d.day == date_], date_ == today) for date_ in dates],
    )
