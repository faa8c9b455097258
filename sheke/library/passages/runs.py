"""What a text shares with others, exactly: every longest stretch of at least so many characters.

Found by the numbers of all stretches of the least length, compared code by code. How long it takes
hangs on the length of the texts, whatever stands in them: for a text that repeats itself without end
only the first and last places of a stretch are tried (PLACES), and after STEPS comparisons neighbouring runs that
overlap are no longer sought one by one. What is covered stays exact even then.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .characters import Codes
from .corpus import Corpus
from .grams import gram_hashes

PLACES = 32
STEPS = 200_000


class Run(NamedTuple):
    """Codes `start` to before `end` of the text stand also at `place` of the other text."""

    start: int
    end: int
    place: int


@dataclass
class Effort:
    """How many comparisons are left for one check."""

    left: int = STEPS


def shared_runs(text: Codes, corpus: Corpus, minimum: int) -> dict[int, list[Run]]:
    """By the number of a text in the corpus, its runs in the order of their beginnings.

    For one other text no run lies within another: both beginnings and ends grow. `place` counts from
    the other text's beginning; where the stretch stands there more than once it is one of the places.
    """
    grams = gram_hashes(text, minimum)
    if not len(grams) or not len(corpus):
        return {}
    known, first, names = np.unique(grams, return_index=True, return_inverse=True)
    places, found = _hits(text, corpus, minimum, known, first)
    effort = Effort()
    result = {}
    for number, low, high in _groups(corpus.texts_at(places)):
        one = _Pair(text, corpus.codes, minimum, names, places[low:high], found[low:high], effort)
        begin = int(corpus.starts[number])
        result[number] = [Run(s, e, place - begin) for s, e, place in one.runs()]
    return result


def _hits(
    text: Codes, corpus: Corpus, minimum: int, known: NDArray[Any], first: NDArray[Any]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Places in the corpus where one of the text's stretches begins, and which of `known` it is."""
    hashes = gram_hashes(corpus.codes, minimum)
    sieve = np.zeros(1 << 20, bool)
    mask = np.uint64(len(sieve) - 1)
    sieve[known & mask] = True
    places = np.flatnonzero(sieve[hashes & mask])
    hashes = hashes[places]
    found = np.minimum(np.searchsorted(known, hashes), len(known) - 1)
    same = known[found] == hashes
    places, found = places[same], found[same]
    for step in range(minimum):
        same = corpus.codes[places + step] == text[first[found] + step]
        if not same.all():
            places, found = places[same], found[same]
    return places, found


def _groups(numbers: NDArray[Any]) -> Iterator[tuple[int, int, int]]:
    """Equal numbers that stand together: the number, where it begins, where it ends."""
    if len(numbers):
        bounds = np.flatnonzero(np.diff(numbers)) + 1
        edges = [0, *bounds.tolist(), len(numbers)]
        for low, high in itertools.pairwise(edges):
            yield int(numbers[low]), low, high


class _Pair:
    """A text and one other: the runs that they share."""

    def __init__(
        self, text: Codes, other: NDArray[Any], minimum: int, names: NDArray[Any],
        places: NDArray[np.int64], found: NDArray[np.int64], effort: Effort,
    ) -> None:  # fmt: skip
        self.text, self.other, self.minimum, self.effort = text, other, minimum, effort
        order = np.argsort(found, kind="stable")
        self.places, self.found, self.names = places[order], found[order], names
        present = np.zeros(int(names.max()) + 1, bool)
        present[found] = True
        self.hits = np.flatnonzero(present[names])  # beginnings of shared stretches in the text

    def runs(self) -> Iterator[tuple[int, int, int]]:
        """Longest runs from left to right, each with one of its places in the corpus.

        The run after one that ends at `end` is the longest to the left that holds the code at
        `end`: so no run is passed over and none lies within another.
        """
        at = int(self.hits[0])
        while True:
            end, place = max((at + self._right(at, p), -p) for p in self._places(at))
            yield at, end, -place
            at = end - self.minimum + 1
            following = int(np.searchsorted(self.hits, at))
            if following == len(self.hits):
                return
            if self.hits[following] > at:
                at = int(self.hits[following])
            elif self.effort.left > 0:
                at -= max(self._left(at, p) for p in self._places(at))

    def _places(self, at: int) -> list[int]:
        name = self.names[at]
        low, high = np.searchsorted(self.found, (name, name + 1))
        if self.effort.left <= 0:
            high = low + 1
        places: list[int] = self.places[low:high].tolist()
        if len(places) > PLACES:  # the first go on longest to the right, the last to the left
            places = places[: PLACES // 2] + places[-PLACES // 2 :]
        return places

    def _right(self, at: int, place: int) -> int:
        """How many codes are the same from here on; the least length is known to be."""
        self.effort.left -= 1
        done, step = self.minimum, 64
        while True:
            mine = self.text[at + done : at + done + step]
            theirs = self.other[place + done : place + done + len(mine)]
            same = mine[: len(theirs)] == theirs  # shorter at the corpus's end, which is APART
            if len(same) < step or not same.all():
                return done + (len(same) if same.all() else int(same.argmin()))
            done, step = done + step, step * 2

    def _left(self, at: int, place: int) -> int:
        """How many codes before here are the same."""
        self.effort.left -= 1
        done, step = 0, 64
        while True:
            step = min(step, at - done, place - done)
            mine = self.text[at - done - step : at - done][::-1]
            same = mine == self.other[place - done - step : place - done][::-1]
            if not step or not same.all():
                return done + (int(same.argmin()) if step else 0)
            done, step = done + step, step * 2
