"""The benchmark of scores on a small world."""

from __future__ import annotations

from bench import scoring


def test_it_measures_ours_and_the_rival():
    found = scoring.measure(60, 12, 3)
    assert found["reviews"] == 180
    assert found["truth"]["bayes"] > found["truth"]["raw"]
    assert found.keys() >= {"all_methods", "rival_one_solution", "rival_all_s", "times", "rss_mb"}
