"""Reviewers for submissions at three sizes, against a greedy rival on the same problem.

`uv run python -m bench.assignment --json [--full]` prints one JSON object; each case runs in a process of its own.
"""

from __future__ import annotations

import random
from typing import Any

CASES = {"1000x300x3": (1_000, 300, 3), "5000x1000x3": (5_000, 1_000, 3)}
FULL = {"28186x5491x5": (28_186, 5_491, 5)}
DISCIPLINES, FIELDS, WORDS = 23, 8, 12
CAP = 3


def problem(submissions: int, reviewers: int, reviews: int, seed: int = 1) -> dict[str, Any]:
    """A synthetic problem: few large organisations and many small, their people also review;
    popular and rare disciplines; teachers and students, co-authors as conflicts."""
    draw = random.Random(seed)
    organisations = max(12, submissions // 40)
    sizes = [1 / (n + 3) for n in range(organisations)]
    popular = [1 / (n + 4) for n in range(DISCIPLINES)]
    papers = [
        {"id": f"S{n}", "organisation": f"O{_one(draw, sizes)}", "topics": _topics(draw, popular, 3)}
        for n in range(submissions)
    ]
    people: list[dict[str, Any]] = [
        {"id": n + 1, "organisation": f"O{_one(draw, sizes)}", "topics": _topics(draw, popular, 5)}
        for n in range(reviewers)
    ]
    mean = submissions * reviews / reviewers
    for person in draw.sample(people, reviewers // 10):
        person["load"] = [0, max(1, round(mean * 0.6))]
    conflicts = [
        [draw.randrange(reviewers) + 1, paper["id"]] for paper in papers for _ in range(3)
    ]
    return {
        "reviews": reviews, "load": [round(mean * 0.4), round(mean * 1.3) + 1],
        "per_organisation_cap": CAP, "seed": 1, "submissions": papers, "reviewers": people,
        "conflicts": conflicts,
    }  # fmt: skip


def _one(draw: random.Random, weights: list[float]) -> int:
    return draw.choices(range(len(weights)), weights)[0]


def _topics(draw: random.Random, popular: list[float], words: int) -> list[str]:
    """A field of a discipline and some of the field's words, now and then of a neighbour's.

    A word is two pairs of characters, the second common to many disciplines, as in 乡村治理 and 社区治理.
    """
    discipline, field = _one(draw, popular), draw.randrange(FIELDS)
    found = [f"{_pair(discipline)}学/{_pair(discipline)}学{_pair(400 + field)}"]
    for _ in range(words):
        near = draw.randrange(FIELDS) if draw.random() < 0.25 else field
        word = draw.randrange(WORDS)
        subject = _pair(1000 + (discipline * FIELDS + near) * WORDS + word)
        found.append(subject + _pair(5000 + draw.randrange(60)))
    return found


def _pair(number: int) -> str:
    """Two Chinese characters that stand for a number."""
    return chr(0x4E00 + number % 150) + chr(0x5200 + number // 150)
