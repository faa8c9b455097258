"""What a check found: passages with the places where each stands, and shares of the text."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from .masks import Mask, quoted_mask, without, wording_mask
from .normal import Normal
from .runs import Run

# What a source is called: the number of a file of the library, or a name of the caller's.
Key = int | str

COMMON = 10  # found in more texts than this, a wording belongs to nobody
SOURCES_SHOWN = 100  # of one passage
CROSSING = 5_000_000  # passages × sources that are looked through for who else holds a passage


@dataclass(frozen=True)
class Source:
    """A text that was compared: its key, and its own counted characters with their places."""

    key: Key
    normal: Normal


@dataclass(frozen=True)
class Place:
    """Where a passage stands in a source: characters of the source's own text."""

    key: Key
    start: int
    end: int


@dataclass(frozen=True)
class Passage:
    """A stretch of the checked text, of its own characters, that stands in each of `places`.

    `first` and `last`: the same stretch in counted characters.
    """

    start: int
    end: int
    first: int
    last: int
    text: str
    places: tuple[Place, ...]


@dataclass(frozen=True, eq=False)
class Result:
    """All that a check says of a text. Shares are parts (0–1) of the counted characters."""

    characters: int
    minimum: int
    passages: tuple[Passage, ...]
    runs: Mapping[Key, Sequence[Run]]  # by source, in counted characters
    covered: Mask
    common: Mask  # wording of many texts or of a list
    quoted: Mask  # quotations, titles, lists of references
    counts: NDArray[np.int32] = field(
        repr=False
    )  # texts that share the character; may stop past the bound

    def share(self, mask: Mask) -> float:
        return int(mask.sum()) / self.characters if self.characters else 0.0

    @property
    def coverage(self) -> float:
        return self.share(self.covered)

    @property
    def coverage_without_common(self) -> float:
        return self.share(without(self.covered, self.common, self.minimum))

    @property
    def coverage_without_quoted(self) -> float:
        return self.share(without(self.covered, self.quoted, self.minimum))

    @property
    def coverage_of_own(self) -> float:
        """Without common wording, quotations and references: what has to be explained."""
        return self.share(without(self.covered, self.common | self.quoted, self.minimum))

    def coverage_by(self, key: Key) -> float:
        """The share that stands in one source."""
        mask = np.zeros(self.characters, bool)
        for run in self.runs.get(key, ()):
            mask[run.start : run.end] = True
        return self.share(mask)


def renamed(result: Result, names: Mapping[Key, Key]) -> Result:
    """The same with other keys of its sources."""
    passages = tuple(
        replace(one, places=tuple(replace(p, key=names.get(p.key, p.key)) for p in one.places))
        for one in result.passages
    )
    runs = {names.get(key, key): one for key, one in result.runs.items()}
    return replace(result, passages=passages, runs=runs)


def counts_of(characters: int, runs: Iterable[Sequence[Run]]) -> NDArray[np.int32]:
    """For each character of the text, how many others share it."""
    steps = np.zeros(characters + 1, np.int32)
    for one in runs:
        end = 0
        for run in one:  # in order, and their ends grow
            steps[max(run.start, end)] += 1
            steps[run.end] -= 1
            end = run.end
    return np.cumsum(steps[:-1], dtype=np.int32)


def result_of(
    text: str, normal: Normal, sources: Mapping[Key, Normal],
    runs: Mapping[Key, Sequence[Run]], *, minimum: int, common: int = COMMON,
    wordings: Iterable[str] = (), counts: NDArray[np.int32] | None = None,
) -> Result:  # fmt: skip
    """Put together what was found. `counts` is given where more texts were looked at than `runs` tells of."""
    if counts is None:
        counts = counts_of(len(normal), runs.values())
    return Result(
        characters=len(normal), minimum=minimum,
        passages=tuple(_passages(text, normal, sources, runs)), runs=runs,
        covered=counts > 0,
        common=(counts > common) | wording_mask(normal, wordings),
        quoted=quoted_mask(text, normal), counts=counts,
    )  # fmt: skip


def _passages(
    text: str, normal: Normal, sources: Mapping[Key, Normal],
    runs: Mapping[Key, Sequence[Run]],
) -> Iterable[Passage]:  # fmt: skip
    """Each longest stretch once, with every source that holds the whole of it."""
    spans = sorted({(run.start, run.end) for one in runs.values() for run in one},
                   key=lambda span: (span[0], -span[1]))  # fmt: skip
    holders = _holders(spans, runs)
    for first, last in spans:
        start, end = normal.span(first, last)
        places = tuple(
            Place(key, *sources[key].span(place, place + last - first))
            for key, place in holders[first, last][:SOURCES_SHOWN]
        )
        yield Passage(start, end, first, last, text[start:end], places)


def _holders(
    spans: Sequence[tuple[int, int]], runs: Mapping[Key, Sequence[Run]]
) -> dict[tuple[int, int], list[tuple[Key, int]]]:
    found = defaultdict(list)
    whole = len(spans) * len(runs) <= CROSSING
    for key, one in runs.items():
        if not whole:
            for run in one:
                found[run.start, run.end].append((key, run.place))
            continue
        for first, last in spans:
            at = bisect_right(one, first, key=attrgetter("start")) - 1
            if at >= 0 and one[at].end >= last:
                found[first, last].append((key, one[at].place + first - one[at].start))
    return found
