"""Problems are read strictly: what is wrong is named with its place."""

from __future__ import annotations

import pytest

from sheke.calls.assignment.problem import UNBOUNDED, read_problem
from sheke.core.errors import BadInput
from tests.calls.assignment.worlds import data


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ({"reviews": -1}, "reviews:"),
        ({"reviews": True}, "reviews:"),
        ({"reviews": 1.5}, "reviews:"),
        ({"load": [3, 1]}, "load:"),
        ({"load": [1]}, "load:"),
        ({"per_organisation_cap": "3"}, "per_organisation_cap:"),
        ({"seed": 1.5}, "seed:"),
        ({"keep": 0.5}, "keep:"),
        ({"revews": 3}, "revews:"),
        ({"submissions": {}}, "submissions:"),
        ({"submissions": ["S1"]}, "submissions[0]:"),
        ({"submissions": [{"id": None}]}, "submissions[0].id:"),
        ({"submissions": [{"id": float("nan")}]}, "submissions[0].id:"),
        ({"submissions": [{"id": 1}, {"id": 1}]}, "submissions[1].id:"),
        ({"submissions": [{"id": 1, "organisation": []}]}, "submissions[0].organisation:"),
        ({"submissions": [{"id": 1, "topics": "law"}]}, "submissions[0].topics:"),
        ({"submissions": [{"id": 1, "reviews": -2}]}, "submissions[0].reviews:"),
        ({"reviewers": [{"id": 1}, {"id": 2, "load": [4, 2]}]}, "reviewers[1].load:"),
        ({"reviewers": [{"id": 1, "history": [None]}]}, "reviewers[0].history:"),
        ({"conflicts": [["R0", "S0"], ["R9", "S0"]]}, "conflicts[1]:"),
        ({"conflicts": [["R0"]]}, "conflicts[0]:"),
        ({"conflicts": [[["R0"], "S0"]]}, "conflicts[0]:"),
        ({"forbidden": [["R0", "S9"]]}, "forbidden[0]:"),
        ({"forced": [["S0", "R0"]]}, "forced[0]:"),
        ({"affinity": "high"}, "affinity:"),
        ({"affinity": [[1, 2], [1, 2]]}, "affinity:"),
        ({"affinity": {"dense": [[1, 2], [1, 2, 3], [1, 2]]}}, "affinity[1]:"),
        ({"affinity": [[1, 2], [1, float("inf")], [1, 2]]}, "affinity[1][1]:"),
        ({"affinity": [["R0", "S0", 1], ["R0", "S9", 1]]}, "affinity[1]:"),
        ({"affinity": [["R0", "S0", "x"]]}, "affinity[0]:"),
        ({"affinity": [["R0", "S0", 1], ["R0", "S0", 2]]}, "affinity[1]:"),
        ({"topics_weight": -1}, "topics_weight:"),
    ],
)
def test_the_place_of_what_is_wrong_is_named(given, place):
    with pytest.raises(BadInput) as refused:
        read_problem(data(3, 2, **given))
    assert str(refused.value).startswith(place)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"forced": [["R0", "S0"]], "conflicts": [["R0", "S0"]]}, "R0 and S0"),
        ({"forced": [["R0", "S0"]], "forbidden": [["R0", "S0"]]}, "R0 and S0"),
        ({"forced": [["R0", "S0"], ["R1", "S0"]]}, "S0"),
        ({"forced": [["R0", "S0"], ["R0", "S1"]], "load": [0, 1]}, "R0"),
    ],
)
def test_forced_pairs_that_cannot_be_are_refused(given, said):
    with pytest.raises(BadInput, match=f"forced: .*{said}"):
        read_problem(data(2, 2, **given))


@pytest.mark.parametrize(
    ("people", "papers", "cap"),
    [
        (["A", "B"], ["A"], None),  # of the own organisation
        (["A", "A"], ["B"], None),  # two colleagues on one submission
        (["A"], ["B", "B"], 1),  # over the cap
    ],
)
def test_forced_pairs_that_break_a_rule_of_organisations_are_refused(people, papers, cap):
    given = {
        "reviews": 2, "per_organisation_cap": cap,
        "reviewers": [{"id": f"R{n}", "organisation": o} for n, o in enumerate(people)],
        "submissions": [{"id": f"S{n}", "organisation": o} for n, o in enumerate(papers)],
        "forced": [[f"R{r}", f"S{s}"] for r in range(len(people)) for s in range(len(papers))],
    }  # fmt: skip
    with pytest.raises(BadInput, match=r"^forced: "):
        read_problem(given)


def test_what_may_be_left_out_has_its_meaning():
    problem = read_problem(data(2, 1))
    assert problem.loads == [(0, UNBOUNDED)] * 2
    assert (problem.cap, problem.seed, problem.keep) == (UNBOUNDED, None, 0.99)
    assert len(set(problem.submission_organisations + problem.reviewer_organisations)) == 3


def test_an_affinity_that_may_be_read_in_two_ways_must_say_which():
    given = data(0, 0) | {
        "reviewers": [{"id": 1}], "submissions": [{"id": n} for n in (1, 2, 3)],
        "affinity": [[1, 2, 0.5]],
    }  # fmt: skip
    with pytest.raises(BadInput, match=r"^affinity: .*dense"):
        read_problem(given)
    assert read_problem(given | {"affinity": {"sparse": [[1, 2, 0.5]]}}).sparse == {(0, 1): 0.5}
    assert read_problem(given | {"affinity": {"dense": [[1, 2, 0.5]]}}).dense == [[1, 2, 0.5]]


@pytest.mark.parametrize("given", [None, [], "text", 3])
def test_what_is_no_problem_is_refused(given):
    with pytest.raises(BadInput, match="submissions"):
        read_problem(given)
