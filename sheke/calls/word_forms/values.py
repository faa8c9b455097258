"""Values by their kind: dates and amounts in Chinese forms, ticked boxes, rows of people."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from rapidfuzz import fuzz

from sheke.core.numerals import NUMERAL_CHARACTERS, parse_chinese

from .labels import plain
from .shapes import NOT_KEPT, PEOPLE

_CHINESE_DATE = re.compile(
    r"([〇○零一二三四五六七八九\d]{4})\s*年\s*([十一二三四五六七八九\d]{1,3})\s*月(?:\s*([十一二三四五六七八九\d]{1,3})\s*[日号])?"
)
_PLAIN_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)[-./\s](\d{1,2})(?:[-./\s](\d{1,2}))?(?!\d)")
_SOLID_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)?(?!\d)")
_AMOUNT = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*(亿|千万|百万|十万|万|千|百)?\s*(?:元|圆|块)?")
_UNITS = {
    "亿": 10**8,
    "千万": 10**7,
    "百万": 10**6,
    "十万": 10**5,
    "万": 10**4,
    "千": 1000,
    "百": 100,
}
_TICKED = re.compile(r"[(（\[【]\s*[√✓✔☑■●vVxX×]\s*[)）\]】]|[☑☒■✓✔√●◉▣🗹]")
_EMPTY = re.compile(r"[(（\[【]\s*[)）\]】]|[□☐○◯◻▢]")


def parse_date(text: str) -> str | None:
    """“2024年5月3日”, “2024.5”, “二〇二四年五月” as 2024-05-03 or 2024-05; None when it is no date."""
    text = unicodedata.normalize("NFKC", text.replace("〇", "零").replace("○", "零"))
    match = _CHINESE_DATE.search(text) or _PLAIN_DATE.search(text) or _SOLID_DATE.search(text)
    if not match:
        return None
    year, month, day = (_whole_number(part) for part in match.groups())
    try:
        date(year or 0, month or 0, day or 1)
    except ValueError:
        return None
    return f"{year:04}-{month:02}" + (f"-{day:02}" if day else "")


def parse_amount(text: str, label: str = "") -> Decimal | None:
    """Yuan: “5万元”, “伍万元整”, “50,000”; a label “（万元）” gives the unit of a bare number."""
    text = unicodedata.normalize("NFKC", text).replace("人民币", "").replace("¥", "")
    unit = 10_000 if "万元" in label else 1
    if match := _AMOUNT.search(text.replace(" ", "")):
        try:
            number = Decimal(match[1].replace(",", ""))
        except InvalidOperation:
            return None
        said = bool(match[2]) or match[0].endswith(("元", "圆", "块"))
        return (number * _UNITS.get(match[2] or "", 1 if said else unit)).normalize() + 0
    words = re.search(rf"[{NUMERAL_CHARACTERS}]+", text)
    number_read = parse_chinese(words[0]) if words else None
    if number_read is None or not words:
        return None
    said = "元" in text or "圆" in text or number_read >= 10_000
    return Decimal(number_read * (1 if said else unit))


def parse_boxes(text: str) -> tuple[list[str], list[str]]:
    """The options of a text with check boxes: those ticked and those not."""
    text = _EMPTY.sub("□", _TICKED.sub("☑", text)).strip()
    before = re.findall(r"([☑□])([^☑□]*)", text)
    behind = re.findall(r"([^☑□]*)([☑□])", text)
    follows = bool(before) and text[0] not in "☑□" and text[-1] in "☑□"
    pairs = [(mark, words) for words, mark in behind] if follows else before
    options = [(mark, _option(words, follows)) for mark, words in pairs]
    return [o for m, o in options if m == "☑" and o], [o for m, o in options if m == "□" and o]


def choose(text: str, choices: tuple[str, ...]) -> tuple[list[str], bool]:
    """The choices that are ticked, or named where there are no boxes; False when some fit none."""
    ticked, empty = parse_boxes(text)
    named = ticked if ticked or empty else [text] if text.strip() else []
    if not choices:
        return named, bool(named)
    found = [_nearest(option, choices) for option in named]
    return [f for f in dict.fromkeys(found) if f], bool(found) and all(found)


def people(
    rows: tuple[Mapping[str, str], ...], columns: Mapping[str, tuple[str, ...]]
) -> tuple[list[dict[str, str]], float]:
    """Rows by our keys, and which share of the headings is known; rows without text are left out."""
    columns = columns or PEOPLE
    headings = {heading: _column(heading, columns) for heading in rows[0]}
    known = [key for key in headings.values() if key]
    if len(set(known)) < min(2, len(columns)):
        return [], 0.0
    found = []
    for row in rows:
        person = {key: row[heading].replace("\n", " ") for heading, key in headings.items()
                  if key and key not in NOT_KEPT}  # fmt: skip
        if "born" in person:
            person["born"] = parse_date(person["born"]) or person["born"]
        person["name"] = re.sub(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])", "", person["name"]) \
            if "name" in person else ""  # fmt: skip
        if not person["name"]:
            del person["name"]
        if person.get("name") if "name" in columns else any(person.values()):
            found.append(person)
    return found, len(known) / len(headings)


def _whole_number(part: str | None) -> int | None:
    if not part:
        return None
    return int(part) if part.isdecimal() and part.isascii() else parse_chinese(part)


def _option(words: str, follows: bool) -> str:
    """The words next to the box; others stand further off, behind wide blanks."""
    near = re.split(r"\s{2,}|[\n\t]", words.strip())[-1 if follows else 0]
    return re.sub(r"^[A-Za-z\d]{1,2}[.．、]\s*", "", near).strip(" 、，,;；/_.。：:\u3000")


def _nearest(option: str, choices: tuple[str, ...]) -> str:
    wanted = plain(option)
    best = max(choices, key=lambda choice: _likeness(wanted, plain(choice)))
    return best if _likeness(wanted, plain(best)) >= 80 else ""


def _likeness(one: str, other: str) -> float:
    if one == other:
        return 100.0
    if one and other and (one.startswith(other) or other.startswith(one)):
        return 90.0
    return float(fuzz.ratio(one, other))


def _column(heading: str, columns: Mapping[str, tuple[str, ...]]) -> str:
    word = plain(heading)
    for key, names in columns.items():
        if word in {plain(name) for name in names}:
            return key
    return ""
