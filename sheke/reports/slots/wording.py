"""Wording that contradicts itself, and planned beside reached figures."""

import re
from collections.abc import Iterable
from itertools import groupby, pairwise

from .slot import Slot, Warning

_BELOW = {
    "近",
    "将近",
    "接近",
    "不足",
    "不到",
    "不超过",
    "不多于",
    "不高于",
    "以内",
    "以下",
    "至多",
    "最多",
}
_ABOVE = {
    "超",
    "超过",
    "逾",
    "突破",
    "余",
    "多",
    "以上",
    "有余",
    "不少于",
    "不低于",
    "至少",
    "多达",
    "高达",
    "+",
    "＋",
    "不下",
    "最少",
}
_ABOUT = {"约", "大约", "大概", "约为", "左右", "上下"}
_EXACT = re.compile(r"整(?![改理治体合个])|正好|恰好")


def warnings_for(text: str, slots: Iterable[Slot]) -> list[Warning]:
    """What a person should look at before the text is used again, in reading order."""
    slots = list(slots)
    found = [warning for slot in slots if (warning := _contradiction(text, slot))]
    for _, group in groupby(slots, key=lambda slot: slot.sentence):
        found.extend(_side_by_side(text, list(group)))
    return sorted(found, key=lambda warning: (warning.start, warning.kind))


def _contradiction(text: str, slot: Slot) -> Warning | None:
    words = set(slot.approximation)
    below, above, about = words & _BELOW, words & _ABOVE, words & _ABOUT
    start = max(0, slot.start - 3)
    stretch = text[start : slot.end + 2].strip()
    if below and above:
        message = f"“{_any(below)}”说不到，“{_any(above)}”说超过，二者只能留一个"
    elif about and (above | below):
        message = f"“{_any(about)}”与“{_any(above | below)}”重复，只留一个"
    elif (words & (_ABOUT | _ABOVE | _BELOW)) and _EXACT.match(text, slot.end):
        message = f"“{_any(words)}”说大概，“整”说恰好，二者只能留一个"
    else:
        return None
    return Warning("contradiction", slot.start, slot.end, stretch, message)


def _side_by_side(text: str, slots: list[Slot]) -> list[Warning]:
    """计划300余场…已完成286场 in one sentence: two figures that must not be mixed up."""
    found = []
    for first, second in pairwise(slots):
        if first.planned and not second.planned and first.unit == second.unit:
            message = f"“{first.text}”是计划数，“{second.text}”是完成数，勿绑到同一口径"
            found.append(
                Warning(
                    "planned_and_reached",
                    first.start,
                    second.end,
                    text[first.start : second.end],
                    message,
                )
            )
    return found


def _any(words: set[str]) -> str:
    return min(words)
