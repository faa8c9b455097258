"""Whole numbers as people and addresses write them, in digits and in Chinese."""

from __future__ import annotations

DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {
    "〇": 0, "○": 0, "两": 2, "俩": 2, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7,
    "捌": 8, "玖": 9,
}  # fmt: skip
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_MYRIADS = {"万": 10_000, "亿": 100_000_000}
NUMERAL_CHARACTERS = "".join(DIGITS) + "".join(_TENS) + "".join(_MYRIADS)


def whole_number(text: str, digits: int = 17) -> int | None:
    """The whole number of at most so many digits that `text` writes; None if it writes none. The
    default fits every primary key.
    """
    text = text.strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= digits else None


def parse_chinese(text: str) -> int | None:
    """The number written in Chinese (`十二`, `两百零五`, `二〇二四`, `三万`); None if it is none."""
    if not text or any(c not in NUMERAL_CHARACTERS for c in text):
        return None
    if all(c in DIGITS for c in text):  # digit by digit, as years are
        return int("".join(str(DIGITS[c]) for c in text))
    total = section = digit = 0
    for c in text:
        if c in DIGITS:
            digit = DIGITS[c]
        elif c in _TENS:
            section += (digit or 1) * _TENS[c]
            digit = 0
        else:
            total = (total + (section + digit or 1)) * _MYRIADS[c]
            section = digit = 0
    # Spoken short form: 三百五 is 350, 两万三 23,000.
    if digit and len(text) > 1 and text[-2] in "百千万" and text[-1] in DIGITS:
        digit *= {"百": 10, "千": 100, "万": 1000}[text[-2]]
    return total + section + digit


def chinese_numeral(value: int) -> str:
    """A whole number from 0 to 9999 in Chinese: 12 is 十二, 305 三百零五."""
    digits = "零一二三四五六七八九"
    if value < 10:
        return digits[value]
    out, zero = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, unit)
        if digit:
            out += ("零" if zero else "") + digits[digit] + name
            zero = False
        elif out and value:
            zero = True
    return out.removeprefix("一") if out.startswith("一十") else out
