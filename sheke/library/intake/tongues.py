"""Language and script of a text."""

from __future__ import annotations

import re

from sheke.core.search.analysis import normal

from ..models import Work

_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
_LATIN = re.compile("[A-Za-z]+")
_ENGLISH = {
    "the",
    "of",
    "and",
    "in",
    "to",
    "a",
    "is",
    "for",
    "that",
    "with",
    "on",
    "as",
    "are",
    "by",
}
SAMPLE = 20_000  # characters are enough to tell


def language_of(text: str) -> str:
    """One of Work.Language: by characters that only one script has, or by common English words."""
    sample = text[:SAMPLE]
    han = _HAN.findall(sample)
    words = [word.lower() for word in _LATIN.findall(sample)]
    if len(han) * 2 >= len(words):
        if not han:
            return Work.Language.OTHER if words else Work.Language.SIMPLIFIED
        full = sum(a != b for a, b in zip(han, normal("".join(han)), strict=False))
        short = sum(not sign.encode("big5hkscs", errors="ignore") for sign in han)
        traditional = full > max(short, 0.02 * len(han))
        return Work.Language.TRADITIONAL if traditional else Work.Language.SIMPLIFIED
    common = sum(word in _ENGLISH for word in words)
    return Work.Language.ENGLISH if common > 0.08 * len(words) else Work.Language.OTHER
