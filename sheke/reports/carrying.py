"""Finding last year's slot for a slot of this year's text, by the words around both."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from sheke.reports.models import Slot

from .slots.numerals import BLANKS, DIGITS, HANZI

_PLACE = "▢"
_WORDS_BEFORE, _WORDS_AFTER = 28, 14
_ENOUGH = 78.0
_FIGURES = re.compile(
    rf"[{DIGITS}{BLANKS}…][{DIGITS}{BLANKS}.．,，…]*|[{HANZI}]{{2,}}|[{HANZI}](?=[余多]?[个场次期项篇条家名人])"
)
_LOOSE = re.compile(
    r"(?<=#)(?:余|多)?(?:万|亿)?(?:余|多)?|(?:近|约|超过?|逾|突破|达到?|共计?|累计)(?=[#▢])|[\s“”]"
)


@dataclass(frozen=True, slots=True)
class Match:
    slot: Slot
    previous: Slot
    likeness: float  # 0–100


def masked_context(slot: Slot) -> str:
    """The words around a slot with the figures masked, so that two years' texts compare."""
    text = slot.template.text
    line = text.rfind("\n", 0, slot.start) + 1
    head = text[max(line, slot.start - _WORDS_BEFORE) : slot.start]
    tail = text[slot.end : slot.end + _WORDS_AFTER].split("\n")[0]
    return _LOOSE.sub("", _FIGURES.sub("#", head) + _PLACE + _FIGURES.sub("#", tail))


def fingerprint(slot: Slot) -> str:
    """The same for the same words around; kept with the slot."""
    unit = slot.reading.get("unit") or ""
    return hashlib.sha256(f"{masked_context(slot)}|{unit}".encode()).hexdigest()[:16]


def match_slots(slots: Iterable[Slot], previous: Sequence[Slot]) -> list[Match]:
    """Each slot with the slot of the older text that stands in the same words; one to one.

    Equal words match at once; what is left is compared by likeness, the likeliest pair first.
    """
    slots = list(slots)
    by_print: dict[str, list[Slot]] = {}
    for old in previous:
        by_print.setdefault(fingerprint(old), []).append(old)
    matches, left = [], []
    for slot in slots:
        same = by_print.get(fingerprint(slot))
        if same:
            matches.append(Match(slot, same.pop(0), 100.0))
        else:
            left.append(slot)
    used = {match.previous.pk for match in matches}
    return matches + _likeliest(left, [old for old in previous if old.pk not in used])


def _likeliest(slots: Sequence[Slot], previous: Sequence[Slot]) -> list[Match]:
    contexts = [(old, masked_context(old)) for old in previous]
    pairs = []
    for slot in slots:
        words = masked_context(slot)
        for old, old_words in contexts:
            if (old.reading.get("unit") or "") == (slot.reading.get("unit") or ""):
                likeness = _likeness(words, old_words)
                if likeness >= _ENOUGH:
                    pairs.append(Match(slot, old, likeness))
    pairs.sort(key=lambda pair: -pair.likeness)
    taken: set[int] = set()
    found = []
    for pair in pairs:
        if pair.slot.pk in taken or -pair.previous.pk in taken:
            continue
        taken |= {pair.slot.pk, -pair.previous.pk}
        found.append(pair)
    return found


def _likeness(first: str, second: str) -> float:
    """The words right before the figure weigh most: they name what is counted."""
    (head, _, tail), (old_head, _, old_tail) = first.partition(_PLACE), second.partition(_PLACE)
    near = fuzz.ratio(head[-8:], old_head[-8:])
    wide = fuzz.ratio(head, old_head)
    behind = fuzz.ratio(tail[:6], old_tail[:6])
    return 0.5 * near + 0.35 * wide + 0.15 * behind
