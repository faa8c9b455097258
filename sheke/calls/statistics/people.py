"""What is counted of the people who lead submissions."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

BANDS = (30, 35, 40, 45, 50, 55, 60)  # each begins a band of ages
UNKNOWN = ""


def age_band(born: date | None, on: date) -> str:
    """Key of the band of an age in full years on a day: “-30”, “30-34”, …, “60-”; "" where unknown."""
    if born is None or born > on:
        return UNKNOWN
    age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    if age < BANDS[0]:
        return f"-{BANDS[0]}"
    for first, following in pairwise(BANDS):
        if age < following:
            return f"{first}-{following - 1}"
    return f"{BANDS[-1]}-"


def band_keys() -> list[str]:
    """All bands in order."""
    between = [f"{a}-{b - 1}" for a, b in pairwise(BANDS)]
    return [f"-{BANDS[0]}", *between, f"{BANDS[-1]}-"]


def band_name(key: str) -> str:
    """As it is printed."""
    if not key:
        return unknown()
    first, _dash, last = key.partition("-")
    if not first:
        return _("under %(age)s") % {"age": last}
    if not last:
        return _("%(age)s and older") % {"age": first}
    return _("%(first)s to %(last)s") % {"first": first, "last": last}


def gender_name(key: str) -> str:
    names = {"female": pgettext("gender", "female"), "male": pgettext("gender", "male")}
    return names.get(key, key) or unknown()


def unknown() -> str:
    return pgettext("statistics", "not given")
