"""The benchmark of assignment on a small case, and its goals."""

from __future__ import annotations

from bench import assignment


def test_it_measures_the_plan_the_recusal_and_the_rival():
    result = assignment.measure(80, 30, 3)
    assert (result["violations"], result["missing"]) == (0, 0)
    assert 0 <= result["gap"] <= 0.01
    assert result["recusal_changes"] == 2
    assert result["greedy"].keys() == {"seconds", "objective", "missing", "below_minimum"}


def test_what_missed_a_goal_is_named():
    good = {
        "seconds": 1,
        "rss_mb": 100,
        "recusal_seconds": 1,
        "gap": 0.001,
        "violations": 0,
        "missing": 0,
    }
    slow = good | {"seconds": 31, "gap": 0.02}
    assert assignment.missed({"1000x300x3": slow | {"gap": 0}, "5000x1000x3": slow}) == [
        "5000x1000x3 gap", "5000x1000x3 seconds",
    ]  # fmt: skip
