"""Fingerprints of a text by winnowing (Schleimer, Wilkerson, Aiken 2003).

Of each six neighbouring stretches of eight codes (WINDOW, LENGTH) the one with the least number is chosen,
the last of equal ones. Two texts that share thirteen codes (SHARED) share six such stretches and so have
chosen the same one of them: no shared run of that length is missed, and two stretches in seven are kept.
A stretch that stands again in the same text with the same five codes before and behind is kept once; for
every run of thirteen that could be found by the second is found by the first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from .characters import VERSION as CHARACTERS
from .characters import Codes
from .grams import gram_hashes

LENGTH, WINDOW = 8, 6
SHARED = LENGTH + WINDOW - 1
AROUND = WINDOW - 1  # a run of SHARED codes around a stretch goes no further than this
BITS = 29  # of a fingerprint; the other three of a word tell how far it is from the one before
FAR = 7  # in place of a distance: the word's other bits are one, and nothing else
# What stored fingerprints hang on.
VERSION = CHARACTERS * 1000 + 1


@dataclass(frozen=True, eq=False)
class Prints:
    """Chosen stretches: where each begins (in counted characters), and its number below 2**BITS."""

    places: NDArray[np.int64]
    hashes: NDArray[np.uint32]

    def __len__(self) -> int:
        return len(self.places)

    def packed(self) -> bytes:
        """Four bytes each: the distance from the one before in three bits, the number in the others."""
        distances = np.diff(self.places, prepend=-1)
        far = distances >= FAR
        words = self.hashes | (np.where(far, 0, distances).astype(np.uint32) << np.uint32(BITS))
        if far.any():  # a word of its own before, that holds the distance
            jumps = distances[far].astype(np.uint32) | np.uint32(FAR << BITS)
            words = np.insert(words, np.flatnonzero(far), jumps)
        return words.astype("<u4").tobytes()


def unpacked(data: bytes) -> Prints:
    words = np.frombuffer(data, "<u4")
    distances = (words >> np.uint32(BITS)).astype(np.int64)
    low = words & np.uint32((1 << BITS) - 1)
    jump = distances == FAR
    places = np.cumsum(np.where(jump, low, distances)) - 1
    return Prints(places[~jump], low[~jump])


def small(codes: NDArray[Any]) -> NDArray[np.uint16]:
    """Codes in 16 bits: what is beyond shares the numbers of surrogates, which stand for nothing else."""
    if codes.dtype == np.uint16:
        return codes
    return np.where(codes < 0x10000, codes, 0xD800 + codes % 0x800).astype(np.uint16)


def all_hashes(codes: NDArray[Any]) -> NDArray[np.uint32]:
    """The number of each stretch of LENGTH codes."""
    return (gram_hashes(small(codes), LENGTH) >> np.uint64(64 - BITS)).astype(np.uint32)


def prints_of(codes: Codes, *, once: bool = True) -> Prints:
    """The fingerprints of a text. One shorter than SHARED has none: it can share nothing.

    once: what repeats itself with its surroundings is kept once, as is right for what is looked up.
    """
    hashes = all_hashes(codes)
    if len(hashes) < WINDOW:
        return Prints(np.zeros(0, np.int64), np.zeros(0, np.uint32))
    # Seen from behind, the first of the least is the last of them.
    least = sliding_window_view(hashes[::-1], WINDOW).argmin(axis=1)
    count = len(least)
    chosen = np.zeros(len(hashes), bool)
    chosen[len(hashes) - 1 - (np.arange(count) + least)] = True
    places = np.flatnonzero(chosen)
    if once:
        places = _once(codes, places)
    return Prints(places, hashes[places])


def _once(codes: Codes, places: NDArray[np.int64]) -> NDArray[np.int64]:
    """Without those that stand before in the same surroundings; those near the ends stay."""
    wide = gram_hashes(codes, LENGTH + 2 * AROUND)
    inner = (places >= AROUND) & (places - AROUND < len(wide))
    _, first = np.unique(wide[places[inner] - AROUND], return_index=True)
    kept = ~inner
    kept[np.flatnonzero(inner)[first]] = True
    return places[kept]
