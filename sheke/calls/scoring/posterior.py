"""The posterior over the ratios: a lattice around its top, each point with its weight."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .mixed import PRIOR_WEIGHT, Equations, Ratios, Solution
from .tables import Floats

REACH = 10.0  # of log a and log b to both sides of zero
FIRST_STEP, LAST_STEP = 2.0, 2.0**-6
DROP = 1.5  # in log units, from the top to the next point along an axis
KEPT = 3.5  # points lower than this below the top are left out
DRAWS = 2000
SEED = 20260101
NINETY = 1.6448536269514722  # normal quantile of 0.95

Point = tuple[float, float]


@dataclass(frozen=True)
class Posterior:
    """A mixture over the lattice, on the scale 0–1; `best` is the point with most weight."""

    equations: Equations
    solutions: list[Solution]
    weights: Floats

    @property
    def best(self) -> Solution:
        return self.solutions[int(np.argmax(self.weights))]

    def mixed(self, part: Callable[[Solution], tuple[Floats, Floats]]) -> tuple[Floats, Floats]:
        """Mean and standard deviation over the mixture of what has them at each point."""
        found = [part(at) for at in self.solutions]
        means = np.array([mean for mean, _variance in found])
        variances = np.array([variance for _mean, variance in found])
        mean = self.weights @ means
        return mean, np.sqrt(self.weights @ (variances + (means - mean) ** 2))

    def draws(self) -> Floats:
        """DRAWS draws of all submissions' effects together, one a row (common μ left out).

        Always the same for the same scores: RandomState's stream never changes between
        versions of numpy.
        """
        random = np.random.RandomState(SEED)
        edges = np.rint(np.cumsum(self.weights) * DRAWS).astype(int)
        edges[-1] = DRAWS
        counts = np.diff(edges, prepend=0)
        parts = [
            _draw(self.equations, at, int(count), random)
            for at, count in zip(self.solutions, counts, strict=True)
            if count
        ]
        return np.concatenate(parts)


def posterior(equations: Equations) -> Posterior:
    """Find the top by steps on a lattice, halving them until they fit, then keep the points about it."""
    known: dict[Point, float] = {}

    def height(point: Point) -> float:
        if max(map(abs, point)) > REACH:
            return -math.inf
        if point not in known:
            known[point] = equations.log_posterior(Ratios(*point))
        return known[point]

    top, steps = _climb(height)
    points = _around(height, top, steps)
    heights = np.array([height(point) for point in points])
    weights = np.exp(heights - heights.max())
    solutions = [equations.solve(Ratios(*point)) for point in points]
    return Posterior(equations, solutions, weights / weights.sum())


def _neighbours(point: Point, steps: Point) -> list[Point]:
    x, y = point
    return [(x - steps[0], y), (x + steps[0], y), (x, y - steps[1]), (x, y + steps[1])]


def _climb(height: Callable[[Point], float]) -> tuple[Point, Point]:
    top, steps = (0.0, 0.0), (FIRST_STEP, FIRST_STEP)
    while True:
        near = _neighbours(top, steps)
        best = max(near, key=height)
        if height(best) > height(top):
            top = best
            continue
        drops = [height(top) - height(point) for point in near]
        finer = (
            steps[0] / 2 if min(drops[:2]) > DROP and steps[0] > LAST_STEP else steps[0],
            steps[1] / 2 if min(drops[2:]) > DROP and steps[1] > LAST_STEP else steps[1],
        )
        if finer == steps:
            return top, steps
        steps = finer


def _around(height: Callable[[Point], float], top: Point, steps: Point) -> list[Point]:
    """All points joined to the top that are not much lower."""
    floor, kept, waiting = height(top) - KEPT, {top}, [top]
    while waiting:
        for point in _neighbours(waiting.pop(), steps):
            if point not in kept and height(point) >= floor:
                kept.add(point)
                waiting.append(point)
    return sorted(kept)


def _draw(equations: Equations, at: Solution, count: int, random: np.random.RandomState) -> Floats:
    """`count` draws of s from the normal and inverse-gamma posterior at one point."""
    free = PRIOR_WEIGHT + len(equations.y) - 1
    noise = np.sqrt(at.variance * len(equations.y) / random.chisquare(free, (count, 1)))
    factor = np.linalg.cholesky(at.covariance)
    x = at.x + noise * (random.standard_normal((count, len(at.x))) @ factor.T)
    rest = random.standard_normal((count, len(at.d)))
    return equations.effects(x, at.d) + noise * rest / np.sqrt(at.d)
