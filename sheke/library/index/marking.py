"""Where the words of a question stand in a text, in the text's own script and width.

Every character is folded by itself, so a place in the folded text leads back to one in the text. The same
rules as for tokens: Latin words are whole, signs may stand where signs stood.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from sheke.core.search.analysis import FOLDING, HAN, PIECES, composed, normal

LETTER = f"[^\\W_{HAN}]"
SIGNS = r"[\W_]"
WIDTH = 90  # characters of a snippet
BEFORE = 25  # of them before the first word


@dataclass(frozen=True)
class Snippet:
    """Part of a text. marks: [start, end) of the words in it. page: where it stands, 0 for the abstract."""

    text: str = ""
    marks: tuple[tuple[int, int], ...] = ()
    page: int = 0

    def parts(self) -> list[tuple[str, bool]]:
        """The text in pieces, each marked or not."""
        found, at = [], 0
        for start, end in self.marks:
            found += [(self.text[at:start], False), (self.text[start:end], True)]
            at = end
        found.append((self.text[at:], False))
        return [(text, marked) for text, marked in found if text]


@lru_cache(maxsize=512)
def pattern(text: str) -> re.Pattern[str] | None:
    """What finds a question's word or phrase in a folded text; None where it holds no word."""
    plain = normal(text)
    found, end, kind = "", 0, None
    for piece in PIECES.finditer(plain):
        now, gap = piece.lastgroup, plain[end : piece.start()]
        if kind is not None:
            if now != kind and (not gap or gap.isspace()):
                found += r"\s*"
            elif now != kind:
                found += rf"{SIGNS}*(?:[^\w\s]|_){SIGNS}*"
            else:
                found += f"{SIGNS}+"
        word = re.escape(piece[0])
        found += word if now == "han" else f"(?<!{LETTER}){word}(?!{LETTER})"
        end, kind = piece.end(), now
    return re.compile(found) if found else None


def spans(text: str, words: Iterable[str]) -> list[tuple[int, int]]:
    """[start, end) of every place in `text` where one of the words stands, without overlaps, in order.

    `text` is composed (NFC) already, as `composed` makes it; offsets are its own.
    """
    folded, back = _folded(text)
    found = sorted(
        (match.start(), match.end())
        for word in words if (wanted := pattern(word)) is not None
        for match in wanted.finditer(folded)
    )  # fmt: skip
    merged: list[tuple[int, int]] = []
    for start, end in found:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    if back is None:
        return merged
    return [(bisect_right(back, start), bisect_right(back, end - 1) + 1) for start, end in merged]


def _folded(text: str) -> tuple[str, Sequence[int] | None]:
    """The folded text, and where each character's folding ends; None where each is one character."""
    folded = text.translate(FOLDING)
    if all(len(FOLDING[ord(one)]) == 1 for one in set(text)):
        return folded, None
    return folded, list(accumulate(len(FOLDING[ord(one)]) for one in text))


def snippet(text: str, words: Sequence[str], *, page: int = 0) -> Snippet | None:
    """The part of a text that holds most of the words, the earliest of such; None where none stands."""
    whole = composed(text)
    found = spans(whole, words)
    if not found:
        return None
    start = _best(whole, found, words)
    begin = max(0, start - BEFORE)
    end = min(len(whole), begin + WIDTH)
    part = whole[begin:end]
    marks = [
        (max(a, begin) - begin, min(b, end) - begin) for a, b in found if b > begin and a < end
    ]
    return tidy(part, marks, page, cut=(begin > 0, end < len(whole)))


def _best(text: str, found: list[tuple[int, int]], words: Sequence[str]) -> int:
    """Where the window begins in which the most different words stand."""
    folded = [text[a:b].translate(FOLDING) for a, b in found]
    best, at = 0, found[0][0]
    for n, (start, _end) in enumerate(found[:200]):
        last = n
        while last + 1 < len(found) and found[last + 1][1] <= start + WIDTH - BEFORE:
            last += 1
        if (distinct := len(set(folded[n : last + 1]))) > best:
            best, at = distinct, start
    return at


def tidy(
    part: str, marks: Sequence[tuple[int, int]], page: int, *, cut: tuple[bool, bool]
) -> Snippet:
    """One line: breaks become spaces, which keeps every place; what was cut off is told by “…”."""
    line = re.sub(r"[\s\ue000-\uf8ff]", " ", part)
    before, after = ("…" if one else "" for one in cut)
    shift = len(before)
    return Snippet(before + line + after, tuple((a + shift, b + shift) for a, b in marks), page)


def opening(text: str) -> Snippet:
    """The beginning of a text, where there is nothing to mark."""
    whole = composed(text)
    return tidy(whole[: WIDTH + 30], (), 0, cut=(False, len(whole) > WIDTH + 30))


def marked(text: str, words: Sequence[str]) -> Snippet:
    """The whole text with its marks, for titles."""
    whole = composed(text)
    return Snippet(whole, tuple(spans(whole, words)))
