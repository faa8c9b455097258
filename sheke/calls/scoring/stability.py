"""How firm the first k are: in the posterior, between methods, without each reviewer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .mixed import Equations, Solution
from .posterior import Posterior
from .results import Exchange, LeftOut
from .tables import Floats, Ints, Table

Chosen = NDArray[np.bool_]
SAME = 1e-9  # points; closer scores are equal
NOWHERE = -1e12  # below everything


def ranks(points: Floats) -> Ints:
    """1 for the highest; equal scores share the better rank."""
    order = np.argsort(-points, kind="stable")
    ordered = points[order]
    new = np.concatenate([[True], ordered[:-1] - ordered[1:] > SAME])
    found = np.empty(len(points), dtype=np.intp)
    found[order] = np.maximum.accumulate(np.where(new, np.arange(1, len(points) + 1), 0))
    return found


def first(points: Floats, k: int) -> Chosen:
    """Who is among the first k; all who share the last place are."""
    last: float = np.partition(points, -k)[-k]
    return points >= last - SAME


@dataclass(frozen=True)
class Firmness:
    """For each submission: 90 % interval of its true rank, probability to be within the first k."""

    low: Ints
    high: Ints
    within: Floats | None


def firmness(found: Posterior, k: int | None) -> Firmness:
    """From draws of all submissions together, since their errors hang together."""
    draws = found.draws()
    order = np.argsort(-draws, axis=1)
    places = np.empty(order.shape, dtype=np.int32)
    np.put_along_axis(places, order, np.arange(1, order.shape[1] + 1, dtype=np.int32)[None], axis=1)
    within = (places <= k).mean(axis=0) if k else None
    ends = np.sort(places, axis=0)[[len(places) // 20, len(places) - 1 - len(places) // 20]]
    return Firmness(ends[0].astype(np.intp), ends[1].astype(np.intp), within)


def between_methods(
    table: Table, by_method: Mapping[str, Ints], k: int
) -> dict[str, tuple[str, ...]]:
    """Submissions among the first k by some methods but not by all → those methods."""
    inside = {method: places <= k for method, places in by_method.items()}
    votes = np.sum(list(inside.values()), axis=0)
    return {
        table.submissions[n]: tuple(method for method, chosen in inside.items() if chosen[n])
        for n in np.flatnonzero((votes > 0) & (votes < len(inside)))
    }


def left_out(found: Posterior, raw: Floats, k: int) -> Iterator[LeftOut]:
    """What would change among the first k without one reviewer after the other.

    A submission that nobody else reviewed has no place then. The ratios of variances stay as
    they are.
    """
    table, at = found.equations.table, found.best
    before_raw, before_bayes = first(raw, k), first(at.s, k)
    if len(table.reviewers) < 2:
        return
    for reviewer in range(len(table.reviewers)):
        mine = np.flatnonzero(table.j == reviewer)
        of = table.i[mine]
        count = table.reviews[of]
        s, mean = without(found.equations, at, reviewer, mine), raw.copy()
        mean[of] = (raw[of] * count - table.y[mine]) / np.maximum(count - 1, 1)
        s[of[count == 1]] = mean[of[count == 1]] = NOWHERE
        change = LeftOut(
            table.reviewers[reviewer],
            _exchange(table, before_raw, first(mean, k)),
            _exchange(table, before_bayes, first(s, k)),
        )
        if change.raw or change.bayes:
            yield change


def without(equations: Equations, at: Solution, reviewer: int, mine: Ints) -> Floats:
    """The submissions' effects, had the reviewer's reviews (`mine`) not been written.

    Deleting rows J of a linear fit: θ₋ⱼ = θ − C⁻¹ Wⱼᵀ (1 − H)⁻¹ eⱼ with H = Wⱼ C⁻¹ Wⱼᵀ and eⱼ the rows'
    residuals (Cook & Weisberg 1982), so the other rows are not solved again.
    """
    of = equations.table.i[mine]
    d, n = at.d[of], equations.n[of]
    # p = row of (μ, rⱼ) left after the submission is eliminated; here p Σ.
    shared = _sums_over(equations, of, at.covariance[1:])
    first = at.covariance[0][None, :]
    weighed = first + at.covariance[reviewer + 1] - (n[:, None] * first + shared) / d[:, None]
    across = _sums_over(equations, of, weighed[:, 1:].T)
    hat = weighed[:, [0]] + weighed[:, [reviewer + 1]]
    hat = hat - (weighed[:, [0]] * n[None, :] + across.T) / d[None, :]
    hat = hat + np.diag(1 / d)
    residual = equations.y[mine] - at.x[0] - at.x[reviewer + 1] - at.s[of]
    missing = np.linalg.solve(np.eye(len(mine)) - hat, residual)
    x = weighed.T @ missing
    change = -(equations.n * x[0] + equations.per_submission(x[1:]))
    change[of] += missing
    effects: Floats = at.s - change / at.d
    return effects


def _sums_over(equations: Equations, of: Ints, rows: Floats) -> Floats:
    """For each submission in `of` the sum of its reviewers' rows."""
    table = equations.table
    counts = table.reviews[of]
    starts = np.cumsum(counts) - counts
    offsets = np.arange(counts.sum()) - np.repeat(starts, counts)
    reviewers = table.j[np.repeat(table.starts[of], counts) + offsets]
    return np.add.reduceat(rows[reviewers], starts, axis=0)


def _exchange(table: Table, before: Chosen, after: Chosen) -> Exchange:
    def names(chosen: Chosen) -> tuple[str, ...]:
        return tuple(table.submissions[n] for n in np.flatnonzero(chosen))

    return Exchange(names(after & ~before), names(before & ~after))
