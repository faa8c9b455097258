"""The way from a problem to a plan."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from . import affinity, bounds, drawing, infeasible, instance, lots, optimum
from .plan import Plan
from .problem import Pair, Problem

if TYPE_CHECKING:
    from .affinity import Values
    from .optimum import Optimum


def assign(problem: Problem) -> Plan:
    """The best plan, or with a seed one drawn among the nearly best. Whatever can be assigned is; what cannot
    stands in `infeasible`. Raises nothing that depends on the data."""
    start = time.perf_counter()
    values = affinity.values(problem)
    settled = sum(int(values.cells[s, r]) for r, s in problem.forced)
    ready = instance.make(problem, values)
    best = optimum.find(ready)
    drawn = drawing.draw(problem, ready, best, settled)
    pairs = sorted(
        {*problem.forced, *zip(drawn.people.tolist(), drawn.papers.tolist(), strict=True)},
        key=lambda pair: (pair[1], pair[0]),
    )
    plan = describe(problem, values, best, pairs, drawn.value + settled)
    plan.bound = max(plan.objective, ceiling(values, best.bound + settled, problem.slots))
    plan.draw = _draw(problem, values, drawn, plan)
    plan.certificate = _certificate(values, best)
    plan.seconds = round(time.perf_counter() - start, 3)
    return plan


def describe(
    problem: Problem, values: Values, best: Optimum, pairs: list[Pair], value: int
) -> Plan:
    """The plan of these pairs, its bound still its objective."""
    objective = affinity.total(problem, values, pairs, [value])
    return Plan(
        pairs=[problem.names(pair) for pair in pairs], objective=objective, bound=objective, seconds=0,
        infeasible=infeasible.explain(problem, pairs, _contested(best)),
        seed=problem.seed, loads=_loads(problem, pairs),
    )  # fmt: skip


def ceiling(values: Values, units: int, slots: int) -> float:
    """A bound in units as affinity, with what rounding may have hidden."""
    return round(units * values.unit + slots * values.slack, 9)


def _contested(best: Optimum) -> set[int]:
    """The submissions on the far side of the least cut: their price is that of an empty slot."""
    import numpy as np

    level = -best.prices.review
    return set(np.flatnonzero(level > best.prices.penalty // 2).tolist())


def _loads(problem: Problem, pairs: list[Pair]) -> dict[str, float]:
    counts = [0] * len(problem.reviewers)
    for reviewer, _submission in pairs:
        counts[reviewer] += 1
    if not counts:
        return {"min": 0, "max": 0, "mean": 0.0, "deviation": 0.0}
    mean = sum(counts) / len(counts)
    deviation = (sum((count - mean) ** 2 for count in counts) / len(counts)) ** 0.5
    return {
        "min": min(counts), "max": max(counts), "mean": round(mean, 3),
        "deviation": round(deviation, 3),
    }  # fmt: skip


def _draw(problem: Problem, values: Values, drawn: drawing.Drawn, plan: Plan) -> dict[str, Any]:
    """Everything that is needed to repeat the draw."""
    kept = 1 - plan.gap
    return {
        "seed": problem.seed, "generator": lots.NAME, "keep": problem.keep,
        "kept": round(kept, 6), "balance": problem.balance, "tries": drawn.tries,
        "strength": round(drawn.strength / drawing.FINE * values.unit, 9), "pool": drawn.pool,
    }  # fmt: skip


def _certificate(values: Values, best: Optimum) -> dict[str, Any]:
    """The prices in units; reviewers, submissions and organisations by number, as the problem lists them."""
    at: bounds.Prices = best.prices
    return {
        "unit": values.unit, "penalty": at.penalty,
        "review": at.review.tolist(), "time": at.time.tolist(),
        "caps": [list(row) for row in zip(*(part.tolist() for part in at.caps), strict=True)],
        "colleagues": [
            list(row) for row in zip(*(part.tolist() for part in at.colleagues), strict=True)
        ],
    }  # fmt: skip
