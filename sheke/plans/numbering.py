"""Printed numbers of a tree: their kind, whether they run through, and what they would be anew."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from sheke.core.numerals import chinese_numeral, parse_chinese

from .models import Item

_NUMBER = re.compile(r"^(\D*?)([零〇一二三四五六七八九十百]+|\d+)(\D*)$")


@dataclass(frozen=True)
class Style:
    """How a number is written: what stands around it, and whether it is Chinese."""

    before: str
    after: str
    chinese: bool

    def write(self, value: int) -> str:
        return f"{self.before}{chinese_numeral(value) if self.chinese else value}{self.after}"


def read_number(text: str) -> tuple[Style, int] | None:
    """The style and value of a printed number; None for one that is not a plain one (1.2, ①)."""
    match = _NUMBER.match(text.strip())
    if not match:
        return None
    before, digits, after = match.groups()
    value = parse_chinese(digits) if not digits.isdecimal() else int(digits)
    return None if value is None else (Style(before, after, not digits.isdecimal()), value)


def renumbered(items: Iterable[Item]) -> list[tuple[Item, str]]:
    """The items, in reading order, whose number would be another: (item, its new number).

    Siblings are numbered where most of them are; in the style that most of them have; through the
    whole plan where that style runs through it, else from one under each parent.
    """
    groups: dict[tuple[int | None, bool], list[Item]] = {}
    for item in items:
        groups.setdefault((item.parent_id, item.kind == Item.Kind.PROBLEM), []).append(item)
    styled = [(group, style) for group in groups.values() if (style := _style(group))]
    running = {style for _group, style in styled if _runs_through(style, styled)}
    wanted: dict[int, str] = {}
    reached: Counter[Style] = Counter()
    for group, style in sorted(styled, key=lambda pair: pair[0][0].position):
        first = reached[style] if style in running else 0
        for value, item in enumerate(group, first + 1):
            wanted[item.pk] = style.write(value)
        reached[style] += len(group)
    flat = sorted((i for group in groups.values() for i in group), key=lambda item: item.position)
    return [(i, wanted[i.pk]) for i in flat if i.pk in wanted and wanted[i.pk] != i.number]


def _style(group: list[Item]) -> Style | None:
    """The style of most siblings; None where fewer than half have a number."""
    found = [read for item in group if (read := read_number(item.number))]
    if len(found) * 2 < len(group) or not found:
        return None
    return Counter(style for style, _value in found).most_common(1)[0][0]


def _runs_through(style: Style, styled: list[tuple[list[Item], Style]]) -> bool:
    """Whether several groups of the style were numbered on: few values come twice."""
    groups = [group for group, its in styled if its == style]
    if len(groups) < 2:
        return False
    reads = [read_number(item.number) for group in groups for item in group]
    values = Counter(read[1] for read in reads if read and read[0] == style)
    firsts = sum(1 for g in groups if any((r := read_number(i.number)) and r[1] == 1 for i in g))
    return firsts < 2 and max(values.values()) < 3
