"""Frequent words: longer words that many texts hold are terms of their own.

A word of three characters and more is found as pairs that follow each other, and whether they do is read from
the positions of every text that holds the pairs. Where that is every third text, it takes longer than
everything else. So an index learns such words from a sample when it is built, keeps the list in its mark
and gives each text the words that stand in it; a question for one is then a question for one term.
Compare the word pairs of Lucene's CommonGrams.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from sheke.core.search.analysis import HAN

from .clauses import FREQUENT

LONGEST = 8  # characters of a frequent word
SHARE = 0.1  # of the texts that hold it
SAMPLE = 2_000  # texts from which is learned; of fewer entries any word is found soon enough
RUNS = re.compile(f"[{HAN}]{{3,}}")


def learn(texts: Sequence[str]) -> list[str]:
    """The frequent words of texts that are `normal`, shorter ones first.

    A part of a frequent word is frequent, so longer ones are sought only around those that were found.
    """
    runs = [RUNS.findall(text) for text in texts]
    found: list[str] = []
    shorter: set[str] = set()
    for size in range(2, LONGEST + 1):
        counts: Counter[str] = Counter()
        for held in runs:
            words = {run[n : n + size] for run in held for n in range(len(run) - size + 1)}
            counts.update(
                word for word in words
                if size == 2 or (word[:-1] in shorter and word[1:] in shorter)
            )  # fmt: skip
        shorter = {word for word, count in counts.items() if count >= SHARE * len(texts)}
        found += sorted(shorter) if size > 2 else []
    return found


def terms(words: Sequence[str], text: str, tokens: Sequence[str]) -> Iterator[str]:
    """Of the learned words, those that stand in a text, as often as they do. tokens: those of the text."""
    held = set(tokens)
    for word in words:
        if word[:-1] in held and (count := text.count(word)):
            held.add(word)
            yield from [FREQUENT + word] * count


@lru_cache(maxsize=8)
def listed(words: str) -> tuple[str, ...]:
    """The list that a mark holds."""
    return tuple(words.split())


@lru_cache(maxsize=8)
def known(words: str) -> frozenset[str]:
    """The same, to look words up."""
    return frozenset(listed(words))
