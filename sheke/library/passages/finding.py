"""Which documents share something with a text, and how many share each of its characters.

A character belongs to a shared run of thirteen exactly if some fingerprint of the text that is at most
five codes away from it stands, with enough of the same codes around it, in another text. So each
fingerprint's postings are looked through, in portions: a fingerprint is done with when all characters
around it have been found in more documents than the bound, since more of them would say nothing new.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from .characters import Codes
from .segment import Segment
from .winnowing import AROUND, LENGTH, SHARED, Prints, prints_of, small

PORTIONS = (64, 1_000, 16_000, 1 << 40)
AT_ONCE = 1_000_000  # postings in memory at a time
OUTSIDE = 0xFFFF  # stands around the text; no code of any text is the same

Places = NDArray[np.int64]

# Of each byte, how many bits are one from the left on: AROUND of them fit in.
_ONES = np.array([f"{byte:08b}0".index("0") for byte in range(256)], np.int64)


@dataclass(frozen=True, eq=False)
class Spans:
    """Shared stretches of the text, by segment and number of the text there; for one text apart."""

    segments: Places
    texts: Places
    starts: Places
    ends: Places

    def __len__(self) -> int:
        return len(self.starts)


@dataclass(frozen=True, eq=False)
class Found:
    """counts: by character, how many documents share it; exact up to the bound, else more than it."""

    counts: NDArray[np.int32]
    spans: Spans


def find(
    codes: Codes, segments: Sequence[Segment], *, minimum: int, bound: int,
    without: Sequence[NDArray[np.bool_] | None] = (),
) -> Found:  # fmt: skip
    """Ask the segments. minimum: at least SHARED. without: by segment, which texts are left out."""
    if minimum < SHARED:
        raise ValueError(f"fingerprints know of no run shorter than {SHARED}")
    text = _Asked(small(codes), prints_of(codes, once=False), minimum, bound)
    counts = np.zeros(len(codes), np.int32)
    left_out = [*without, *[None] * (len(segments) - len(without))]
    looks = [_Look(s, text, gone) for s, gone in zip(segments, left_out, strict=True)]
    for portion in PORTIONS:
        for look in looks:
            if look.go_on(counts, portion):
                counts = np.sum([one.counts for one in looks], axis=0, dtype=np.int32)
    return Found(counts, _spans(looks))


def _spans(looks: Sequence[_Look]) -> Spans:
    parts = [(np.full(len(one.merged[0]), n), *one.merged) for n, one in enumerate(looks)]
    if not parts:
        return Spans(*(np.zeros(0, np.int64) for _ in range(4)))
    return Spans(*(np.concatenate(column) for column in zip(*parts, strict=True)))


class _Asked:
    """The text whose passages are sought."""

    def __init__(self, codes: NDArray[np.uint16], prints: Prints, minimum: int, bound: int) -> None:
        self.length, self.prints, self.minimum, self.bound = len(codes), prints, minimum, bound
        margin = np.full(AROUND, OUTSIDE, np.uint16)
        self.codes = np.concatenate([margin, codes, np.full(LENGTH + AROUND, OUTSIDE, np.uint16)])

    def around(self, places: Places) -> NDArray[np.uint16]:
        """The codes of a fingerprint with AROUND more before and behind."""
        found: NDArray[np.uint16] = sliding_window_view(self.codes, LENGTH + 2 * AROUND)[places]
        return found

    def open(self, counts: NDArray[np.int32]) -> NDArray[np.bool_]:
        """By fingerprint, whether a character around it is not yet known to be common."""
        rare = np.concatenate(([0], np.cumsum(counts <= self.bound)))
        first = np.maximum(self.prints.places - AROUND, 0)
        last = np.minimum(self.prints.places + LENGTH + AROUND, self.length)
        return (rare[last] - rare[first]) > 0


class _Look:
    """How far one segment has been looked through."""

    def __init__(self, segment: Segment, text: _Asked, gone: NDArray[np.bool_] | None) -> None:
        self.segment, self.text, self.gone = segment, text, gone
        self.next, self.end = segment.postings(text.prints.hashes)
        self.counts = np.zeros(text.length, np.int32)
        nothing = np.zeros(0, np.int64)
        self.merged = (nothing, nothing, nothing)  # texts, starts, ends

    def go_on(self, counts: NDArray[np.int32], portion: int) -> bool:
        """Look at the next postings of the fingerprints that still say something; whether there were."""
        chosen = np.flatnonzero((self.next < self.end) & self.text.open(counts))
        if not len(chosen):
            return False
        upto = np.minimum(self.end[chosen], self.next[chosen] + portion)
        parts = [self.merged]
        for prints, postings in _flat(chosen, self.next[chosen], upto):
            parts.append(self._verified(prints, postings))
        self.next[chosen] = upto
        texts, starts, ends = (np.concatenate(column) for column in zip(*parts, strict=True))
        self.merged = _merged(texts, starts, ends, self.text.length)
        room = self.text.length + 1
        steps = np.bincount(self.merged[1], minlength=room) - np.bincount(
            self.merged[2], minlength=room
        )
        self.counts = np.cumsum(steps[:-1], dtype=np.int32)
        return True

    def _verified(self, prints: Places, postings: Places) -> tuple[Places, Places, Places]:
        """The postings that are shared runs in truth: text, start and end in the checked text."""
        mine = self.text.prints.places[prints]
        theirs = self.segment.places[postings].astype(np.int64)
        # Cheap first: most of a bucket is another stretch, which two codes tell.
        for step in (0, LENGTH - 1):
            same = self.segment.codes[theirs + step] == self.text.codes[mine + AROUND + step]
            mine, theirs = mine[same], theirs[same]
        around = sliding_window_view(self.segment.codes, LENGTH + 2 * AROUND)
        equal = around[theirs - AROUND] == self.text.around(mine)
        left = _leading(equal[:, AROUND - 1 :: -1])
        right = _leading(equal[:, LENGTH + AROUND :])
        good = equal[:, AROUND : AROUND + LENGTH].all(axis=1) & (left + right >= AROUND)
        mine, theirs, left, right = mine[good], theirs[good], left[good], right[good]
        texts = self.segment.texts_at(theirs)
        if self.gone is not None:
            here = ~self.gone[texts]
            mine, theirs, texts = mine[here], theirs[here], texts[here]
            left, right = left[here], right[here]
        starts, ends = mine - left, mine + LENGTH + right
        if self.text.minimum > SHARED:
            return self._whole(texts, starts, ends, theirs - mine)
        return texts, starts, ends

    def _whole(
        self, texts: Places, starts: Places, ends: Places, shift: Places
    ) -> tuple[Places, Places, Places]:
        """Runs in their whole length, those that are long enough."""
        starts = starts - self._further(starts - 1, shift, -1)
        ends = ends + self._further(ends, shift, 1)
        long = ends - starts >= self.text.minimum
        return texts[long], starts[long], ends[long]

    def _further(self, begin: Places, shift: Places, way: int) -> Places:
        """How many more codes are the same from `begin` on, going left or right."""
        done = np.zeros(len(begin), np.int64)
        going = np.arange(len(begin))
        steps = way * np.arange(32)
        while len(going):
            at = (begin[going] + way * done[going])[:, None] + steps
            mine = self.text.codes.take(at + AROUND, mode="clip")
            theirs = self.segment.codes.take(at + shift[going][:, None], mode="clip")
            same = np.cumprod(mine == theirs, axis=1, dtype=np.int8).sum(axis=1)
            done[going] += same
            going = going[same == len(steps)]
        return done


def _leading(equal: NDArray[np.bool_]) -> Places:
    """By row, how many are true before the first that is not (of AROUND)."""
    return _ONES[np.packbits(equal, axis=1)[:, 0]]


def _flat(chosen: Places, start: Places, end: Places) -> Iterator[tuple[Places, Places]]:
    """Each fingerprint with each of its postings from `start` to before `end`, some at a time."""
    sizes = end - start
    before = np.concatenate(([0], np.cumsum(sizes)))
    for low in range(0, int(before[-1]), AT_ONCE):
        place = np.arange(low, min(low + AT_ONCE, int(before[-1])))
        which = np.searchsorted(before, place, side="right") - 1
        yield chosen[which], start[which] + place - before[which]


def _merged(
    texts: Places, starts: Places, ends: Places, length: int
) -> tuple[Places, Places, Places]:
    """For each text its stretches apart from one another, in order."""
    if not len(texts):
        return texts, starts, ends
    room = length + 1
    order = np.argsort(texts * room + starts)
    begin, end = (texts * room + starts)[order], (texts * room + ends)[order]
    furthest = np.maximum.accumulate(end)
    first = np.flatnonzero(np.concatenate(([True], begin[1:] > furthest[:-1])))
    last = np.concatenate((first[1:], [len(begin)])) - 1
    return begin[first] // room, begin[first] % room, furthest[last] % room
