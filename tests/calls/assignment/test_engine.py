"""The engine against trying everything, and on what is empty or odd."""

from __future__ import annotations

import json
import random
import subprocess
import sys

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sheke.calls.assignment import assign, check, read_problem
from sheke.core.errors import BadInput
from tests.calls.assignment import worlds
from tests.calls.assignment.worlds import data


def read_or_assume(problem: dict) -> worlds.Problem:
    try:
        return read_problem(problem)
    except BadInput:
        assume(False)
        raise


@settings(max_examples=150)
@given(worlds.problems())
def test_no_plan_is_better(problem):
    ready = read_or_assume(problem)
    plan = assign(ready)
    found = worlds.numbers(ready, plan.pairs)
    possible = worlds.plans(ready)
    fewest = min(worlds.missing(ready, each) for each in possible)
    best = max(
        worlds.affinity(ready, each) for each in possible if worlds.missing(ready, each) == fewest
    )
    assert found in possible
    assert worlds.missing(ready, found) == fewest
    assert plan.objective == pytest.approx(worlds.affinity(ready, found))
    assert plan.objective == pytest.approx(best)
    assert plan.bound == pytest.approx(best)


@settings(max_examples=60)
@given(worlds.problems(), st.integers())
def test_a_drawn_plan_keeps_the_rules_and_98_percent(problem, seed):
    ready = read_or_assume(problem | {"seed": seed})
    plan, best = assign(ready), assign(read_problem(problem))
    verdict = check(ready, json.loads(json.dumps(plan.data())))
    assert verdict.violations == []
    assert verdict.declared == sum(item["missing"] for item in plan.infeasible)
    assert plan.missing == best.missing
    assert plan.objective >= best.objective - 0.02 * abs(best.objective) - 1e-9
    if verdict.declared:
        assert verdict.fewest


@pytest.mark.parametrize(("people", "papers"), [(0, 0), (2, 0), (0, 2)])
@pytest.mark.parametrize("seed", [None, 1])
def test_empty_lists(people, papers, seed):
    ready = read_problem(data(people, papers, seed=seed))
    plan = assign(ready)
    assert (plan.pairs, plan.objective, plan.missing) == ([], 0, papers)
    assert check(ready, plan.data()).holds


def test_no_topics_at_all():
    ready = read_problem(data(4, 8, reviews=2, seed=1, load=[4, 4]))
    plan = assign(ready)
    assert (plan.loads["min"], plan.loads["max"], plan.objective) == (4, 4, 0)
    assert check(ready, plan.data()).holds


def test_ids_come_back_as_they_were_given():
    given = data(0, 0) | {"reviewers": [{"id": 7}], "submissions": [{"id": "7"}]}
    assert assign(read_problem(given)).data()["pairs"] == [[7, "7"]]


def test_without_a_seed_loads_are_even_among_the_best():
    ready = read_problem(data(4, 20, reviews=2))
    assert assign(ready).loads == {"min": 10, "max": 10, "mean": 10.0, "deviation": 0.0}


def test_nothing_heavy_is_loaded_before_something_is_solved():
    code = (
        "import sys, sheke.calls.assignment as a; a.read_problem;"
        "print([m for m in ('numpy', 'ortools') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("case", range(12))
def test_the_checker_proves_that_larger_plans_are_the_best(case):
    """Tight loads, few organisations, a cap, given numbers: the certificate leaves no gap."""
    draw = random.Random(case)
    people, papers = draw.randint(8, 14), draw.randint(15, 30)
    groups = [f"O{n}" for n in range(draw.randint(4, 8))]
    mean = 3 * papers // people
    given = data(0, 0) | {
        "reviews": 3, "load": [mean - 1, mean + draw.randint(0, 2)],
        "per_organisation_cap": draw.randint(2, 4),
        "reviewers": [{"id": n, "organisation": draw.choice(groups)} for n in range(people)],
        "submissions": [{"id": n, "organisation": draw.choice(groups)} for n in range(papers)],
        "conflicts": [[draw.randrange(people), draw.randrange(papers)] for _ in range(papers)],
        "affinity": {"dense": [[draw.random() for _ in range(papers)] for _ in range(people)]},
    }  # fmt: skip
    ready = read_problem(given)
    verdict = check(ready, assign(ready).data())
    assert verdict.holds
    assert verdict.certified == pytest.approx(verdict.objective, abs=1e-4)
    assert verdict.fewest in (None, True)
