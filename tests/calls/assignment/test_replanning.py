"""After a change as little as can be changes, and of that the best."""

from __future__ import annotations

import dataclasses
from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bench.assignment import problem as synthetic
from sheke.calls.assignment import assign, check, read_problem, recuse, replan
from sheke.core.errors import BadInput
from tests.calls.assignment import worlds
from tests.calls.assignment.worlds import data


@pytest.fixture(scope="module")
def world():
    given = synthetic(90, 30, 3)
    return given, assign(read_problem(given)).pairs


def test_one_recusal_takes_one_other_reviewer(world):
    given, pairs = world
    for reviewer, submission in pairs[:: len(pairs) // 6]:
        plan = recuse(read_problem(given), pairs, reviewer, submission)
        assert plan.changes["removed"] == [(reviewer, submission)]
        ((_other, same),) = plan.changes["added"]
        assert same == submission
        now = read_problem(given | {"conflicts": [*given["conflicts"], [reviewer, submission]]})
        assert check(now, plan.data()).holds


def test_nothing_changes_where_nothing_has_to(world):
    given, pairs = world
    plan = replan(read_problem(given), pairs)
    assert plan.changes == {"removed": [], "added": []}
    assert plan.pairs == pairs


def test_one_reviewer_more_for_one_submission(world):
    given, pairs = world
    papers = [p | {"reviews": 4} if p["id"] == "S5" else p for p in given["submissions"]]
    plan = replan(read_problem(given | {"submissions": papers}), pairs)
    assert plan.changes["removed"] == []
    assert [submission for _, submission in plan.changes["added"]] == ["S5"]


def test_a_forced_pair_comes_in_and_one_goes(world):
    given, pairs = world
    ready = read_problem(given)
    barred = ready.barred()
    forced = next(
        [ready.reviewers[r], "S7"] for r in range(30)
        if (ready.reviewers[r], "S7") not in pairs and (r, 7) not in barred
        and ready.reviewer_organisations[r] != ready.submission_organisations[7]
    )  # fmt: skip
    plan = replan(read_problem(given | {"forced": [forced]}), pairs)
    assert tuple(forced) in plan.pairs
    assert len(plan.changes["removed"]) == len(plan.changes["added"]) <= 2


def test_a_reviewer_who_leaves_is_replaced_everywhere(world):
    given, pairs = world
    gone = pairs[0][0]
    left = [person for person in given["reviewers"] if person["id"] != gone]
    conflicts = [pair for pair in given["conflicts"] if pair[0] != gone]
    ready = read_problem(given | {"reviewers": left, "conflicts": conflicts})
    plan = replan(ready, pairs)
    count = sum(reviewer == gone for reviewer, _submission in pairs)
    assert plan.missing == 0
    assert len(plan.pairs) == len(pairs)
    assert count <= len(plan.changes["added"]) < 2 * count


def test_a_chain_is_found_where_nobody_is_free():
    given = data(2, 2, load=[0, 1], affinity={"dense": [[1, 1], [1, 1]]})
    plan = recuse(read_problem(given), [("R0", "S0"), ("R1", "S1")], "R0", "S0")
    assert plan.pairs == [("R1", "S0"), ("R0", "S1")]
    assert len(plan.changes["removed"]) == 2


@settings(max_examples=60)
@given(worlds.problems(), st.randoms(use_true_random=False))
def test_nobody_changes_less(problem, random):
    """Minima aside, which do not ask for more than the old plan had."""
    try:
        ready = read_problem(problem | {"load": [0, 3]})
    except BadInput:
        assume(False)
    ready = dataclasses.replace(ready, loads=[(0, high) for _low, high in ready.loads])
    everything = list(product(range(len(ready.reviewers)), range(len(ready.submissions))))
    old = frozenset(random.sample(everything, random.randint(0, len(everything))))
    plan = replan(ready, [ready.names(pair) for pair in sorted(old)])
    found, possible = worlds.numbers(ready, plan.pairs), worlds.plans(ready)
    fewest = min(worlds.missing(ready, each) for each in possible)
    full = [each for each in possible if worlds.missing(ready, each) == fewest]
    least = min(len(each ^ old) for each in full)
    best = max(worlds.affinity(ready, each) for each in full if len(each ^ old) == least)
    assert (worlds.missing(ready, found), len(found ^ old)) == (fewest, least)
    assert plan.objective == pytest.approx(best)
    assert set(plan.changes["added"]) == {ready.names(pair) for pair in found - old}
