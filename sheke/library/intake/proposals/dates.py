"""When a text was written or issued, as it says itself."""

from __future__ import annotations

import re
from calendar import monthrange

_HAN = {"〇": "0", "零": "0", "○": "0", "Ｏ": "0", "O": "0", "一": "1", "二": "2", "三": "3", "四": "4",
        "五": "5", "六": "6", "七": "7", "八": "8", "九": "9"}  # fmt: skip
_ARABIC = re.compile(
    r"(?<!\d)((?:19|20)\d{2})\s*(?:年|[-/.])\s*(\d{1,2})(?:\s*(?:月|[-/.])\s*(?:(\d{1,2})(?:\s*日|(?!\d)))?)?"
)
_CHINESE = re.compile(
    r"([一二][〇零○ＯO一二三四五六七八九]{3})\s*年\s*(?:([一二三四五六七八九十]{1,3})\s*月)?\s*(?:([一二三四五六七八九十廿]{1,3})\s*日)?"
)
_LABEL = re.compile(
    r"(?:发布时间|发布日期|成文日期|印发日期|日\s*期|时\s*间|收稿日期|發布日期)\s*[:：]\s*"
)
TAIL, HEAD = 400, 800  # characters at either end within which a date is the text's own


def date_in(text: str) -> str:
    """2024, 2024-05 or 2024-05-12; the labelled one, else that of the signature, else the first."""
    label = _LABEL.search(text[:3000])
    if label and (found := _date(text[label.end() : label.end() + 30])):
        return found
    alone = [line.strip() for line in (text[:HEAD] + "\n" + text[-TAIL:]).split("\n")]
    for line in reversed(alone):
        if len(line) <= 24 and (found := _date(line)) and not re.search(r"[，。；]", line):
            return found
    return ""


def _date(text: str) -> str:
    if found := _ARABIC.search(text):
        return _said(found[1], int(found[2]), int(found[3] or 0))
    if found := _CHINESE.search(text):
        year = "".join(_HAN[sign] for sign in found[1])
        return _said(year, _number(found[2] or ""), _number(found[3] or ""))
    return ""


def _said(year: str, month: int, day: int) -> str:
    if not "1900" <= year <= "2100":
        return ""
    if not 1 <= month <= 12:
        return year
    last = monthrange(int(year), month)[1]  # a slip such as 31 June tells the month
    return f"{year}-{month:02}" + (f"-{day:02}" if 1 <= day <= last else "")


def _number(text: str) -> int:
    """一 to 三十一."""
    text = text.replace("廿", "二十")
    tens, ten, ones = text.rpartition("十")
    units = int(_HAN.get(ones[-1:], "0"))
    return (int(_HAN.get(tens, "1")) if ten else 0) * 10 + units
