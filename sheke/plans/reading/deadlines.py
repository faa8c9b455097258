"""Dates by which something is due, as plans say them."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from sheke.core.numerals import parse_chinese

_N = r"(\d{1,2}|[一二三四五六七八九十]{1,2})"
_YEAR = r"(?:(20\d\d|今|本|当|次|明)年?)?"
_END = r"(底之?前|底以前|末之?前|底|末|上旬|中旬|下旬|初|之?前|以前|内)?"
_SINCE = r"(?!以来|起|开始|至今|召开的|印发)"
_FORMS = [
    ("every", re.compile(r"每(?:个)?(周|月|季度?|半年|年|学期)度?(?!个)")),
    ("day", re.compile(rf"{_YEAR}\s*{_N}月\s*{_N}[日号](之?前|以前)?{_SINCE}")),
    ("months", re.compile(rf"{_YEAR}\s*{_N}月?份?\s*(?:至|到|-|—|–|~|～)+\s*{_N}月份?{_END}{_SINCE}")),
    ("month", re.compile(rf"{_YEAR}\s*(?<![\d一二三四五六七八九]){_N}月份?(?!\s*\d{{1,2}}[日号]){_END}{_SINCE}")),
    ("quarter", re.compile(rf"{_YEAR}第?([一二三四1-4])季度{_END}{_SINCE}")),
    ("half", re.compile(rf"{_YEAR}(上|下)半年{_END}{_SINCE}")),
    ("end", re.compile(rf"{_YEAR}(?:年)?(?:年底|年末|底|岁末)(?:之?前|以前)?{_SINCE}")),
    ("year", re.compile(r"(20\d\d年|今年|本年度?|当年)?(?:全年|年内|年度内|全年度)")),
    ("middle", re.compile(rf"{_YEAR}年中(?:之?前|以前)?(?!心|国|央)")),
    ("holiday", re.compile(rf"{_YEAR}[“\"]?(元旦|五一|五四|六一|七一|八一|国庆)[”\"]?节?[”\"]?(?:之?前(?!后)|以前)")),
    ("until", re.compile(r"到(20\d\d)年(?:底|末)?(?!度)")),
]  # fmt: skip
_LIMIT = re.compile(r"(?:时限|完成时间|时间节点)\s*[：:]\s*$")
_HOLIDAYS = {
    "元旦": (1, 1), "五一": (5, 1), "五四": (5, 4), "六一": (6, 1), "七一": (7, 1), "八一": (8, 1),
    "国庆": (10, 1),
}  # fmt: skip
_PERIODS = {
    "周": "week",
    "月": "month",
    "季": "quarter",
    "季度": "quarter",
    "半年": "half-year",
    "年": "year",
    "学期": "term",
}
TIMES_A_YEAR = {"week": 52, "month": 12, "quarter": 4, "half-year": 2, "term": 2, "year": 1}


@dataclass(frozen=True)
class Deadline:
    """A time in the text at `[start, end)`. `every` is set for what recurs, and then no date."""

    start: int
    end: int
    phrase: str
    date: date | None
    every: str = ""
    stated: bool = False  # behind “完成时限：”, which decides

    def as_json(self, field: str) -> dict[str, object]:
        day = self.date.isoformat() if self.date else None
        return {
            "in": field, "start": self.start, "end": self.end, "phrase": self.phrase,
            "date": day, "every": self.every,
        }  # fmt: skip


def find_deadlines(text: str, year: int | None) -> list[Deadline]:
    """The deadlines of `text` in order. Without a year, those that name none have no date."""
    found: list[Deadline] = []
    taken = bytearray(len(text))
    for form, pattern in _FORMS:
        for match in pattern.finditer(text):
            place = slice(*match.span())
            deadline = None if any(taken[place]) else _deadline(form, match, text, year)
            if deadline:
                taken[place] = b"\1" * len(taken[place])
                found.append(deadline)
    return sorted(found, key=lambda deadline: deadline.start)


def due_date(deadlines: list[Deadline]) -> date | None:
    """The day by which everything is due: the one stated as the time limit, else the latest."""
    dated = [d for d in deadlines if d.date]
    stated = [d for d in dated if d.stated]
    return max((d.date for d in stated or dated if d.date), default=None)


def _deadline(form: str, match: re.Match[str], text: str, year: int | None) -> Deadline | None:
    start, end = match.span()
    phrase = match[0].strip()
    if form == "every":
        return Deadline(start, end, phrase, None, _PERIODS[match[1]])
    if form == "end" and not re.search("年底|年末|岁末", phrase) and not match[1]:
        return None  # “底” alone
    named = _year(match, year)
    if named is None:
        return Deadline(start, end, phrase, None)
    try:
        day = _day(form, match, named)
    except ValueError:
        return None  # 13月, 2月30日
    stated = _LIMIT.search(text[max(0, start - 12) : start]) is not None
    return Deadline(start, end, phrase, day, stated=stated)


def _year(match: re.Match[str], year: int | None) -> int | None:
    said = re.search(r"20\d\d", match[0])
    if said:
        return int(said[0])
    return year + 1 if year and match[0].startswith(("次年", "明年")) else year


def _day(form: str, match: re.Match[str], year: int) -> date:
    if form == "day":
        return date(year, _number(match[2]), _number(match[3]))
    if form == "months":
        return _in_month(year, _number(match[3]), match[4] or "")
    if form == "month":
        return _in_month(year, _number(match[2]), match[3] or "")
    if form == "quarter":
        return _month_end(year, 3 * _number(match[2]))
    if form == "holiday":
        return date(year, *_HOLIDAYS[match[2]]) - timedelta(days=1)
    if form == "half":
        return _month_end(year, 6 if match[2] == "上" else 12)
    return _month_end(year, 6 if form == "middle" else 12)


def _in_month(year: int, month: int, part: str) -> date:
    if not 1 <= month <= 12:
        raise ValueError(month)
    days = {"上旬": 10, "初": 10, "中旬": 20}
    if part in days:
        return date(year, month, days[part])
    if part in {"前", "之前", "以前"}:  # before the month begins
        return _month_end(year - (month == 1), (month - 2) % 12 + 1)
    return _month_end(year, month)


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _number(text: str) -> int:
    value = int(text) if text.isascii() else parse_chinese(text)
    if value is None:
        raise ValueError(text)
    return value
