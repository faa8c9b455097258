"""The problem in arrays, with the forced pairs already settled: what is left to decide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .affinity import NEVER, Values
from .problem import Problem

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]


@dataclass
class Instance:
    """`cells[submission, reviewer]` is the value in units, NEVER where a pair may not be or is settled.

    `paper_groups` and `people_groups` are the numbers of the organisations; `settled[(reviewer, organisation)]`
    counts the forced submissions that the cap has to do with.
    """

    cells: NDArray[np.int32]
    needs: Ints
    low: Ints
    high: Ints
    cap: int
    paper_groups: Ints
    people_groups: Ints
    groups: int
    settled: dict[tuple[int, int], int]

    @property
    def papers(self) -> int:
        return len(self.needs)

    @property
    def people(self) -> int:
        return len(self.low)

    @property
    def span(self) -> int:
        """More than any two possible pairs differ by, or a pair and an empty slot."""
        low, high = self.extremes()
        return high - low + 1

    def extremes(self) -> tuple[int, int]:
        """The smallest and the largest value of a possible pair or of none (0)."""
        import numpy as np

        if not self.cells.size or (high := int(self.cells.max())) == NEVER:
            return 0, 0
        rows = (row[row > NEVER].min(initial=np.iinfo(np.int32).max) for row in self.cells)
        return min(0, *map(int, rows)), max(0, high)

    def caps(self, people: Ints, groups: Ints) -> Ints:
        """How many more submissions of an organisation each of these reviewers may get."""
        import numpy as np

        left = np.full(len(people), min(self.cap, self.papers), dtype=np.int64)
        if self.settled:
            for place, key in enumerate(zip(people.tolist(), groups.tolist(), strict=True)):
                left[place] = min(left[place], self.cap - self.settled.get(key, 0))
        return left


def make(problem: Problem, values: Values) -> Instance:
    """What remains of the problem when its forced pairs stand."""
    import numpy as np

    papers = np.array(problem.submission_organisations, dtype=np.int64)
    people = np.array(problem.reviewer_organisations, dtype=np.int64)
    bounds = np.array(problem.loads, dtype=np.int64).reshape(-1, 2)
    instance = Instance(
        cells=values.cells, needs=np.array(problem.needs, dtype=np.int64),
        low=np.minimum(bounds[:, 0], len(papers)), high=np.minimum(bounds[:, 1], len(papers)),
        cap=problem.cap, paper_groups=papers, people_groups=people,
        groups=len(problem.organisations), settled={},
    )  # fmt: skip
    for reviewer, submission in sorted(problem.forced):
        instance.needs[submission] -= 1
        instance.low[reviewer] = max(0, instance.low[reviewer] - 1)
        instance.high[reviewer] -= 1
        instance.cells[submission, people == people[reviewer]] = NEVER
        key = (reviewer, int(papers[submission]))
        instance.settled[key] = instance.settled.get(key, 0) + 1
    return instance
