"""The checker accepts exactly the plans that keep the rules, and does not know the solver."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from itertools import product
from pathlib import Path

import pytest
from hypothesis import assume, given, settings

from bench.assignment import problem as synthetic
from sheke.calls.assignment import assign, check, checker, read_problem
from sheke.core.errors import BadInput
from tests.calls.assignment import worlds
from tests.calls.assignment.worlds import data

SOLVER = {"affinity", "bounds", "candidates", "drawing", "engine", "infeasible", "instance", "lots",
          "network", "optimum", "replanning"}  # fmt: skip


def test_it_imports_nothing_of_the_solver():
    tree = ast.parse(Path(checker.__file__).read_text())
    names = {
        node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module
    }
    assert not names & SOLVER
    assert not any("ortools" in name for name in names)


def test_it_runs_without_the_solvers_library(tmp_path):
    given = data(3, 2, affinity={"dense": [[1, 2], [2, 1], [0, 1]]})
    plan = assign(read_problem(given)).data()
    code = (
        "import sys, json; sys.modules['ortools'] = None;"
        "from sheke.calls.assignment.checker import check;"
        "from sheke.calls.assignment.problem import read_problem;"
        "given, plan = json.load(sys.stdin);"
        "print(check(read_problem(given), plan).holds)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], input=json.dumps([given, plan]),
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == "True"


@settings(max_examples=60)
@given(worlds.problems())
def test_it_accepts_exactly_the_plans_that_keep_every_rule(problem):
    try:
        ready = read_problem(problem)
    except BadInput:
        assume(False)
    everything = list(product(range(len(ready.reviewers)), range(len(ready.submissions))))
    assume(len(everything) <= 8)
    for chosen in range(2 ** len(everything)):
        pairs = frozenset(pair for n, pair in enumerate(everything) if chosen >> n & 1)
        affinity = worlds.affinity(ready, pairs)
        plan = {"pairs": [ready.names(p) for p in pairs], "objective": affinity, "bound": affinity}
        complete = worlds.allowed(ready, pairs) and not worlds.missing(ready, pairs)
        assert check(ready, plan).holds == complete


WORLD = {
    "reviews": 2, "load": [1, 3], "per_organisation_cap": 1,
    "reviewers": [{"id": f"R{n}", "organisation": o} for n, o in enumerate("AABCDE")],
    "submissions": [{"id": "S0", "organisation": "A"}, {"id": "S1", "organisation": "B"},
                    {"id": "S2", "organisation": "B"}],
    "conflicts": [["R3", "S0"]], "forbidden": [["R4", "S0"]], "forced": [["R2", "S0"]],
}  # fmt: skip
GOOD = [["R2", "S0"], ["R5", "S0"], ["R0", "S1"], ["R3", "S1"], ["R1", "S2"], ["R4", "S2"]]


def judged(pairs, **more):
    return check(read_problem(WORLD), {"pairs": pairs, "objective": 0, "bound": 0} | more)


def test_a_good_plan_is_accepted():
    assert judged(GOOD).data() == {
        "holds": True, "violations": [], "missing": 0, "objective": 0.0, "bound": 0.0,
        "certified": None, "gap": None, "fewest_missing": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("out", "into", "said"),
    [
        (["R5", "S0"], ["R3", "S0"], "R3 and S0 have a conflict"),
        (["R5", "S0"], ["R4", "S0"], "R4 and S0 are forbidden"),
        (["R5", "S0"], ["R0", "S0"], "R0 and S0 are of one organisation"),
        (["R2", "S0"], ["R2", "S1"], "R2 and S0 are forced"),
        (["R3", "S1"], ["R1", "S1"], "S1 has 2 reviewers of the organisation A"),
        (["R1", "S2"], ["R0", "S2"], "R0 has 2 submissions of B; the cap is 1"),
        (["R1", "S2"], ["R5", "S2"], "R1 has 0 submissions; the load is 1 to 3"),
        (["R5", "S0"], None, "S0 has 1 of 2 reviewers"),
        (None, ["R5", "S1"], "S1 has 3 of 2 reviewers"),
        (None, ["R5", "S0"], "R5 and S0 stand there twice"),
        (None, ["R9", "S0"], "pairs[6]"),
        (None, "R5", "pairs[6]"),
        (None, [["R5"], "S0"], "pairs[6]"),
    ],
)
def test_each_broken_rule_is_told(out, into, said):
    pairs = [pair for pair in GOOD if pair != out] + ([into] if into else [])
    assert any(told.startswith(said) for told in judged(pairs).violations)


def test_missing_reviews_must_be_declared_as_many_as_there_are():
    pairs = [pair for pair in GOOD if pair != ["R5", "S0"]]
    declared = [{"submission": "S0", "missing": 1}, {"reviewer": "R5", "missing": 1}]
    assert judged(pairs, infeasible=declared).declared == 2
    assert judged(pairs, infeasible=declared).holds
    assert not judged(pairs, infeasible=[{"submission": "S0", "missing": 2}]).holds


@pytest.mark.parametrize(("objective", "bound"), [(1, 1), (None, 0), (0, -1), (0, None), ("0", 0)])
def test_totals_are_counted_again(objective, bound):
    assert judged(GOOD, objective=objective, bound=bound).violations


@pytest.fixture(scope="module")
def solved():
    given = synthetic(60, 24, 3)
    return read_problem(given), assign(read_problem(given)).data()


def test_the_certificate_proves_the_bound(solved):
    verdict = check(*solved)
    assert verdict.holds
    assert verdict.certified == pytest.approx(solved[1]["bound"])


def test_a_bound_that_is_not_proved_is_told(solved):
    problem, plan = solved
    verdict = check(problem, plan | {"bound": (plan["objective"] + plan["bound"]) / 2})
    assert any("proved" in told for told in verdict.violations)


def test_other_prices_prove_no_less_than_is_true(solved):
    problem, plan = solved
    other = dict(plan["certificate"])
    other["review"] = [price + 50 for price in other["review"]]
    other["time"] = [price // 2 for price in other["time"]]
    verdict = check(problem, plan | {"certificate": other, "bound": 1e9})
    assert verdict.holds
    assert verdict.certified > plan["bound"]


@pytest.mark.parametrize(
    "spoilt",
    [
        {"review": []},
        {"time": ["x"]},
        {"caps": [[0, 0, -5]]},
        {"caps": [[1]]},
        {"unit": 0},
        {"unit": None},
    ],
)
def test_a_spoilt_certificate_is_told(solved, spoilt):
    problem, plan = solved
    verdict = check(problem, plan | {"certificate": plan["certificate"] | spoilt})
    assert any("certificate" in told for told in verdict.violations)


@pytest.mark.parametrize("plan", [None, [], {"pairs": 1}, {}])
def test_what_is_no_plan_is_refused(plan):
    with pytest.raises(BadInput, match="pairs"):
        check(read_problem(WORLD), plan)


def test_a_minimum_above_the_number_of_submissions_is_missed_by_no_fault_of_the_plan():
    reviewer = {"id": "R0", "organisation": "B", "load": [2, 3]}
    submission = {"id": "S0", "organisation": "A"}
    given = {"reviews": 1, "load": [0, 1], "reviewers": [reviewer], "submissions": [submission]}
    problem = read_problem(given)
    verdict = check(problem, assign(problem).data())
    assert (verdict.violations, verdict.declared, verdict.fewest) == ([], 1, True)
