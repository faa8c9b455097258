"""Years that mean the report's own, moved on with the report.

Last year's text says its year in its title (2024年工作总结), next year's in a heading (2025年工作打算), and
opens sentences and names cut-off days with its year (2024年，… 2025年，计划… 2024年度… 截至2024年10月底). These
move by the distance between the template's year and the report's. Other years in sentences are left alone and flagged: an event keeps its date.
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
    own = re.compile(
        rf"(?<![0-9])(?:{template_year}|{template_year + 1})(?=年(?:[，,度]|以来|全[年市县区]))"
        rf"|(?<=截[至止]){template_year}(?=年)"
    )
    found = {start + m.start() for start, line in _titles(text) for m in years.finditer(line)}
    found |= {m.start() for m in own.finditer(text)}
    held = [(slot.start, slot.end) for slot in slots]
    return [
        Filling("", at, at + 4, str(int(text[at : at + 4]) + distance))
        for at in sorted(found)
        if not any(start < at + 4 and at < end for start, end in held)
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
