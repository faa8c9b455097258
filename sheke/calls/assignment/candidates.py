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

BLOCK = 2**18  # cells worked on at once


def first(instance: Instance, width: int) -> Ints:
    """Keys (submission * people + reviewer) of the `width` best reviewers of each submission, and half as many
    pairs again as the best submissions of each reviewer; equal values in another order for each."""
    import numpy as np

    papers, people = _best_of_rows(instance.cells, width)
    keys = [papers * instance.people + people]
    half = -(-width * instance.papers // max(1, 2 * instance.people))
    people, papers = _best_of_rows(instance.cells.T, half)
    keys.append(papers * instance.people + people)
    return np.unique(np.concatenate(keys))


def _best_of_rows(cells: NDArray[np.int32], width: int) -> tuple[Ints, Ints]:
    """Row and column of the `width` largest of each row. Order within a row is total (so the choice is the same on
    every machine): by value, then by the column's place exclusive-or the row's."""
    import numpy as np

    rows, columns = cells.shape
    places = np.argsort(lots.marks(None, "place", list(range(columns))), kind="stable")
    turns = (lots.marks(None, "turn", list(range(rows))) >> np.uint64(64 - lots.BITS)).astype(int)
    found = [(np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64))]
    step = max(1, BLOCK // max(1, columns))
    for start in range(0, rows, step):
        block = cells[start : start + step]
        rank = block.astype(np.int64, order="C") << lots.BITS
        rank += places[None, :] ^ turns[start : start + step, None]
        rank[block == NEVER] = np.iinfo(np.int64).min
        row, column = _top(rank, width)
        found.append((row + start, column))
    return np.concatenate([f[0] for f in found]), np.concatenate([f[1] for f in found])


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
