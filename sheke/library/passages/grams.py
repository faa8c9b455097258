"""Numbers of all stretches of a given length, computed for a whole text at once."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]
BASE = 0x9E3779B97F4A7C15
_SPREAD = np.uint64(0xBF58476D1CE4E5B9)
_FINAL = np.uint64(0x94D049BB133111EB)


def gram_hashes(codes: NDArray[Any], length: int) -> Hashes:
    """One number for each stretch of `length` codes, by its beginning; equal stretches have equal ones.

    A polynomial in 64 bits, put together from stretches of 1, 2, 4 … codes. Different stretches
    may share a number; whoever must be sure compares the codes.
    """
    count = len(codes) - length + 1
    if count <= 0:
        return np.zeros(0, np.uint64)
    power = codes.astype(np.uint64) * _SPREAD  # of stretches of `size` codes
    power ^= power >> np.uint64(29)
    sums = np.zeros(count, np.uint64)
    size, done = 1, 0
    while size <= length:
        if length & size:
            sums = sums * _times(size) + power[done : done + count]
            done += size
        if size * 2 <= length:
            power = power[:-size] * _times(size) + power[size:]
        size *= 2
    sums ^= sums >> np.uint64(32)
    sums *= _FINAL
    return sums ^ (sums >> np.uint64(31))


def _times(size: int) -> np.uint64:
    """What a stretch is multiplied with when `size` codes follow it."""
    return np.uint64(pow(BASE, size, 1 << 64))
