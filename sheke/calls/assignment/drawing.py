"""The draw: of the many plans that are nearly the best, one by lot, repeatable by its seed.

Each pair's value is shifted by its lot times a strength, each further submission of a reviewer costs a little more
than the one before (so loads come out even), and the flow is solved again over what the prices of the best plan
leave worth considering. What it keeps of the best affinity is then counted; too little, and the strength is halved.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import bounds, lots, network
from .instance import Instance
from .optimum import Optimum
from .problem import Problem

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

FINE = 2**10  # steps of a unit, so that lots differ where values do not
BOLD = 10  # the first strength, in parts of what may be given up
WIDTH = 30  # reviewers of a submission that take part, at least
TRIES = 12


@dataclass
class Drawn:
    """The pairs of the plan; `strength` in steps of a unit's FINE, 0 when the best plan itself is kept."""

    papers: Ints
    people: Ints
    value: int
    strength: int
    tries: int
    pool: int = 0


def draw(problem: Problem, instance: Instance, best: Optimum, settled: float) -> Drawn:
    """A plan by lot that keeps the share `problem.keep` of the best, or one of the best without a seed.
    `settled` is what the forced pairs bring, in units."""
    whole = best.bound + settled
    least = whole - (1 - problem.keep) * abs(whole) - settled
    if problem.seed is None:
        least = best.value
    strength = _first_strength(problem, instance, whole)
    for attempt in range(1, TRIES + 1):
        pool = _pool(problem, instance, best, strength)
        found = _solve(problem, instance, best, pool, strength)
        if found.missing <= best.flow.missing:
            made = _made(instance, found, strength, attempt)
            if made.value >= least:
                return made
        if not strength:
            break
        strength //= 2
    return _made(instance, best.flow, 0, attempt)


def _first_strength(problem: Problem, instance: Instance, whole: float) -> int:
    """In steps; without a seed 0: then only plans of equal affinity are told apart, by their loads."""
    if problem.seed is None:
        return 0
    slots = max(1, int(instance.needs.sum()))
    return max(FINE, int(BOLD * (1 - problem.keep) * abs(whole) * FINE / slots))


def _pool(problem: Problem, instance: Instance, best: Optimum, strength: int) -> Ints:
    """Keys of the pairs that take part: the best plan's, and of each submission those that lots may bring in."""
    import numpy as np

    one, other = _marks(problem, instance)
    papers, people = best.flow.pairs.papers, best.flow.pairs.people
    found = [(papers * instance.people + people)[best.flow.used]]
    for start, excess in bounds.blocks(instance, best.prices):
        papers, people = np.nonzero(excess >= -(strength // FINE))
        gain = excess[papers, people] - best.prices.off(instance, papers + start, people)
        some = gain >= -(strength // FINE)
        papers, people, gain = papers[some] + start, people[some], gain[some]
        shifted = gain * FINE + _shifts(lots.draw(one[papers], other[people]), strength)
        chosen = bounds.largest(papers, shifted, max(WIDTH, 3 * int(instance.needs.max(initial=0))))
        found.append((papers * instance.people + people)[chosen])
    return np.unique(np.concatenate(found))


def _marks(problem: Problem, instance: Instance) -> tuple[lots.Words, lots.Words]:
    return (
        lots.marks(problem.seed, "submission", problem.submissions),
        lots.marks(problem.seed, "reviewer", problem.reviewers),
    )


def _shifts(drawn: Ints, strength: int) -> Ints:
    """Lots as parts of the strength."""
    return (drawn * strength) >> lots.BITS


def _solve(
    problem: Problem, instance: Instance, best: Optimum, pool: Ints, strength: int
) -> network.Flow:
    import numpy as np

    papers, people = np.divmod(pool, max(1, instance.people))
    one, other = _marks(problem, instance)
    slots = int(instance.needs.sum())
    # without a seed a unit of affinity has to outweigh everything that even loads can save
    room = network.ROOM // (4 * instance.span * (len(pool) + 10**5))
    fine = FINE if problem.seed is not None else max(1, min(100 * (slots + 1), room))
    worth = instance.cells[papers, people].astype(np.int64) * fine
    worth += _shifts(lots.draw(one[papers], other[people]), strength)
    slope = problem.balance * (strength if problem.seed is not None else 32)
    penalty = min(
        (best.flow.penalty + 2) * fine + 4 * strength, network.ROOM // (4 * (len(pool) + 10**5))
    )
    pairs = network.Pairs(papers, people, worth)
    return network.solve(instance, pairs, penalty, _marginal(instance, slope))


def _marginal(instance: Instance, slope: float) -> Ints:
    """What a reviewer's submissions cost one after the other: `slope` more for each fair share, up to three."""
    import numpy as np

    fair = max(1, int(instance.needs.sum()) // max(1, instance.people))
    return np.array([int(slope * load / fair) for load in range(3 * fair + 1)], dtype=np.int64)


def _made(instance: Instance, flow: network.Flow, strength: int, tries: int) -> Drawn:
    import numpy as np

    chosen = flow.pairs.some(flow.used)
    value = int(instance.cells[chosen.papers, chosen.people].astype(np.int64).sum())
    return Drawn(chosen.papers, chosen.people, value, strength, tries, len(flow.pairs))
