"""Keywords: those that a text names, else the nouns it uses most."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

import rjieba

from sheke.core.search.analysis import normal

_NAMED = re.compile(
    r"(?:关\s*键\s*[词字]|關\s*鍵\s*[詞字]|主\s*题\s*词|key\s*words?)[\s】\]〕]*[:：]\s*(.{2,200}?)(?=\n|中图分类号|文献标识码|$)",
    re.I,
)
COUNT = 6
SAMPLE = 100_000  # characters
_NOUNS = ("n", "nr", "ns", "nt", "nz", "vn", "nrt", "nrfg", "l", "i", "j")


def keywords_in(text: str) -> list[str]:
    """At most six, those that tell most first."""
    if named := _NAMED.search(text[:6000]):
        words = [word.strip(" 　。.") for word in re.split(r"[;；,，、]|\s{2,}|\u3000", named[1])]
        found = [word for word in words if 1 < len(word) <= 30]
        if len(found) == 1 and " " in found[0] and not found[0].isascii():
            found = found[0].split()
        return list(dict.fromkeys(found))[:10]
    return frequent_nouns(text)


def frequent_nouns(text: str) -> list[str]:
    """Words that stand at least thrice; longer ones tell more, and those that all offices use nothing."""
    counts = Counter(
        word for word, tag in rjieba.tag(normal(text[:SAMPLE]))
        if 2 <= len(word) <= 8 and tag in _NOUNS and word not in stop_words() and not word.isascii()
    )  # fmt: skip
    ranked = sorted(
        (
            (count * (1 + 0.6 * (len(word) - 2)), word)
            for word, count in counts.items()
            if count >= 3
        ),
        key=lambda pair: (-pair[0], pair[1]),
    )
    found: list[str] = []
    for _weight, word in ranked:
        if not any(word in other or other in word for other in found):
            found.append(word)
        if len(found) == COUNT:
            break
    return found


@cache
def stop_words() -> frozenset[str]:
    """Words of every office's texts, one a line in `stop_words.txt`."""
    path = Path(__file__).with_name("stop_words.txt")
    return frozenset(path.read_text(encoding="utf-8").split())
