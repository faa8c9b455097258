"""The linear mixed model of submissions and reviewers, solved exactly for given ratios.

    score = μ + sᵢ + rⱼ + noise,   sᵢ ~ N(0, a σ²),  rⱼ ~ N(0, b σ²),  noise ~ N(0, σ²)

With a flat prior on μ the posterior of (μ, r, s) is normal; its precision is Henderson's mixed
model matrix C (Henderson 1975; Searle, Casella, McCulloch, Variance Components, 1992, ch. 7).
The submissions' block of C is diagonal, dᵢ = nᵢ + 1/a, and is eliminated, which leaves a dense matrix
M over (μ, r) only. σ² has an inverse-gamma prior, so it is integrated in closed form.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from .tables import Floats, Ints, Table, sums

# Prior of σ²: worth three scores that lie 5 % of the scale's width off. Keeps all moments finite.
PRIOR_WEIGHT, PRIOR_NOISE = 3.0, 0.05
DENSE = 0.1  # share of filled cells from which plain matrix products are quicker


@dataclass(frozen=True)
class Ratios:
    """log a and log b: variances of submissions and reviewers by that of the noise."""

    submissions: float
    reviewers: float

    @property
    def log_prior(self) -> float:
        """Half-Cauchy(0, 1) on √a and √b (Gelman 2006), as a density over their logarithms."""
        return sum(x / 2 - float(np.logaddexp(0, x)) for x in (self.submissions, self.reviewers))


@dataclass(frozen=True)
class Solution:
    """At given ratios, on the scale 0–1. The mean of (μ, r) and their covariance by σ²."""

    ratios: Ratios
    x: Floats  # μ, then the reviewers
    s: Floats
    covariance: Floats
    d: Floats
    variance: float  # posterior mean of σ²


class Equations:
    """Henderson's equations of a table; scores are taken to the scale 0–1."""

    def __init__(self, table: Table, low: float, width: float) -> None:
        self.table = table
        self.y = (table.y - low) / width
        self.n = table.reviews.astype(np.float64)
        self.m = table.done.astype(np.float64)
        self.sums = sums(table.i, self.y)
        self.size = len(self.m)

    @cached_property
    def dense(self) -> Floats | None:
        """Submissions × reviewers, 1 where there is a review; None where that is mostly empty."""
        shape = len(self.n), self.size
        if len(self.y) < DENSE * shape[0] * shape[1]:
            return None
        filled = np.zeros(shape)
        filled[self.table.i, self.table.j] = 1.0
        return filled

    @cached_property
    def pairs(self) -> tuple[Ints, Ints, Ints]:
        """All ordered pairs of reviewers of one submission: submission, first, second."""
        count = self.table.reviews
        each = count[self.table.i]
        first = np.repeat(np.arange(len(each)), each)
        offset = np.arange(len(first)) - np.repeat(np.cumsum(each) - each, each)
        second = self.table.starts[self.table.i[first]] + offset
        return self.table.i[first], self.table.j[first], self.table.j[second]

    def per_reviewer(self, of_submission: Floats) -> Floats:
        """Σ over each reviewer's submissions."""
        return sums(self.table.j, of_submission[self.table.i])

    def per_submission(self, of_reviewer: Floats) -> Floats:
        """Σ over each submission's reviewers; the last axis is the reviewers'."""
        return np.add.reduceat(of_reviewer[..., self.table.j], self.table.starts, axis=-1)

    def _together(self, d: Floats) -> Floats:
        """Σᵢ over the submissions that two reviewers share, of 1/dᵢ."""
        if self.dense is not None:
            return self.dense.T @ (self.dense / d[:, None])
        i, first, second = self.pairs
        flat = sums(first * self.size + second, 1 / d[i], self.size**2)
        return flat.reshape(self.size, self.size)

    def _system(self, ratios: Ratios) -> tuple[Floats, Floats, Floats]:
        """M, its right side and d."""
        d = self.n + np.exp(-ratios.submissions)
        matrix = np.empty((self.size + 1, self.size + 1))
        matrix[0, 0] = (self.n - self.n**2 / d).sum()
        matrix[0, 1:] = matrix[1:, 0] = self.per_reviewer(1 - self.n / d)
        matrix[1:, 1:] = -self._together(d)
        diagonal = np.arange(1, self.size + 1)
        matrix[diagonal, diagonal] += self.m + np.exp(-ratios.reviewers)
        off = self.y - (self.sums / d)[self.table.i]
        right = np.concatenate([[off.sum()], sums(self.table.j, off)])
        return matrix, right, d

    def log_posterior(self, ratios: Ratios) -> float:
        """log p(ratios | scores) up to a constant, with μ, s, r and σ² integrated.

        −½(log|C| + S log a + R log b) − ½(ν + n − 1) log(ν s₀² + Q) + log prior. One Cholesky of M
        bordered by its right side gives log|M| and the sum of squares Q together.
        """
        matrix, right, d = self._system(ratios)
        squares = float(self.y @ self.y - (self.sums**2 / d).sum())
        bordered = np.block([[matrix, right[:, None]], [right[None, :], np.array([[squares]])]])
        # The floor keeps the border positive where the model fits without any rest.
        bordered[-1, -1] += PRIOR_WEIGHT * PRIOR_NOISE**2
        diagonal = np.diag(np.linalg.cholesky(bordered))
        fit = 2 * np.log(diagonal[-1])
        determinant = np.log(d).sum() + 2 * np.log(diagonal[:-1]).sum()
        levels = len(self.n) * ratios.submissions + self.size * ratios.reviewers
        free = PRIOR_WEIGHT + len(self.y) - 1
        return float(-(determinant + levels + free * fit) / 2 + ratios.log_prior)

    def solve(self, ratios: Ratios) -> Solution:
        """The whole posterior at these ratios."""
        matrix, right, d = self._system(ratios)
        covariance = np.linalg.inv(matrix)
        covariance = (covariance + covariance.T) / 2
        x = covariance @ right
        rest = float(self.y @ self.y - (self.sums**2 / d).sum() - right @ x)
        # Mean of the inverse gamma with ν + n − 1 degrees of freedom; ν = 3 leaves n below.
        variance = (PRIOR_WEIGHT * PRIOR_NOISE**2 + max(rest, 0.0)) / len(self.y)
        return Solution(ratios, x, self.effects(x, d), covariance, d, variance)

    def effects(self, x: Floats, d: Floats) -> Floats:
        """Posterior means of the submissions' effects given (μ, r); x may have leading axes."""
        return (self.sums - self.n * x[..., :1] - self.per_submission(x[..., 1:])) / d

    def submissions(self, at: Solution) -> tuple[Floats, Floats]:
        """Means and variances of μ + r̄ + sᵢ: what these reviewers would give on average."""
        c = np.full(self.size + 1, 1 / self.size)
        c[0] = 1.0
        u = at.covariance @ c
        crossed = self.n * u[0] + self.per_submission(u[1:])
        own = self.n**2 * at.covariance[0, 0]
        own += 2 * self.n * self.per_submission(at.covariance[0, 1:]) + self._quadratic(at)
        spread = 1 / at.d + c @ u - 2 * crossed / at.d + own / at.d**2
        return at.x @ c + at.s, at.variance * np.maximum(spread, 0)

    def _quadratic(self, at: Solution) -> Floats:
        """Σ over pairs of a submission's reviewers of their covariance."""
        inner = at.covariance[1:, 1:]
        if self.dense is not None:
            return np.einsum("ij,ij->i", self.dense @ inner, self.dense)
        i, first, second = self.pairs
        return sums(i, inner[first, second])

    def reviewers(self, at: Solution) -> tuple[Floats, Floats]:
        """Means and variances of r̄ − rⱼ: severity against the average of these reviewers."""
        inner = at.covariance[1:, 1:]
        mean = inner.mean(axis=1)
        spread = mean.mean() - 2 * mean + np.diag(inner)
        return at.x[1:].mean() - at.x[1:], at.variance * np.maximum(spread, 0)
