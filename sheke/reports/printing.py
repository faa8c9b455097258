"""Declared printing: how a value is put into words, and whether the words are still true.

52,347 with (万, one place, truncated, 余, 人次) prints as 5.2万余人次, which stays true while
52,000 < value < 53,000. The words that stand in the text around the slot (近, 约, 以上) are not
printed, but they decide how the value is rounded, so they are part of the declaration.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from sheke.core.errors import BadInput

from .chinese_numbers import to_chinese
from .slots.candidates import QUANTITY
from .slots.numerals import BLANKS, arabic, chinese, magnitude_value
from .slots.slot import Slot

Value = Decimal | int | float

# Words that promise a value below, above or around the number that is printed.
BELOW = ("近", "将近", "接近", "不足", "不到")
ABOVE = ("超", "超过", "逾", "突破", "破", "过", "上")
AT_LEAST = ("以上", "不少于", "不低于", "至少", "满", "多达", "高达", "不下")
ABOUT = ("约", "大约", "大概", "约为", "左右", "上下")
MORE = ("余", "多", "+")


UNIT_LENGTH = 20  # characters of a measure word


class Printing(BaseModel):
    """How a slot prints its value; an empty declaration prints the plain number."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    magnitude: Literal["", "百", "千", "万", "十万", "百万", "千万", "亿"] = ""
    places: int = Field(default=0, ge=-6, le=6)  # of the number in its magnitude; -1 is tens
    rounding: Literal["half-up", "truncate", "up"] = "half-up"
    prefix: Literal["", "近", "约", "超", "逾"] = ""  # printed before the number
    suffix: Literal["", "余", "多", "+"] = ""  # printed behind it, only when there is more
    suffix_first: bool = False  # 300余万 instead of 300万余
    lead: str = Field(default="", max_length=6)  # stands in the text before the slot
    trail: str = Field(default="", max_length=6)  # stands in the text behind it
    numerals: Literal["arabic", "chinese", "full-width"] = "arabic"
    separator: bool = False  # 1,234
    percent: bool = False  # the value is in percent already
    unit: str = Field(default="", max_length=UNIT_LENGTH)


def read_printing(data: Mapping[str, Any] | Printing | None) -> Printing:
    """A stored declaration. Raises BadInput that names the wrong field."""
    if isinstance(data, Printing):
        return data
    try:
        return Printing.model_validate(dict(data or {}))
    except ValidationError as error:
        first = error.errors()[0]
        raise BadInput(f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from error


def print_value(value: Value, printing: Mapping[str, Any] | Printing | None) -> str:
    """The value in words, from the numeral to the measure word."""
    p = read_printing(printing)
    exact = Decimal(str(value))
    if not exact:
        return f"{'零' if p.numerals == 'chinese' else '0'}{p.unit or ('%' if p.percent else '')}"
    magnitude, step = _scale(exact, p)
    number = _rounded(exact, step, p)
    return _words(number, magnitude, p, more=number < exact)


def is_true(printed: str, value: Value, printing: Mapping[str, Any] | Printing | None) -> bool:
    """Whether the printed words still hold for a value that may have changed since."""
    p = read_printing(printing)
    if p.unit:  # the 万 of 124.53万元 belongs to the measure word, not to the number
        printed = printed.removesuffix(p.unit)
    number = parse_printed(printed)
    if number is None:
        return False
    exact = Decimal(str(value))
    if not exact:
        return not number  # 近0 and 约0 say nothing: nothing is nothing
    return any(_holds(printed, number, exact, step, p) for step in _steps_of(printed, number, p))


def _holds(printed: str, number: Decimal, exact: Decimal, step: Decimal, p: Printing) -> bool:
    sense = _sense(p)
    if any(word in printed for word in MORE):
        return number < exact < number + step
    if p.suffix:
        return number == exact
    if sense == "below":
        return number - step <= exact < number
    if sense == "above":
        return number < exact <= number + step
    if sense == "at least" or p.rounding == "truncate":
        return number <= exact < number + step
    if p.rounding == "up":
        return number - step < exact <= number
    return number - step / 2 <= exact < number + step / 2


def parse_printed(printed: str) -> Decimal | None:
    """The number that printed words name: 5.2万余 is 52,000; None where they name none."""
    match = QUANTITY.search(printed)
    if match is None or match["blank"]:
        return None
    if match["arabic"]:
        number = Decimal(str(arabic(match["arabic"])))
    else:
        read = chinese(match["chinese"])
        if read is None:
            return None
        number = Decimal(read)
    return number * magnitude_value(match["magnitude"] or "")


def infer_printing(slot: Slot) -> Printing:
    """The declaration behind an old wording, so that next year's figure looks the same."""
    match = QUANTITY.search(slot.text)
    groups = match.groupdict() if match else {}
    inner, outer = groups.get("inner"), groups.get("outer")
    more = next((word for word in (inner, outer) if word in MORE), "")
    words = slot.approximation
    trail = next((word for word in words if word in (*AT_LEAST, *ABOUT) and word != words[0]), "")
    lead = words[0] if words and words[0] in (*BELOW, *ABOVE, *AT_LEAST, *ABOUT) else ""
    if lead and not trail and lead in ("以上", "左右", "上下"):
        lead, trail = "", lead
    declared = {
        "magnitude": _magnitude(slot.magnitude),
        "places": _places(groups, loose=bool(more or lead or trail), large=bool(slot.magnitude)),
        "suffix": "" if lead in (*BELOW, *ABOVE, *ABOUT) else more,
        "suffix_first": bool(inner and slot.magnitude and groups.get("magnitude")),
        "lead": lead,
        "trail": trail,
        "rounding": _rounding(lead, trail, more),
        "numerals": _numerals(groups),
        "separator": bool(re.search(r"\d[,，]\d{3}", slot.text)),
        "percent": slot.unit in ("%", "个百分点", "百分点"),
        "unit": _unit(slot),
    }
    return Printing.model_validate(declared)


def _scale(value: Decimal, p: Printing) -> tuple[str, Decimal]:
    """The magnitude to print with and the smallest step it shows, as a plain number.

    A value too small for its magnitude is printed without it: 3,472 is not 0.3万.
    """
    magnitude = p.magnitude
    size = Decimal(magnitude_value(magnitude))
    if magnitude and abs(value) < size:
        return "", _significant(value) if _is_loose(p) else Decimal(1)
    step = size * Decimal(1).scaleb(-p.places)
    least = 2 if _sense(p) == "above" else 1  # 超 prints a step less than it has
    while step * least > abs(value) > 0 and step > 1:
        step /= 10
    return magnitude, step


def _rounded(value: Decimal, step: Decimal, p: Printing) -> Decimal:
    """The value in whole steps; 近 must stay above it, 超 below it."""
    sense = _sense(p)
    if sense == "below":
        return ((value / step).to_integral_value(ROUND_FLOOR) + 1) * step
    if sense == "above":
        return ((value / step).to_integral_value(ROUND_CEILING) - 1) * step
    truncate = sense == "at least" or p.suffix or p.rounding == "truncate"
    modes = {"up": ROUND_CEILING, "half-up": ROUND_HALF_UP, "truncate": ROUND_FLOOR}
    mode = ROUND_FLOOR if truncate else modes[p.rounding]
    return (value / step).to_integral_value(mode) * step


def _words(number: Decimal, magnitude: str, p: Printing, *, more: bool) -> str:
    suffix = p.suffix if more else ""
    unit = p.unit or ("%" if p.percent else "")
    if p.numerals == "chinese" and number == number.to_integral_value():
        if unit == "%":
            return f"{p.prefix}百分之{to_chinese(int(number))}{suffix}"
        numeral = to_chinese(int(number), before_measure=bool(unit))
        return f"{p.prefix}{numeral}{suffix}{unit}"
    tail = suffix + magnitude if p.suffix_first else magnitude + suffix
    return f"{p.prefix}{_digits(number / magnitude_value(magnitude), p)}{tail}{unit}"


def _digits(number: Decimal, p: Printing) -> str:
    digits = f"{_plain(number):,f}" if p.separator else f"{_plain(number):f}"
    if p.numerals == "full-width":
        return digits.translate(str.maketrans("0123456789.,", "０１２３４５６７８９．，"))
    return digits


def _plain(number: Decimal) -> Decimal:
    """Without trailing zeros and without an exponent."""
    whole = number.to_integral_value()
    return whole if number == whole else number.normalize()


def _steps_of(printed: str, number: Decimal, p: Printing) -> set[Decimal]:
    """The smallest step the words show. 一千 may be 1 in thousands or 1,000 in ones: both."""
    match = QUANTITY.search(printed)
    shown = match is not None and bool(match["magnitude"])
    scaled = Decimal(magnitude_value(p.magnitude)) * Decimal(1).scaleb(-p.places)
    bare = _significant(number) if _is_loose(p) else Decimal(1)
    if not p.magnitude or shown:
        steps = {scaled}
    else:
        steps = {scaled, bare} if p.numerals == "chinese" else {bare}
    return {_finer(step, number) for step in steps}


def _finer(step: Decimal, number: Decimal) -> Decimal:
    while (step > abs(number) > 0 and step > 1) or number % step:
        step /= 10
    return step


def _significant(value: Decimal) -> Decimal:
    """The step that shows two digits: 100 for 3,472."""
    digits = max(abs(value).adjusted() - 1, 0) if value else 0
    return Decimal(1).scaleb(digits)


def _is_loose(p: Printing) -> bool:
    return bool(p.suffix or p.lead or p.trail or p.prefix)


def _sense(p: Printing) -> str:
    words = {p.prefix, p.lead, p.trail}
    if words & set(BELOW):
        return "below"
    if words & set(ABOVE):
        return "above"
    if words & set(AT_LEAST):
        return "at least"
    return "about" if words & set(ABOUT) else ""


def _rounding(lead: str, trail: str, more: str) -> str:
    if lead in BELOW:
        return "up"
    if more or lead in (*ABOVE, *AT_LEAST) or trail in AT_LEAST:
        return "truncate"
    return "half-up"


def _magnitude(word: str | None) -> str:
    return word if word in ("百", "千", "万", "十万", "百万", "千万", "亿") else ""


def _places(groups: Mapping[str, str | None], *, loose: bool, large: bool) -> int:
    """Decimals of the old numeral; a loose round number shows two digits (1200余 is hundreds)."""
    numeral = groups.get("blank") or groups.get("arabic") or ""
    decimals = re.search(rf"[.．]([0-9０-９{BLANKS}]+)$", numeral)
    if decimals:
        return min(len(decimals[1]), 6)
    if not loose or large:
        return 0
    if groups.get("blank"):
        return -1 if len(numeral) > 1 else 0
    number = parse_printed(numeral or groups.get("chinese") or "")
    if not number or number % 10:
        return 0
    zeros = len(str(int(number))) - len(str(int(number)).rstrip("0"))
    return -max(1, min(zeros, len(str(int(number))) - 2))


def _numerals(groups: Mapping[str, str | None]) -> str:
    if groups.get("chinese"):
        return "chinese"
    return "full-width" if re.search("[０-９]", groups.get("arabic") or "") else "arabic"


def _unit(slot: Slot) -> str:
    """What stood behind the numeral, as written: 人次, 件（次）, %."""
    match = QUANTITY.search(slot.text)
    if match is None or "百分之" in slot.text:
        return slot.unit or ""
    behind = slot.text[match.end() :].strip()
    return behind if len(behind) <= UNIT_LENGTH else (slot.unit or "")  # half a sentence was marked
