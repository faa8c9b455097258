"""Affinity: by hand for small cases, the same by the solver's and the checker's arithmetic."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheke.calls.assignment import affinity
from sheke.calls.assignment.checker import _Table
from sheke.calls.assignment.problem import read_problem
from sheke.calls.assignment.topics import tokens
from tests.calls.assignment.worlds import data

words = st.lists(
    st.sampled_from(["管理学/工商管理", "管理学", "乡村振兴", "乡村治理", "Law / Tax law", ""]),
    max_size=4,
)


def test_a_discipline_counts_with_its_parents_and_a_word_with_its_pieces():
    assert tokens(["法学/税法"]) == {"法学": 3, "法学/税法": 3, "~税法": 1}
    assert tokens(["乡村治理"]) == {"乡村治理": 3, "~乡村": 1, "~村治": 1, "~治理": 1}
    assert tokens(["Ｔax / LAW"]) == {"tax": 3, "tax/law": 3, "~law": 1}


def one(submission: list[str], reviewer: list[str], history: list[str] | None = None) -> float:
    given = data(1, 1) | {
        "submissions": [{"id": 1, "topics": submission}],
        "reviewers": [{"id": 1, "topics": reviewer, "history": history}],
    }
    made = affinity.values(read_problem(given))
    return int(made.cells[0, 0]) * made.unit


def test_the_affinity_is_the_cosine():
    assert one(["法学"], ["法学"]) == 1
    assert one(["法学"], ["史学"]) == 0
    assert one([], ["史学"]) == one(["法学"], []) == 0
    shared, own = 3 * 3, math.sqrt(3 * 3 + 3 * 3 + 1)  # 法学 of 法学, 法学/税法 and 税法
    parent = math.sqrt(3 * 3 + 1)  # 法学 and its one pair of characters, which is nowhere else
    assert one(["法学/税法"], ["法学"]) == pytest.approx(shared / own / math.sqrt(9 + 64), abs=1e-4)
    assert parent < own


def test_history_counts_half_and_related_words_a_little():
    assert 0 < one(["乡村振兴"], ["史学"], ["乡村振兴"]) < one(["乡村振兴"], ["史学", "乡村振兴"])
    assert 0 < one(["乡村振兴"], ["乡村治理"]) < one(["乡村振兴"], ["乡村振兴"])


@given(
    st.lists(words, min_size=1, max_size=4),
    st.lists(st.tuples(words, words), min_size=1, max_size=4),
)
def test_solver_and_checker_agree(papers, people):
    given = data(1, 1) | {
        "submissions": [{"id": n, "topics": t} for n, t in enumerate(papers)],
        "reviewers": [{"id": n, "topics": t, "history": h} for n, (t, h) in enumerate(people)],
    }
    problem = read_problem(given)
    made, table = affinity.values(problem), _Table(problem)
    ((_start, block),) = table.rows()
    for submission in range(len(papers)):
        for reviewer in range(len(people)):
            counted = table.pair(reviewer, submission)
            assert int(made.cells[submission, reviewer]) * made.unit == pytest.approx(counted)
            assert block[submission, reviewer] == pytest.approx(counted)


@pytest.mark.parametrize(
    ("cells", "unit", "slack"),
    [([1, 2], 1, 0), ([0.25, -1.5], 0.01, 0), ([1e9, 0.5], None, None), ([math.pi, 1], None, None)],
)
def test_given_affinities_are_exact_where_decimals_hold_them(cells, unit, slack):
    made = affinity.values(read_problem(data(1, 2, affinity={"dense": [cells]})))
    for place, value in enumerate(cells):
        assert int(made.cells[place, 0]) * made.unit == pytest.approx(value, abs=made.slack or 1e-9)
    if unit:
        assert (made.unit, made.slack) == (unit, slack)
    else:
        assert made.slack > 0


def test_given_affinities_may_be_joined_with_topics():
    given = data(0, 0) | {
        "reviewers": [{"id": 1, "topics": ["法学"]}], "submissions": [{"id": 1, "topics": ["法学"]}],
        "affinity": [[1, 1, 0.5]],
    }  # fmt: skip
    alone, both = (
        affinity.values(read_problem(given | {"topics_weight": weight})) for weight in (0, 2)
    )
    assert int(alone.cells[0, 0]) * alone.unit == 0.5
    assert int(both.cells[0, 0]) * both.unit == 2.5
