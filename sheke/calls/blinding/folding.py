"""A text folded for seeking, each of its characters knowing where it came from.

Traditional characters become simplified, full width half width, capitals small, tone marks go; invisible
characters are left out.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC

HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_HAN = re.compile(f"[{HAN}]")


@dataclass(frozen=True)
class Folded:
    """`text` for seeking; `at[i]` is the place of its character i in the original."""

    original: str
    text: str
    at: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The characters of the original behind `start`–`end` of the folded text."""
        return self.at[start], self.at[end - 1] + 1


def fold(text: str) -> Folded:
    """The text folded character by character."""
    pieces, places = [], []
    for place, character in enumerate(text):
        folded = character.lower() if character < "\x80" else _fold(character)
        pieces.append(folded)
        places += [place] * len(folded)
    return Folded(text, "".join(pieces), tuple(places))


def is_han(character: str) -> bool:
    return bool(_HAN.fullmatch(character))


@lru_cache(maxsize=30_000)
def _fold(character: str) -> str:
    plain = unicodedata.normalize("NFKC", character)
    if any(is_han(c) for c in plain):
        return str(_converter().convert(plain))
    # ü is written u, v or yu in pinyin; the spellings know.
    plain = unicodedata.normalize("NFD", plain).lower()
    return "".join(c for c in plain if unicodedata.category(c) not in {"Mn", "Cf"})


@cache
def _converter() -> OpenCC:
    from opencc import OpenCC

    return OpenCC("t2s")
