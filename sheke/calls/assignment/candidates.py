"""Which pairs are weighed by the flow at all: first the best of each row and column, then what the prices ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import lots
from .affinity import NEVER
from .instance import Instance
from .network import Pairs

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

BLOCK = 2**21


def first(instance: Instance, width: int) -> Ints:
    """Keys (submission * people + reviewer) of the `width` best reviewers of each submission and of the best
    submissions of each reviewer; equal values by lot, so that not all take the same."""
    import numpy as np

    marks = (
        lots.marks(None, "submission", list(range(instance.papers))),
        lots.marks(None, "reviewer", list(range(instance.people))),
    )
    found = [np.empty(0, dtype=np.int64)]
    step = max(1, BLOCK // max(1, instance.people))
    for start in range(0, instance.papers, step):
        cells = instance.cells[start : start + step].astype(np.int64)
        rank = (cells << lots.BITS) + lots.draw(marks[0][start : start + step, None], marks[1][None, :])
        rank[cells == NEVER] = np.iinfo(np.int64).min
        papers, people = _top(rank, width)
        found.append((papers + start) * instance.people + people)
        people, papers = _top(rank.T, max(1, width * len(cells) // max(1, 2 * instance.people)))
        found.append((papers + start) * instance.people + people)
    return np.unique(np.concatenate(found))


def _top(rank: Ints, width: int) -> tuple[Ints, Ints]:
    """Row and column of the `width` largest of each row that may be."""
    import numpy as np

    width = min(width, rank.shape[1])
    if not width:
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    columns = np.argpartition(rank, rank.shape[1] - width, axis=1)[:, -width:]
    rows = np.repeat(np.arange(len(rank)), width)
    some = rank[rows, columns.ravel()] > np.iinfo(np.int64).min
    return rows[some], columns.ravel()[some]


def pairs(instance: Instance, keys: Ints) -> Pairs:
    """The pairs of sorted keys, with their values as worth."""
    import numpy as np

    papers, people = np.divmod(keys, max(1, instance.people))
    return Pairs(papers, people, instance.cells[papers, people].astype(np.int64))
