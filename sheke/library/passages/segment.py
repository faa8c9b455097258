"""Fingerprints and texts of many documents, laid out so that a fingerprint is found in one step.

codes     the texts one behind the other in 16 bits (`corpus`), with a margin of APART
starts    where each begins; one more than there are texts
keys      the caller's number of each text
places    where each fingerprint stands in `codes`, ordered by the fingerprint's number
buckets   where in `places` the fingerprints with the same first `bits` bits begin; one more than buckets

The numbers themselves are not kept: whoever asks compares the codes anyhow. The arrays may lie in memory
or in a file that is mapped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .characters import Codes
from .winnowing import AROUND, BITS, LENGTH, Prints, small

MARGIN = LENGTH + 2 * AROUND  # so that looking around a fingerprint never leaves the codes
PER_BUCKET = 8


@dataclass(frozen=True, eq=False)
class Segment:
    codes: NDArray[np.uint16]
    starts: NDArray[np.int64]
    keys: NDArray[np.int64]
    places: NDArray[np.uint32]
    buckets: NDArray[np.uint32]

    def __len__(self) -> int:
        return len(self.keys)

    @property
    def bits(self) -> int:
        return (len(self.buckets) - 1).bit_length() - 1

    def text(self, number: int) -> NDArray[np.uint16]:
        return self.codes[self.starts[number] : self.starts[number + 1] - 1]

    def texts_at(self, places: NDArray[np.int64]) -> NDArray[np.int64]:
        return np.searchsorted(self.starts, places, side="right") - 1

    def postings(self, hashes: NDArray[np.uint32]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """For each number, from and before where in `places` its bucket stands."""
        bucket = hashes >> np.uint32(BITS - self.bits)
        return self.buckets[bucket].astype(np.int64), self.buckets[bucket + 1].astype(np.int64)


def segment_of(keys: Sequence[int], texts: Sequence[Codes], prints: Sequence[Prints]) -> Segment:
    """A segment in memory."""
    margin = np.zeros(MARGIN, np.uint16)
    parts: list[NDArray[np.uint16]] = [margin]
    for text in texts:
        parts += [small(text), np.zeros(1, np.uint16)]
    starts = np.cumsum([MARGIN, *(len(text) + 1 for text in texts)], dtype=np.int64)
    places = np.concatenate(
        [np.zeros(0, np.int64), *(p.places + s for p, s in zip(prints, starts, strict=False))]
    )
    hashes = np.concatenate([np.zeros(0, np.uint32), *(p.hashes for p in prints)])
    ordered, buckets = arranged(hashes, places)
    codes = np.concatenate([*parts, margin])
    return Segment(codes, starts, np.asarray(keys, np.int64), ordered, buckets)


def bucket_bits(count: int) -> int:
    """So many bits that a bucket holds a few fingerprints."""
    return min(max((count // PER_BUCKET).bit_length(), 8), BITS)


def arranged(
    hashes: NDArray[np.uint32], places: NDArray[np.int64], bits: int = 0
) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """The places ordered by number and place, and where each bucket begins."""
    bits = bits or bucket_bits(len(hashes))
    words = (hashes.astype(np.uint64) << np.uint64(32)) | places.astype(np.uint64)
    words.sort()
    bucket = (words >> np.uint64(32 + BITS - bits)).astype(np.int64)
    counts = np.bincount(bucket, minlength=1 << bits)
    buckets = np.concatenate(([0], np.cumsum(counts))).astype(np.uint32)
    return (words & np.uint64(0xFFFFFFFF)).astype(np.uint32), buckets
