"""Scores of many reviewers by all methods, against one model fitted by dense matrices.

    uv run python -m bench.scoring --json

5,000 submissions × 1,000 reviewers × 3 reviews, simulated with known quality and severity (fixed
seed). The rival is the plain way to the same model: the matrix over all submissions and reviewers
at once, and leaving a reviewer out by solving again; it runs once and for a few reviewers, and
is extrapolated. `truth` is Spearman's correlation with the known quality.
"""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING, Any

import numpy as np

from .measure import rss_mb, timed

if TYPE_CHECKING:
    from sheke.calls.scoring import Evaluation, Score

SOLVED_AGAIN = 2  # reviewers left out by the rival


def main() -> None:
    """Print the measurements; `--json` in one line."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name, number in (("submissions", 5000), ("reviewers", 1000), ("reviews", 3)):
        parser.add_argument(f"--{name}", type=int, default=number)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    found = measure(asked.submissions, asked.reviewers, asked.reviews)
    print(json.dumps(found, ensure_ascii=False, indent=None if asked.json else 2))


def measure(submissions: int, reviewers: int, reviews: int) -> dict[str, Any]:
    """Seconds of ours and the rival's, and how near each method comes to the truth."""
    from django.conf import settings

    if not settings.configured:
        settings.configure(USE_I18N=False)
    from sheke.calls.scoring import Rules, evaluate

    quality, scores = simulate(submissions, reviewers, reviews)
    results: dict[str, Any] = {
        "submissions": submissions, "reviewers": reviewers, "reviews": len(scores),
    }  # fmt: skip
    with timed(results, "all_methods", places=2):
        found = evaluate(scores, rules=Rules(within=max(1, submissions // 5)))
    results["rss_mb"] = rss_mb()
    results |= {
        "truth": {m: _truth(found, quality, m) for m in ("raw", "trimmed", "z", "bayes")},
        "intervals_hold": _held(found, quality),
        "changing_between_methods": len(found.between_methods),
        "reviewers_who_decide": len(found.left_out),
    }
    return results | _rival(scores, results["all_methods"]["wall"], reviewers)


def simulate(
    submissions: int, reviewers: int, reviews: int, seed: int = 1
) -> tuple[dict[str, float], list[Score]]:
    """Quality as these reviewers see it on average, and the scores, on 0–100."""
    from sheke.calls.scoring import Score

    draw = np.random.RandomState(seed)
    quality, severity = draw.normal(75, 6, submissions), draw.normal(0, 5, reviewers)
    scores = [
        Score(f"r{j}", f"s{i}", total=float(np.clip(quality[i] - severity[j] + noise, 0, 100)))
        for i in range(submissions)
        for j, noise in zip(
            draw.choice(reviewers, reviews, replace=False), draw.normal(0, 4, reviews), strict=True
        )
    ]
    return {f"s{i}": float(q - severity.mean()) for i, q in enumerate(quality)}, scores


def _truth(found: Evaluation, quality: dict[str, float], method: str) -> float:
    pairs = [(getattr(one, method), quality[one.id]) for one in found.submissions]
    places = [np.argsort(np.argsort(values)) for values in zip(*pairs, strict=True)]
    return round(float(np.corrcoef(*places)[0, 1]), 4)


def _held(found: Evaluation, quality: dict[str, float]) -> float:
    held = [one.low <= quality[one.id] <= one.high for one in found.submissions]
    return round(sum(held) / len(held), 4)


def _rival(scores: list[Score], ours: float, reviewers: int) -> dict[str, Any]:
    """One solution of the whole dense system and its inverse, then again without a reviewer."""
    results: dict[str, Any] = {}
    with timed(results, "rival_one_solution", places=2):
        _dense(scores)
    with timed(results, "rival_left_out", places=2):
        for n in range(SOLVED_AGAIN):
            _dense([one for one in scores if one.reviewer != f"r{n}"], intervals=False)
    each = results["rival_left_out"]["wall"] / SOLVED_AGAIN
    # Our way climbs to the best ratios too; the rival is given them for nothing.
    whole = results["rival_one_solution"]["wall"] + reviewers * each
    return results | {"rival_all_s": round(whole, 1), "times": round(whole / ours, 1)}


def _dense(scores: list[Score], *, intervals: bool = True) -> Any:
    submissions = {name: n for n, name in enumerate(sorted({one.submission for one in scores}))}
    reviewers = {name: n for n, name in enumerate(sorted({one.reviewer for one in scores}))}
    size = 1 + len(reviewers) + len(submissions)
    matrix, right = np.zeros((size, size)), np.zeros(size)
    for one in scores:
        row = [
            0, 1 + reviewers[one.reviewer], 1 + len(reviewers) + submissions[one.submission]
        ]  # fmt: skip
        matrix[np.ix_(row, row)] += 1
        right[row] += one.total
    matrix[np.diag_indices(size)] += [0] + [16 / 25] * len(reviewers) + [16 / 36] * len(submissions)
    return np.linalg.inv(matrix) @ right if intervals else np.linalg.solve(matrix, right)


if __name__ == "__main__":
    main()
