"""Reviewers for submissions at three sizes, against a greedy rival on the same problem.

`uv run python -m bench.assignment --json [--full]` prints one JSON object; each case runs in a process of its own.
`seconds` are those of reading the problem and of the whole assignment with its draw and its proof; `gap` is measured
against the bound that the independent checker proved; `rss_mb` is the peak before the checker and the rival run.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import time
from collections import Counter
from typing import Any

from .environment import ROOT
from .measure import rss_mb

CASES = {"1000x300x3": (1_000, 300, 3), "5000x1000x3": (5_000, 1_000, 3)}
FULL = {"28186x5491x5": (28_186, 5_491, 5)}
DISCIPLINES, FIELDS, WORDS = 23, 8, 12
CAP = 3
GOALS = {
    "5000x1000x3": {"seconds": 30, "rss_mb": 1000, "recusal_seconds": 2},
    "28186x5491x5": {"seconds": 120},
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="print JSON only (the default)")
    parser.add_argument("--full", action="store_true", help="the size of a national fund too")
    parser.add_argument("--case", help="one case, in this process")
    options = parser.parse_args()
    cases = CASES | (FULL if options.full else {})
    if options.case:
        results = measure(*(CASES | FULL)[options.case])
    else:
        results = {name: _apart(name) for name in cases}
        results["goals_missed"] = missed(results)
    print(json.dumps(results, indent=None if options.json else 2))


def _apart(name: str) -> dict[str, Any]:
    """A case in a process of its own, so that its memory is its own."""
    command = [sys.executable, "-m", "bench.assignment", "--json", "--case", name]
    done = subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.PIPE)
    return dict(json.loads(done.stdout))


def missed(results: dict[str, Any]) -> list[str]:
    """The goals that were not reached, such as `5000x1000x3 seconds`."""
    found = []
    for name, result in results.items():
        limits = {"gap": 0.01, "violations": 0, "missing": 0} | GOALS.get(name, {})
        found += [f"{name} {key}" for key, limit in limits.items() if result[key] > limit]
    return found


def measure(submissions: int, reviewers: int, reviews: int) -> dict[str, Any]:
    """One case: the plan, the checker's word on it, one recusal, and the rival."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sheke.site.settings")
    import django

    django.setup()  # for the words of what is wrong; no database is touched
    from sheke.calls.assignment import assign, check, read_problem, recuse

    given = problem(submissions, reviewers, reviews)
    start = time.perf_counter()
    ready = read_problem(given)
    plan = assign(ready)
    result: dict[str, Any] = {"seconds": _since(start), "rss_mb": rss_mb()}
    start = time.perf_counter()
    verdict = check(ready, plan.data())
    result |= {
        "violations": len(verdict.violations), "missing": verdict.declared,
        "objective": verdict.objective, "certified_bound": verdict.certified,
        "gap": verdict.data()["gap"], "loads": plan.loads, "draw": plan.draw,
        "check_seconds": _since(start),
    }  # fmt: skip
    start = time.perf_counter()
    changed = recuse(ready, plan.pairs, *plan.pairs[len(plan.pairs) // 2]).changes or {}
    result["recusal_seconds"] = _since(start)
    result["recusal_changes"] = sum(len(pairs) for pairs in changed.values())
    return result | {"greedy": greedy(given)}


def _since(start: float) -> float:
    return round(time.perf_counter() - start, 2)


def greedy(given: dict[str, Any]) -> dict[str, Any]:
    """The rival: submission after submission, each takes the best reviewers that the rules still allow."""
    import numpy as np

    from sheke.calls.assignment import read_problem
    from sheke.calls.assignment.affinity import NEVER, values

    ready = read_problem(given)
    start = time.perf_counter()
    table = values(ready)
    loads = [0] * len(ready.reviewers)
    under_cap: Counter[tuple[int, int]] = Counter()
    units = empty = 0
    for submission, row in enumerate(table.cells):
        own, colleagues = ready.submission_organisations[submission], set()
        needed = ready.needs[submission]
        for reviewer in np.argsort(-row.astype(np.int64), kind="stable").tolist():
            group = ready.reviewer_organisations[reviewer]
            if not needed or row[reviewer] == NEVER:
                break
            if loads[reviewer] >= ready.loads[reviewer][1] or group in colleagues:
                continue
            if under_cap[reviewer, own] >= ready.cap:
                continue
            loads[reviewer] += 1
            under_cap[reviewer, own] += 1
            colleagues.add(group)
            units, needed = units + int(row[reviewer]), needed - 1
        empty += needed
    below = sum(max(0, low - load) for (low, _high), load in zip(ready.loads, loads, strict=True))
    return {
        "seconds": _since(start), "objective": round(units * table.unit, 4), "missing": empty,
        "below_minimum": below,
    }  # fmt: skip


def problem(submissions: int, reviewers: int, reviews: int, seed: int = 1) -> dict[str, Any]:
    """A synthetic problem: few large organisations and many small, their people also review;
    popular and rare disciplines; teachers and students, co-authors as conflicts."""
    draw = random.Random(seed)
    organisations = max(12, submissions // 40)
    sizes = [1 / (n + 3) for n in range(organisations)]
    popular = [1 / (n + 4) for n in range(DISCIPLINES)]
    papers = [
        {
            "id": f"S{n}",
            "organisation": f"O{_one(draw, sizes)}",
            "topics": _topics(draw, popular, 3),
        }
        for n in range(submissions)
    ]
    people: list[dict[str, Any]] = [
        {"id": n + 1, "organisation": f"O{_one(draw, sizes)}", "topics": _topics(draw, popular, 5)}
        for n in range(reviewers)
    ]
    mean = submissions * reviews / reviewers
    for person in draw.sample(people, reviewers // 10):
        person["load"] = [0, max(1, round(mean * 0.6))]
    conflicts = [[draw.randrange(reviewers) + 1, paper["id"]] for paper in papers for _ in range(3)]
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


if __name__ == "__main__":
    main()
