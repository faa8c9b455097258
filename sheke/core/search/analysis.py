"""One analysis for what is indexed and for what is asked.

Traditional characters become simplified, full width half width, capitals small. Latin words and numbers
are tokens; a run of Han characters gives one token for each character, which holds the next one too:
社科联 → 社科 科联 联. So every two characters are found exactly, and a single one by its prefix.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from opencc import OpenCC

ANALYSIS = 1  # raised when the tokens change: the index is then built anew
LIMIT = 16_000  # tokens of one text; PostgreSQL numbers no more positions than 16,383
HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
PIECES = re.compile(f"(?P<han>[{HAN}]+)|(?P<word>[^\\W_{HAN}]+)")
TERMS = re.compile(r'(?P<minus>[-−])?(?:["“”](?P<quoted>[^"“”]*)["“”]|(?P<plain>[^\s"“”]+))')


@cache
def _simplifier() -> OpenCC:
    return OpenCC("t2s")


@dataclass(frozen=True)
class Phrase:
    """Tokens that stand one behind the other. prefix: the last one may go on. excluded: must not stand."""

    tokens: tuple[str, ...]
    prefix: bool = False
    excluded: bool = False


def normal(text: str) -> str:
    """Simplified, half width, lower case; the same words may be of another length."""
    return str(_simplifier().convert(unicodedata.normalize("NFKC", text).lower()))


def tokens(text: str) -> list[str]:
    """The tokens of a text in order, at most `LIMIT`."""
    found: list[str] = []
    for piece in PIECES.finditer(normal(text)):
        if run := piece["han"]:
            found += [run[start : start + 2] for start in range(len(run))]
        else:
            found.append(piece["word"][:100])
        if len(found) >= LIMIT:
            break
    return found[:LIMIT]


def query(text: str) -> list[Phrase]:
    """What is asked: words (all must stand), “phrases”, −without. Empty when nothing can be sought."""
    found = []
    for term in TERMS.finditer(text):
        phrase = _phrase(term["quoted"] or term["plain"] or "", excluded=bool(term["minus"]))
        if phrase:
            found.append(phrase)
    return found if any(not phrase.excluded for phrase in found) else []


def _phrase(text: str, *, excluded: bool) -> Phrase | None:
    parts = tokens(text)
    if not parts:
        return None
    last = parts[-1]
    ends_in_han = bool(re.fullmatch(f"[{HAN}]", last))
    if ends_in_han and len(parts) > 1 and parts[-2].endswith(last) and len(parts[-2]) == 2:
        return Phrase(tuple(parts[:-1]), excluded=excluded)  # the pair before holds the character
    return Phrase(tuple(parts), prefix=True, excluded=excluded)
