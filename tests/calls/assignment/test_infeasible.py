"""What cannot be met is named with its reasons; everything else is assigned."""

from __future__ import annotations

from sheke.calls.assignment import assign, check, read_problem
from tests.calls.assignment.worlds import data


def reasons(given):
    ready = read_problem(given)
    plan = assign(ready)
    assert check(ready, plan.data()).holds
    return plan, {item.get("submission", item.get("reviewer")): item for item in plan.infeasible}


def test_conflicts_and_colleagues_that_leave_too_few():
    given = data(0, 0) | {
        "reviews": 3,
        "reviewers": [{"id": f"R{n}", "organisation": o} for n, o in enumerate("AABBCD")],
        "submissions": [{"id": "S", "organisation": "A"}, {"id": "T", "organisation": "E"}],
        "conflicts": [["R5", "S"]],
    }  # fmt: skip
    plan, found = reasons(given)
    assert found.keys() == {"S"}
    assert len(plan.pairs) == 5
    assert found["S"]["missing"] == 1
    assert found["S"]["reviewers"] == {"own_organisation": 2, "conflict": 1, "colleague": 1}
    assert found["S"]["organisations"] == ["A", "B"]
    assert "S can have at most 2 of 3 reviewers" in found["S"]["because"]


def test_a_cap_that_leaves_too_few():
    given = data(3, 0, reviews=1, per_organisation_cap=1) | {
        "submissions": [{"id": n, "organisation": "Large"} for n in range(5)],
    }
    plan, found = reasons(given)
    assert len(plan.pairs) == 3
    assert len(found) == 2
    for item in found.values():
        assert item["organisations"] == ["Large"]
        assert item["reviewers"] == {"cap": 3}


def test_loads_that_leave_too_few_name_who_competes():
    plan, found = reasons(data(2, 5, load=[0, 2], seed=4))
    (item,) = found.values()
    assert (plan.missing, item["reviewers"]) == (1, {"full": 2})
    assert len(item["contested"]) == 5
    assert "4 reviews; 5 are needed" in item["because"]


def test_minima_that_cannot_be_met_are_told():
    plan, found = reasons(data(3, 2, load=[1, 2]) | {"conflicts": [["R1", "S0"], ["R1", "S1"]]})
    assert plan.missing == 0
    assert found.keys() == {"R1"}
    assert found["R1"]["missing"] == 1
    assert found["R1"]["submissions"] == {"conflict": 2}


def test_nobody_at_all():
    plan, found = reasons(data(0, 1))
    assert (plan.missing, found["S0"]["missing"], found["S0"]["organisations"]) == (1, 1, [])


def test_a_minimum_comes_before_affinity_but_after_full_submissions():
    given = data(3, 2, load=[1, 1], affinity={"dense": [[9, 9], [9, 9], [0, 0]]})
    plan, found = reasons(given)
    assert plan.missing == 0
    assert len(found) == 1
    assert found.keys() <= {"R0", "R1", "R2"}
