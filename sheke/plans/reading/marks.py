"""Numbers in front of headings, in all the forms that official documents use."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sheke.core.numerals import parse_chinese

_HAN = "[一二三四五六七八九十百]{1,4}|[壹贰叁肆伍陆柒捌玖拾]{1,3}"
_NUM = rf"({_HAN}|\d{{1,3}})"
_GAP = r"[ \u3000\t]*"
# (style, rank, pattern): a lower rank stands above a higher one when they first meet.
_FORMS = [
    ("part", 0, rf"第{_GAP}{_NUM}{_GAP}(?:部分|编|篇)[、，：:\s]*"),
    ("chapter", 1, rf"第{_GAP}{_NUM}{_GAP}章[、：:\s]*"),
    ("section", 2, rf"第{_GAP}{_NUM}{_GAP}节[、：:\s]*"),
    ("article", 3, rf"第{_GAP}{_NUM}{_GAP}条[、：:\s]*(?!例)"),
    # “一、二、三产业” counts things and heads nothing.
    ("han", 4, rf"({_HAN}){_GAP}[、.．](?!{_GAP}(?:{_HAN})(?:[、.．]|[^\n]{{0,3}}产业)){_GAP}"),
    (
        "han_bracket",
        5,
        rf"[（(〔【]{_GAP}({_HAN}){_GAP}[)）〕】]{_GAP}[、.．]?{_GAP}|([㈠-㈩]){_GAP}",
    ),
    (
        "decimal",
        7,
        r"(\d{1,2}(?:[.．]\d{1,2}){1,3})(?:[.．、]|[ \u3000\t]+|(?=[\u4e00-\u9fff“《]))\s*(?![万亿元倍%个人])",
    ),
    (
        "season",
        5,
        rf"(?:第([一二三四1-4])季度|([上下])半年|({_HAN}|\d{{1,2}})月份?)(?=[：:]?[ \u3000]*(?:\n|$))",
    ),
    ("arabic", 6, rf"(\d{{1,3}}){_GAP}[.．、](?!\d){_GAP}|([⒈-⒛]){_GAP}"),
    (
        "arabic_bracket",
        8,
        rf"[（(]{_GAP}(\d{{1,3}}){_GAP}[)）]{_GAP}[、.．]?{_GAP}|(\d{{1,2}})[)）]{_GAP}",
    ),
    ("circled", 9, rf"([①-⑳⑴-⒇]){_GAP}[、.．]?{_GAP}"),
]
_COMPILED = [(style, rank, re.compile(pattern)) for style, rank, pattern in _FORMS]
DASH_RANK = 9  # `——办好讲坛。…`
LIST_RANK = 10
_DASHES = ("—", "－", "–", "-", "─")
_DASH = re.compile(r"([—－–\-─]{1,3})[ \u3000]*(?=[\u4e00-\u9fff“《])")
# Enumerations within running text: “一是…二是…”, “首先…其次…”, “第一，…第二，…”, “其一…”.
_LISTS = [
    ("is", re.compile(r"([一二三四五六七八九十]{1,2})(?:则?是)[，,：:]?")),
    ("must", re.compile(r"([一二三四五六七八九十]{1,2})要[，,：:]?")),
    ("first", re.compile(r"(首先|其次|再次|再者|然后|最后)(?:是|要)?[，,：:]?")),
    ("ordinal", re.compile(r"第([一二三四五六七八九十]{1,2})(?:[，,、：:]|是|要)")),
    ("among", re.compile(r"其([一二三四五六七八九十]{1,2})(?:[，,、：:]|是|要)")),
]
_FIRST = {"首先": 1, "其次": 2, "再次": 3, "再者": 3, "然后": 3, "最后": 0}
_OPENING, _CLOSING = "“‘《（(【「『〔", "”’》）)】」』〕"
_AFTER_HEAD = "。；;！!？?：:\n”’）)"
_TOP = "一二三四五六七八九十第"
_AFTER_LIST = _AFTER_HEAD + "，,、》 \u3000"


@dataclass(frozen=True)
class Mark:
    """A number in the text: `[start, end)` with the blanks after it, its style and its value.

    Rank says how far down a style usually stands. Value 0 is “最后”: the next of its list.
    """

    start: int
    end: int
    style: str
    rank: int
    value: int
    line_start: bool
    printed: str
    path: tuple[int, ...] = ()  # 1.2.3 for decimals

    @property
    def is_list(self) -> bool:
        return self.rank == LIST_RANK


def line_mark(line: str) -> Mark | None:
    """The mark that this line begins with, leaving aside whether it continues a sequence."""
    return _head_at(line, 0, line_start=True)


def candidate_marks(text: str) -> list[Mark]:
    """Every number that could head something, in order; sequences are checked by the outline."""
    depths = depths_of(text)
    found: list[Mark] = []
    taken = 0
    for at in range(len(text)):
        if at < taken or (depths[at] and text[at] not in _OPENING) or depths[at] > 1:
            continue
        mark = _mark_at(text, at)
        if mark:
            found.append(mark)
            taken = mark.end
    return found


def _mark_at(text: str, at: int) -> Mark | None:
    before = text[at - 1] if at else "\n"
    if (
        before in _AFTER_HEAD
        or (before in " \u3000" and text[at] in _TOP)
        or text[at] in "①②③④⑤⑥⑦⑧⑨⑩（(㈠㈡㈢"
    ):
        mark = _head_at(text, at, line_start=before == "\n")
        if mark:
            return mark
    return _list_at(text, at) if before in _AFTER_LIST else None


def _head_at(text: str, at: int, *, line_start: bool) -> Mark | None:
    if line_start and text[at : at + 1] in _DASHES:
        return _dash_at(text, at)
    for style, rank, pattern in _COMPILED:
        match = pattern.match(text, at)
        if match and "\n" not in match[0]:
            number = next(group for group in match.groups() if group)
            path = _path(number) if style == "decimal" else ()
            value = path[-1] if path else _value(number)
            if style == "season":  # a heading of words: no number stands before it
                return Mark(at, at, style, rank, value, line_start, "") if line_start else None
            return Mark(at, match.end(), style, rank, value, line_start, match[0].strip(), path)
    return None


def _dash_at(text: str, at: int) -> Mark | None:
    """A paragraph that a dash begins; which of several it is, the outline counts."""
    match = _DASH.match(text, at)
    return Mark(at, match.end(), "dash", DASH_RANK, 0, True, match[1]) if match else None


def _list_at(text: str, at: int) -> Mark | None:
    for style, pattern in _LISTS:
        match = pattern.match(text, at)
        if match:
            value = _FIRST[match[1]] if style == "first" else parse_chinese(match[1]) or 0
            start = at == 0 or text[at - 1] == "\n"
            return Mark(at, match.end(), style, LIST_RANK, value, start, match[0].strip("，,：:、"))
    return None


def _value(number: str) -> int:
    for first in "①⑴⒈㈠":  # each begins a run of twenty characters
        if len(number) == 1 and 0 <= ord(number) - ord(first) < 20:
            return ord(number) - ord(first) + 1
    if number in "上下":
        return 1 + "上下".index(number)
    return int(number) if number.isascii() else parse_chinese(number) or 0


def _path(number: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.split(r"[.．]", number))


def depths_of(text: str) -> list[int]:
    """How many quotes and brackets are open at each character; every line starts anew.

    In a line whose quotes do not pair, a full stop closes them, so that one lost quotation mark
    does not swallow the rest.
    """
    out: list[int] = []
    for line in text.splitlines(keepends=True):
        depths = _line_depths(line, stop_closes=False)
        balanced = sum(line.count(c) for c in _OPENING) == sum(line.count(c) for c in _CLOSING)
        out += depths if balanced else _line_depths(line, stop_closes=True)
    return out


def _line_depths(line: str, *, stop_closes: bool) -> list[int]:
    out: list[int] = []
    depth = 0
    for c in line:
        if c in _CLOSING or (stop_closes and c in "。；"):
            depth = max(0, depth - 1) if c in _CLOSING else 0
        if c in _OPENING:
            depth += 1
        out.append(depth)
    return out


def sentences(text: str, start: int = 0) -> Iterator[tuple[int, int]]:
    """Places of the sentences of `text`, each with its mark and what closes after it."""
    depths = depths_of(text)
    begin = start
    for at in range(start, len(text)):
        if text[at] == "\n" or (text[at] in "。！？!?" and depths[at] == 0):
            yield begin, at + 1
            begin = at + 1
    if begin < len(text):
        yield begin, len(text)
