"""Working days: Monday to Friday, but for the days that the office entered as special."""

from __future__ import annotations

from datetime import date, timedelta

from ..models import SpecialDay

SATURDAY = 5
REACH = 400  # calendar days in which a notice must end


def works(day: date, special: dict[date, bool]) -> bool:
    """Whether people work on the day. special: {day: works} of the days that are otherwise."""
    return special.get(day, day.weekday() < SATURDAY)


def special_days(first: date, last: date) -> dict[date, bool]:
    """The special days from `first` to `last`."""
    found = SpecialDay.objects.filter(day__range=(first, last))
    return dict(found.values_list("day", "works"))


def last_day(published: date, working_days: int) -> date:
    """The day on which the last of so many full working days ends. The day of publishing is not
    counted, as periods are counted from the day after.
    """
    special = special_days(published, published + timedelta(days=REACH))
    day, left = published, working_days
    while left:
        day += timedelta(days=1)
        left -= works(day, special)
    return day
