"""The three classic methods: mean, trimmed mean, z-scores."""

from __future__ import annotations

import numpy as np

from .scores import Rules
from .tables import Floats, Ints, Table


def raw_means(table: Table) -> Floats:
    """x̄ᵢ = Σ xᵢⱼ / nᵢ, in points."""
    return np.bincount(table.i, table.y) / table.reviews


def trimmed_means(table: Table, rules: Rules) -> tuple[Floats, Ints]:
    """The mean without one highest and one lowest score where there are `trim_from` or more.

    Returns the means and 1 where something was dropped.
    """
    total, count = np.bincount(table.i, table.y), table.reviews
    cut = count >= rules.trim_from
    total = total - cut * (
        np.maximum.reduceat(table.y, table.starts) + np.minimum.reduceat(table.y, table.starts)
    )
    return total / (count - 2 * cut), cut.astype(np.intp)


def z_scores(table: Table, rules: Rules) -> tuple[Floats, list[str]]:
    """Each reviewer's scores standardised, averaged, and put back on the scale.

    zᵢⱼ = (xᵢⱼ − x̄ⱼ)/sⱼ with the reviewer's own mean and standard deviation (n − 1), then
    x̄ + s · mean of zᵢⱼ with those of all scores. A reviewer with too few reviews is standardised by the
    mean and deviation of all; one whose scores are all equal says nothing: z = 0. Returns points
    and for each reviewer “own”, “few” or “constant”.

    It takes for granted that every reviewer saw equally good work: who was given better work is
    corrected too much. The Bayesian model does not need that.
    """
    mean, deviation = float(table.y.mean()), _deviation(table.y)
    count = table.done
    own = np.bincount(table.j, table.y) / count
    squares = np.bincount(table.j, (table.y - own[table.j]) ** 2)
    spread = np.sqrt(squares / np.maximum(count - 1, 1))
    few, constant = count < rules.few, spread <= 1e-9 * max(1.0, deviation)
    centre = np.where(few, mean, own)
    scale = np.where(few, deviation or 1.0, np.where(constant, 1.0, spread))
    z = (table.y - centre[table.j]) / scale[table.j]
    points = mean + deviation * np.bincount(table.i, z) / table.reviews
    kinds = np.where(few, "few", np.where(constant, "constant", "own"))
    return points, [str(kind) for kind in kinds]


def _deviation(y: Floats) -> float:
    return float(y.std(ddof=1)) if len(y) > 1 else 0.0
