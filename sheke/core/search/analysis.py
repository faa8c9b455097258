"""One analysis for what is indexed and for what is asked, here and in the library.

Every character is folded by itself (simplified, half width, small), so that a part of a text is folded as
the text is. Latin words and numbers are tokens. A run of Han characters gives its first character, its
overlapping pairs and its last character: 社科联 → 社 社科 科联 联. Asked for, a run at the edge of the question
leaves that character out. So whatever stands in a text is a phrase of its tokens, a pair as well as “3月” or
a part with a comma in it; only a single character alone needs more (a prefix, or a list of characters).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from operator import add

from opencc import OpenCC

ANALYSIS = 2  # raised when the tokens change: what was indexed is then indexed anew
LONGEST = 100  # characters of a Latin word or number that count
HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
PIECES = re.compile(f"(?P<han>[{HAN}]+)|(?P<word>[^\\W_{HAN}]+)")
HAN_CHARACTER = re.compile(f"[{HAN}]")
TERMS = re.compile(r'(?P<minus>[-−])?(?:["“”](?P<quoted>[^"“”]*)["“”]|(?P<plain>[^\s"“”]+))')
# The token between a word and Han characters that a sign parts: “3，月” is not “3月”. Of the private
# characters, which nobody's question holds and every engine keeps.
APART = "\ue000"
# What one character alone does not tell OpenCC: forms that are one in one script and two in the other.
VARIANTS = str.maketrans(
    "著瞭藉覆麽幺谘馀渖迳钜镟锺穞鲇腭暱簷睪痺衞敍妳甦畧擕阪祇衹帐像○◯",
    "着了借复么么咨余沈径巨旋钟稆鲶颚昵檐睾痹卫叙你苏略携坂只只账象〇〇",
)


class Folding(dict[int, str]):
    """What each character is folded to, by its number; made when it is first met."""

    def __missing__(self, number: int) -> str:
        self[number] = folded = _fold(chr(number))
        return folded


@cache
def _simplifier() -> OpenCC:
    return OpenCC("t2s")


def _fold(character: str) -> str:
    if unicodedata.category(character) in ("Cf", "Cs") or 0xFE00 <= ord(character) <= 0xFE0F:
        return ""  # zero width spaces, soft hyphens, selectors of a variant: nobody sees them
    plain = unicodedata.normalize("NFKC", character).lower()
    simple = str(_simplifier().convert(plain)) if plain else ""
    return simple.translate(VARIANTS)


FOLDING = Folding()


@dataclass(frozen=True)
class Phrase:
    """Tokens that stand one behind the other. prefix: the last one may go on. excluded: must not stand."""

    tokens: tuple[str, ...]
    prefix: bool = False
    excluded: bool = False


def normal(text: str) -> str:
    """Simplified, half width, lower case; the same words may be of another length."""
    return composed(text).translate(FOLDING)


def composed(text: str) -> str:
    """The text whose characters are folded one by one: accents joined to their letters."""
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def tokens(text: str) -> list[str]:
    """The tokens of a text in order, all of them."""
    return folded_tokens(normal(text))


def folded_tokens(text: str) -> list[str]:
    """The tokens of a text that is `normal` already."""
    found: list[str] = []
    end, kind = 0, None
    for piece in PIECES.finditer(text):
        start, now = piece.start(), piece.lastgroup
        if kind is not None and now != kind and start > end and not text[end:start].isspace():
            found.append(APART)
        if now == "han":
            run = piece[0]
            found.append(run[0])
            if len(run) > 1:
                found.extend(map(add, run, run[1:]))
                found.append(run[-1])
        else:
            found.append(piece[0][:LONGEST])
        end, kind = piece.end(), now
    return found


def asked_tokens(text: str) -> tuple[str, ...]:
    """The tokens of a question, which may be any part of a text. Empty: nothing can be sought."""
    plain = normal(text)
    found = folded_tokens(plain)
    runs = PIECES.findall(plain)
    if found and len(runs[0][0]) > 1:
        found = found[1:]
    if found and len(runs[-1][0]) > 1:
        found = found[:-1]
    return tuple(found)


def is_single(phrase: tuple[str, ...]) -> bool:
    """Whether a question is one Han character, which stands within other tokens, too."""
    return len(phrase) == 1 and bool(HAN_CHARACTER.fullmatch(phrase[0]))


def characters(text: str) -> list[str]:
    """The Han characters of a text that is `normal` already, each once."""
    return HAN_CHARACTER.findall("".join(set(text)))


def query(text: str) -> list[Phrase]:
    """What is asked: words (all must stand), “phrases”, −without. Empty when nothing can be sought."""
    found = []
    for term in TERMS.finditer(text):
        phrase = _phrase(term["quoted"] or term["plain"] or "", excluded=bool(term["minus"]))
        if phrase:
            found.append(phrase)
    return found if any(not phrase.excluded for phrase in found) else []


def _phrase(text: str, *, excluded: bool) -> Phrase | None:
    """A Latin word at the end may be unfinished, and a single character stands within its pairs."""
    parts = asked_tokens(text)
    if not parts:
        return None
    unfinished = is_single(parts) or not HAN_CHARACTER.match(parts[-1])
    return Phrase(parts, prefix=unfinished, excluded=excluded)
