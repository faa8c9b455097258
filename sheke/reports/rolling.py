"""Years in titles and headings, moved on with the report.

Last year's text says its year in its title (2024年工作总结) and next year's in a heading (2025年工作打算).
Both move by the distance between the template's year and the report's. Years in sentences are left
alone and flagged: an event keeps its date.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from sheke.reports.word.structure import Role, classify
from sheke.reports.wordings import Filling

_MOVED = {Role.TITLE, Role.SUBTITLE, Role.HEADING1, Role.HEADING2, Role.HEADING3}


def rolled_years(
    text: str, template_year: int, report_year: int, slots: Iterable[Filling] = ()
) -> list[Filling]:
    """What to print in place of the template's year and the next one; fillings without a key."""
    distance = report_year - template_year
    if not distance:
        return []
    years = re.compile(rf"(?<![0-9])({template_year}|{template_year + 1})(?=\s?年)")
    held = [(slot.start, slot.end) for slot in slots]
    return [
        Filling("", start + m.start(), start + m.end(), str(int(m[1]) + distance))
        for start, line in _titles(text)
        for m in years.finditer(line)
        if not any(a < start + m.end() and start + m.start() < b for a, b in held)
    ]


def _titles(text: str) -> list[tuple[int, str]]:
    """Titles and headings with their place."""
    places, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            places.append((start, line))
        start += len(line) + 1
    roles = classify([line.strip() for _, line in places])
    return [place for place, line in zip(places, roles, strict=True) if line.role in _MOVED]
