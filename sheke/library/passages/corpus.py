"""Texts one behind the other, so that all are looked through at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .characters import Codes

APART = (
    0  # no character; stands between two texts, so that nothing shared runs from one to the next
)


@dataclass(frozen=True, eq=False)
class Corpus:
    """`codes` of all texts with APART before, between and behind them; text n begins at `starts[n]`."""

    codes: NDArray[Any]
    starts: NDArray[np.int64]  # one more than there are texts

    def __len__(self) -> int:
        return len(self.starts) - 1

    def text(self, number: int) -> NDArray[Any]:
        return self.codes[self.starts[number] : self.starts[number + 1] - 1]

    def texts_at(self, places: NDArray[Any]) -> NDArray[np.int64]:
        """The numbers of the texts in which these places are."""
        return np.searchsorted(self.starts, places, side="right") - 1


def corpus_of(texts: Sequence[Codes]) -> Corpus:
    apart = np.array([APART], np.uint32)
    parts: list[Codes] = [apart]
    for text in texts:
        parts += [text, apart]
    starts = np.cumsum([1, *(len(text) + 1 for text in texts)], dtype=np.int64)
    return Corpus(np.concatenate(parts), starts)
