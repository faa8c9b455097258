"""Scores whose truth is known; always the same for a seed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sheke.calls.scoring import Score


@dataclass(frozen=True)
class World:
    """quality and severity in points, by submission and reviewer."""

    quality: dict[str, float]
    severity: dict[str, float]
    scores: list[Score]


def world(
    submissions: int, reviewers: int, per: int, seed: int, *,
    low: float = 0, high: float = 100,
) -> World:  # fmt: skip
    """`per` reviewers drawn for each submission; deviations of 6, 5 and 4 hundredths of the scale."""
    draw, width = np.random.RandomState(seed), high - low
    quality = low + width * (0.7 + draw.normal(0, 0.06, submissions))
    severity = width * draw.normal(0, 0.05, reviewers)
    scores = []
    for i in range(submissions):
        for j in draw.choice(reviewers, per, replace=False):
            seen = quality[i] - severity[j] + width * draw.normal(0, 0.04)
            scores.append(Score(f"r{j}", f"s{i}", total=float(np.clip(seen, low, high))))
    return World(
        {f"s{i}": float(one) for i, one in enumerate(quality)},
        {f"r{j}": float(one) for j, one in enumerate(severity)}, scores,
    )  # fmt: skip


def rank_correlation(first: list[float], second: list[float]) -> float:
    """Spearman's, for values without ties."""
    places = [np.argsort(np.argsort(values)) for values in (first, second)]
    return float(np.corrcoef(*places)[0, 1])
