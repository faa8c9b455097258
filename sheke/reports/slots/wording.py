"""Wording that contradicts itself, and planned beside reached figures."""

import re
from collections.abc import Iterable
from itertools import groupby

from django.utils.translation import gettext as _

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
    for _sentence, group in groupby(slots, key=lambda slot: slot.sentence):
        found.extend(_side_by_side(text, list(group)))
    return sorted(found, key=lambda warning: (warning.start, warning.kind))


def _contradiction(text: str, slot: Slot) -> Warning | None:
    words = set(slot.approximation)
    below, above, about = words & _BELOW, words & _ABOVE, words & _ABOUT
    start = max(0, slot.start - 3)
    stretch = text[start : slot.end + 2].strip()
    if below and above:
        message = _("“%(below)s” says less, “%(above)s” says more: keep one of them") % {
            "below": _any(below), "above": _any(above),
        }  # fmt: skip
    elif about and (above | below):
        message = _("“%(one)s” and “%(other)s” say it twice: keep one of them") % {
            "one": _any(about), "other": _any(above | below),
        }  # fmt: skip
    elif (words & (_ABOUT | _ABOVE | _BELOW)) and _EXACT.match(text, slot.end):
        message = _("“%(word)s” is an estimate, “整” is exact: keep one of them") % {
            "word": _any(words)
        }
    else:
        return None
    return Warning("contradiction", slot.start, slot.end, stretch, message)


def _side_by_side(text: str, slots: list[Slot]) -> list[Warning]:
    """计划300余场…已完成286场 in one sentence: two figures that must not be mixed up."""
    found = []
    waiting: dict[str | None, Slot] = {}
    for second in slots:
        if second.planned:
            waiting[second.unit] = second
        elif first := waiting.pop(second.unit, None):
            message = _("“%(planned)s” is planned, “%(reached)s” was reached: two different figures") % {
                "planned": first.text, "reached": second.text,
            }  # fmt: skip
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
