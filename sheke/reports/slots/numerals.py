"""Reading numerals: Arabic and full-width digits, Chinese numerals, fractions, blanks."""

import re

DIGITS = "0-9０-９"
HANZI = "〇零一二两三四五六七八九十百千万亿"
BLANKS = "xXｘＸ×╳✕*＊_＿○◯〇"

_THIN = "[ \u00a0\u2009\u202f]"  # 1 250 人次: the grouping of GB/T 15835
ARABIC = (
    rf"(?:(?<![{DIGITS}.])(?<![{DIGITS}] )[{DIGITS}]{{1,3}}(?:{_THIN}[{DIGITS}]{{3}})+"
    rf"(?={_THIN}?(?:[\u4e00-\u9fff%％]|$))"
    rf"|[{DIGITS}]{{1,3}}(?:[,，][{DIGITS}]{{3}})+|[{DIGITS}]+)(?:[.．][{DIGITS}]+)?"
)
BLANK = (
    rf"(?:(?:[{DIGITS}]{{1,4}}[.．,]?)?[{BLANKS}][{BLANKS}{DIGITS}]*(?:[.．,][{BLANKS}{DIGITS}]+)*)"
)
_POINT = r"(?:点[零一二三四五六七八九]{1,3}(?=[万亿倍元，。；、）\n]|个百分点|$))?"
CHINESE = rf"(?:[数几](?=[十百千万亿]))?[{HANZI}]+{_POINT}"
MAGNITUDE = r"(?:千万|百万|十万|万亿|千亿|百亿|万|亿|千(?![瓦米克卡伏])|百|[wWkKｗＷ](?![A-Za-z]))"

_WIDE = str.maketrans("０１２３４５６７８９．，", "0123456789.,")
_UNITS = {"十": 10, "百": 100, "千": 1000}
_SECTIONS = {"万": 10**4, "亿": 10**8}
_DIGIT = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_LATIN = {"w": "万", "W": "万", "ｗ": "万", "Ｗ": "万", "k": "千", "K": "千"}

Number = int | float


def tidy(value: float) -> Number:
    """An int when the value is whole, otherwise a float free of binary dust."""
    rounded = round(value, 6)
    return int(rounded) if rounded == int(rounded) else rounded


def arabic(text: str) -> Number:
    """`1,286` or `５２.３` as a number. Raises ValueError for anything else."""
    return tidy(float(re.sub(r"[,\s]", "", text.translate(_WIDE))))


def chinese(text: str) -> Number | None:
    """A Chinese numeral as a number; None where it names none (两三, 数十, 三五)."""
    whole, _point, decimals = text.partition("点")
    number = _whole(whole)
    if number is None or not decimals:
        return number
    return tidy(float(f"{number}.{''.join(str(_DIGIT[char]) for char in decimals)}"))


def _whole(text: str) -> int | None:
    if text.startswith(("数", "几")):
        return None
    if len(text) > 1 and all(char in _DIGIT for char in text):
        return int("".join(str(_DIGIT[char]) for char in text)) if len(text) > 2 else None
    total = section = digit = 0
    seen: int | None = None
    for char in text:
        if char in _DIGIT:
            if digit:
                return None
            digit, seen = _DIGIT[char], _DIGIT[char]
        elif char in _UNITS:
            section += (digit if seen else 1) * _UNITS[char]
            digit, seen = 0, None
        else:
            group = section + digit or 1
            total = (total + group) * 10**8 if char == "亿" else total + group * 10**4
            section, digit, seen = 0, 0, None
    return total + section + _tail(text, digit)


def _tail(text: str, digit: int) -> int:
    """The last digit; 一百二 leaves its unit unsaid and means 一百二十."""
    spoken = len(text) > 2 and digit and text[-2] in "百千万亿"
    return digit * {"百": 10, "千": 100, "万": 1000, "亿": 10**7}[text[-2]] if spoken else digit


def magnitude_value(word: str) -> int:
    """`万` is 10,000; `千万` is 10,000,000; `W` and `k` as people type them."""
    value = 1
    for char in word:
        char = _LATIN.get(char, char)
        value *= _SECTIONS.get(char) or _UNITS[char]
    return value


def magnitude_word(word: str) -> str | None:
    """The magnitude under which a figure is printed: 万 for `W`, None for none."""
    return "".join(_LATIN.get(char, char) for char in word) or None


def fraction(numerator: str, denominator: str) -> Number | None:
    """三分之二 as 0.666667."""
    top, bottom = chinese(numerator), chinese(denominator)
    return tidy(top / bottom) if top is not None and bottom else None
