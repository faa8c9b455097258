"""What a cell says: days in the ways people write them, lists, numbers."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from sheke.core.tables import Cell

SERIALS = range(20_000, 80_000)  # 1954 to 2119, as spreadsheet programs number the days
WRITTEN = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:\s+0?0:00(?::00)?)?"
)
RUN_TOGETHER = re.compile(r"(\d{4})(\d{2})(\d{2})")
SEPARATORS = re.compile(r"[、,，;；\n]+")


def day(cell: Cell) -> date:
    """A day. Raises ValueError with a message when it is none."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = unicodedata.normalize("NFKC", str(cell)).strip()
    if isinstance(cell, int) and cell in SERIALS:
        return date(1899, 12, 30) + timedelta(days=cell)
    match = WRITTEN.fullmatch(text) or RUN_TOGETHER.fullmatch(text)
    if match:
        try:
            return date(*map(int, match.groups()))
        except ValueError:
            pass
    raise ValueError(_("“%(value)s” is not a date like 2025-03-31.") % {"value": text})


def parts(cell: Cell) -> list[str]:
    """The pieces of a list: 甲、乙；丙."""
    text = "" if cell is None else str(cell)
    return [piece.strip() for piece in SEPARATORS.split(text) if piece.strip()]


def text(cell: Cell) -> str:
    """A cell as text; days as 2025-03-31, numbers without trailing noise."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "minutes")
    if isinstance(cell, float):
        return f"{round(cell, 6):f}".rstrip("0").rstrip(".")
    return str(cell)


def amount(cell: Cell) -> Any:
    """A number for the content's check: 1,200 and full-width digits too."""
    if isinstance(cell, bool | date):
        raise ValueError(_("“%(value)s” is not a number.") % {"value": cell})
    return unicodedata.normalize("NFKC", text(cell)).strip()
