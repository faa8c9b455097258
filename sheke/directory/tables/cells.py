"""Reading one cell: text, day, one of several choices. Wrong cells raise ValueError with the reason."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from sheke.core.tables import Cell

DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?|(\d{4})(\d{2})(\d{2})")


def text(cell: Cell, most: int) -> str:
    """A text without line breaks of at most `most` characters; a number as it is written."""
    value = " ".join(str(cell).split()) if cell is not None else ""
    if len(value) > most:
        raise ValueError(_("longer than %(most)s characters") % {"most": most})
    return value


def day(cell: Cell) -> date | None:
    """A date cell, or `2025-03-01`, `2025/3/1`, `2025年3月1日`, `20250301`."""
    if cell is None or isinstance(cell, date):
        return cell
    match = DAY.fullmatch(str(cell).strip())
    try:
        if match:
            return date(*(int(part) for part in match.groups() if part))
    except ValueError:
        pass
    raise ValueError(_("“%(cell)s” is no day; write 2025-03-01") % {"cell": cell})


def choice(cell: Cell, names: Mapping[str, str]) -> str:
    """The key in `names` that the cell says, as a key or as its name."""
    value = text(cell, 200)
    for key, name in names.items():
        if value in (key, name):
            return key
    known = "、".join(map(str, names.values()))
    raise ValueError(_("“%(value)s” is none of: %(known)s") % {"value": value, "known": known})
