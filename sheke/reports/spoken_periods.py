"""Periods as a sentence says them, declared against the report's year.

截至10月底 ends the report's period early, 上半年 names both ends, 2019年的21% in a text about 2024
speaks of five years before. What is not said is the report's own period: `{}`.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from typing import Any

from .slots.numerals import chinese

_N = r"([0-9一二三四五六七八九十]{1,3})"
_UNTIL = re.compile(
    rf"(?:截至|截止到?|到)(?:目前)?(?:今年|本年)?(?:(?:19|20)\d\d年)?{_N}月(?:{_N}日|(底|末|份)|(?=[，,]))"
)
_MONTHS = re.compile(rf"(?<!\d){_N}月?(?:[-—–~～至到]){_N}月")
_QUARTERS = re.compile(r"前([一二两三四1-4])(?:个)?季度")
_QUARTER = re.compile(r"(?<!前)(?:第)?([一二三四1-4])季度")
_HALF = re.compile(r"(上|下)半年")
_YEAR = re.compile(
    r"((?:19|20)\d\d)年(?!度?(?:工作|总结|计划|要点|目标|\d|[一二三四五六七八九十]{1,2}月))"
)
_LAST_YEAR = re.compile(
    r"(?:由|从)(?:去年|上年)(?:同期)?的?$|(?:去年|上年)(?:同期)?(?:为|是|仅|只有)$"
)


def spoken_period(before: str, year: int) -> dict[str, Any]:
    """The period said last in `before`, the sentence up to the figure of a text about `year`."""
    found: list[tuple[int, dict[str, Any]]] = []
    for pattern, read in _READERS:
        for match in pattern.finditer(before):
            period = read(match, year)
            if period is not None:
                found.append((match.start(), period))
    return max(found, key=lambda pair: pair[0])[1] if found else {}


def _until(match: re.Match[str], year: int) -> dict[str, Any] | None:
    month = _number(match[1])
    if not 1 <= month <= 12:
        return None
    last = calendar.monthrange(year, month)[1]
    day = min(_number(match[2]), last) if match[2] else last
    return {"until": f"{month:02}-{day:02}"}


def _months(match: re.Match[str], year: int) -> dict[str, Any] | None:
    first, last = _number(match[1]), _number(match[2])
    return _span(first, last, year) if 1 <= first <= last <= 12 else None


def _quarters(match: re.Match[str], year: int) -> dict[str, Any]:
    return _span(1, 3 * _number(match[1]), year)


def _quarter(match: re.Match[str], year: int) -> dict[str, Any]:
    n = _number(match[1])
    return _span(3 * n - 2, 3 * n, year)


def _half(match: re.Match[str], year: int) -> dict[str, Any]:
    return _span(1, 6, year) if match[1] == "上" else _span(7, 12, year)


def _other_year(match: re.Match[str], year: int) -> dict[str, Any] | None:
    distance = int(match[1]) - year
    if abs(distance) > 30:
        return None
    return {"years": distance} if distance else {}


def _last_year(_match: re.Match[str], _year: int) -> dict[str, Any]:
    return {"years": -1}


def _span(first: int, last: int, year: int) -> dict[str, Any]:
    end = f"{last:02}-{calendar.monthrange(year, last)[1]:02}"
    return {"until": end} if first == 1 else {"first": f"{first:02}-01", "last": end}


def _number(text: str) -> int:
    return int(text) if text.isdigit() else int(chinese(text) or 0)


_READERS: list[tuple[re.Pattern[str], Callable[[re.Match[str], int], dict[str, Any] | None]]] = [
    (_UNTIL, _until),
    (_MONTHS, _months),
    (_QUARTERS, _quarters),
    (_QUARTER, _quarter),
    (_HALF, _half),
    (_YEAR, _other_year),
    (_LAST_YEAR, _last_year),
]
