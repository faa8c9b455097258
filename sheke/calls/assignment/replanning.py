"""A plan in use meets a change: a recusal, a forced or forbidden pair, one reviewer more. As little as can be is
changed, and of the plans that change least the one of greatest affinity is taken."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING

from . import affinity, candidates, engine, instance, optimum
from .affinity import NEVER
from .plan import Plan
from .problem import Id, Pair, Problem

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

LEVELS = 2**12  # steps of affinity told apart: change comes first
CHAIN = 2**10  # changes of one chain for which “fewest” is certain
NEAR = 4  # candidates of a submission that did not change
OPEN = 150  # candidates of a submission that did


def replan(problem: Problem, pairs: Iterable[tuple[Id, Id]]) -> Plan:
    """The plan of the problem as it is now that differs least from `pairs`, with its `changes`.

    Pairs of unknown ids and pairs that may no longer be are dropped. A reviewer's minimum does not ask for more
    than what is left in the old plan: a recusal makes no work for others. `bound` is the objective itself: the
    plan is not meant to be the best. Pure; takes a second or two for 5,000 submissions by 1,000 reviewers.
    """
    start = time.perf_counter()
    old = _known(problem, pairs)
    values = affinity.values(problem)
    cells = values.cells.copy()
    ready = _coarse(problem, values, old)
    kept = _keys(ready, [pair for pair in old if ready.cells[pair[1], pair[0]] != NEVER])
    bonus = optimum.Bonus(kept, max(LEVELS, ready.span) * CHAIN)
    best = optimum.find(ready, _begin(ready, kept), bonus)
    chosen = best.flow.pairs.some(best.flow.used)
    new = {*problem.forced, *zip(chosen.people.tolist(), chosen.papers.tolist(), strict=True)}
    ordered = sorted(new, key=lambda pair: (pair[1], pair[0]))
    value = sum(int(cells[submission, reviewer]) for reviewer, submission in ordered)
    plan = engine.describe(problem, values, best, ordered, value)
    plan.changes = {
        "removed": [problem.names(p) for p in sorted(old - new)],
        "added": [problem.names(p) for p in sorted(new - old)],
    }
    plan.seconds = round(time.perf_counter() - start, 3)
    return plan


def recuse(problem: Problem, pairs: Iterable[tuple[Id, Id]], reviewer: Id, submission: Id) -> Plan:
    """One reviewer leaves one submission; the pair may never come back."""
    pair = (problem.reviewers.index(reviewer), problem.submissions.index(submission))
    changed = dataclasses.replace(
        problem, conflicts=problem.conflicts | {pair}, forced=problem.forced - {pair}
    )
    return replan(changed, pairs)


def _known(problem: Problem, pairs: Iterable[tuple[Id, Id]]) -> set[Pair]:
    people = {given: number for number, given in enumerate(problem.reviewers)}
    papers = {given: number for number, given in enumerate(problem.submissions)}
    return {(people[r], papers[s]) for r, s in pairs if r in people and s in papers}


def _coarse(problem: Problem, values: affinity.Values, old: set[Pair]) -> instance.Instance:
    """The instance with few steps of affinity and minima that the old plan meets."""
    import numpy as np

    ready = instance.make(problem, values)
    loads = np.zeros(ready.people, dtype=np.int64)
    for reviewer, submission in old:
        loads[reviewer] += ready.cells[submission, reviewer] != NEVER
    ready.low = np.minimum(ready.low, loads)
    steps = -(-ready.span // LEVELS)
    if steps > 1:
        ready.cells = np.where(ready.cells == NEVER, NEVER, ready.cells // steps).astype(np.int32)
    return ready


def _keys(ready: instance.Instance, pairs: list[Pair]) -> Ints:
    import numpy as np

    return np.sort(np.array([s * ready.people + r for r, s in pairs], dtype=np.int64))


def _begin(ready: instance.Instance, kept: Ints) -> Ints:
    """The old pairs, a few more for each submission, many for those that lost or want a reviewer."""
    import numpy as np

    have = np.bincount(kept // max(1, ready.people), minlength=ready.papers)
    changed = np.flatnonzero(have != ready.needs)
    begun = [kept, candidates.first(ready, NEAR)]
    for submission in changed[:200]:
        row = ready.cells[submission]
        best = np.argsort(-row.astype(np.int64), kind="stable")[:OPEN]
        begun.append(submission * ready.people + best[row[best] != NEVER])
    return np.unique(np.concatenate(begun))
