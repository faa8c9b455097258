"""Whether every numeral of a filled report is traced, declared, or has to be looked at."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from sheke.reports.slots import find_slots, warnings_for
from sheke.reports.slots.masks import Masks
from sheke.reports.verification.texts import Placed
from sheke.reports.wordings import BLANK, FilledText

_DIGITS = re.compile(r"[0-9０-９]+(?:[.,．，][0-9０-９]+)*")
_YEAR = re.compile(r"(?<![0-9])(20[0-9]{2})(?=\s?(?:年|—|－|-))")


@dataclass(frozen=True, slots=True)
class Flag:
    """Something in the text that a person should look at: what kind, where, and why.

    Kinds: `unbound`, `no_value`, `untraced`, `other_year`, and those of the slot finder.
    """

    kind: str
    start: int
    end: int
    text: str
    message: str
    key: str = ""

    def as_json(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__ if name != "key" or self.key}


def flags_of(
    filled: FilledText, bound: set[str], *, template_year: int, report_year: int
) -> list[Flag]:
    """All flags of a filled text in order; `bound` are the keys of slots that have a binding."""
    flags = [_blank(p, p.key in bound) for p in filled.placed if p.text == BLANK]
    flags += _untraced(filled)
    if template_year != report_year:
        flags += _other_year(filled, template_year)
    flags += [
        Flag(str(w.kind), w.start, w.end, w.text, str(w.message))
        for w in warnings_for(filled.text, find_slots(filled.text))
    ]
    return sorted(flags, key=lambda f: (f.start, f.end))


def _blank(placed: Placed, bound: bool) -> Flag:
    if bound:
        message = _("The indicator has no value here: there is nothing to divide by.")
        return Flag("no_value", placed.start, placed.end, placed.text, message, placed.key)
    message = _("Nothing is bound to this place.")
    return Flag("unbound", placed.start, placed.end, placed.text, message, placed.key)


def _untraced(filled: FilledText) -> list[Flag]:
    """Figures of the finder, and any other digits outside dates, ordinals and names."""
    inside = _Inside(filled.placed)
    masks = Masks(filled.text)
    found = [(s.start, s.end) for s in find_slots(filled.text) if not inside(s.start, s.end)]
    known = _Inside([Placed("", start, end, "") for start, end in found])
    for match in _DIGITS.finditer(filled.text):
        start, end = match.span()
        if not (inside(start, end) or known(start, end) or masks.covers(start)):
            found.append((start, end))
    message = _("This number is neither traced to records nor declared as a constant.")
    return [Flag("untraced", a, b, filled.text[a:b], message) for a, b in found]


def _other_year(filled: FilledText, year: int) -> list[Flag]:
    inside = _Inside([*filled.placed, *filled.moved])
    messages = {
        year: _("The text still speaks of the template's year."),
        year + 1: _("When the template was written, this was the coming year."),
    }
    return [
        Flag("other_year", *match.span(1), match[1], messages[int(match[1])])
        for match in _YEAR.finditer(filled.text)
        if int(match[1]) in messages and not inside(*match.span(1))
    ]


class _Inside:
    """Whether a stretch touches one of many that are in order and do not overlap."""

    def __init__(self, placed: Sequence[Placed]) -> None:
        spans = sorted((p.start, p.end) for p in placed)
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]

    def __call__(self, start: int, end: int) -> bool:
        index = bisect_right(self._starts, end - 1) - 1
        return index >= 0 and self._ends[index] > start
