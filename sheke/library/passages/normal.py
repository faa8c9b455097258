"""A text as it is compared: the numbers of what counts, and where each stands in the text."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .characters import END, Codes, table


@dataclass(frozen=True, eq=False)
class Normal:
    """`codes[i]` stands for the character at `offsets[i]` of the text; both are of one length."""

    codes: Codes
    offsets: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.codes)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where the counted characters from `start` to before `end` stand in the text."""
        return int(self.offsets[start]), int(self.offsets[end - 1]) + 1

    def within(self, start: int, end: int) -> tuple[int, int]:
        """The counted characters of a stretch of the text."""
        first, last = np.searchsorted(self.offsets, (start, end))
        return int(first), int(last)

    @property
    def text(self) -> str:
        """The counted characters alone, in the form that stands for each."""
        return str(self.codes.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass"))


def normalise(text: str) -> Normal:
    """Han, letters and digits of a text with their places; see `characters.table`."""
    numbers = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    known = np.minimum(numbers, END - 1)  # the last place of the table counts for nothing
    codes = table()[known]
    offsets = np.flatnonzero(codes)
    return Normal(codes[offsets], offsets)
