"""Places of a text that look damaged and cannot be put right without the original."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .mojibake import HAN, common_share

_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"
_LOST = re.compile("\ufffd+|(?:锟斤拷)+|烫{3,}|屯{3,}|\u25a1{2,}")
# A question mark of half width among Chinese characters, and vowels left over from a gloss.
_STRAY = re.compile(
    rf"(?<=[{HAN}])\?(?=[{HAN}。，、；：」』”])|[?？][。，、；：]?\s?[{_TONED}](?![a-z])|(?<=[{HAN}。，])[{_TONED}](?=[{HAN}。，])"
)
_RUN = re.compile(rf"[{HAN}]{{6,}}")

Mark = tuple[int, int, str]  # start, end, kind: "lost", "stray", "garbled"


def damage_in(text: str) -> list[Mark]:
    """Marks in order, none inside another."""
    kept: list[Mark] = []
    for mark in sorted(_marks(text)):
        if not kept or mark[0] >= kept[-1][1]:
            kept.append(mark)
    return kept


def _marks(text: str) -> Iterator[Mark]:
    for kind, pattern in (("lost", _LOST), ("stray", _STRAY)):
        for found in pattern.finditer(text):
            yield found.start(), found.end(), kind
    for run in _RUN.finditer(text):
        if common_share(run[0]) < 0.5:
            yield run.start(), run.end(), "garbled"
