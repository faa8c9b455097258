"""Means, z-scores, the rubric, disagreement and changes, by hand."""

from __future__ import annotations

import math

import pytest

from sheke.calls.scoring import Criterion, Rubric, Rules, Score, evaluate
from sheke.core.errors import BadInput


def scores(table: dict[str, dict[str, float]]) -> list[Score]:
    """{submission: {reviewer: total}}"""
    return [
        Score(reviewer, submission, total=total)
        for submission, row in table.items()
        for reviewer, total in row.items()
    ]


def by_id(found):
    return {one.id: one for one in found.submissions}


def test_means_and_trimming():
    found = by_id(evaluate(scores({
        "five": {"a": 60, "b": 80, "c": 81, "d": 82, "e": 100},
        "four": {"a": 60, "b": 80, "c": 81, "d": 83},
    })))  # fmt: skip
    assert (found["five"].raw, found["five"].trimmed) == pytest.approx((80.6, 81))
    assert found["five"].was_trimmed
    assert found["four"].raw == found["four"].trimmed == 76
    assert not found["four"].was_trimmed


def test_z_scores_by_hand():
    found = evaluate(scores({
        "p": {"a": 60, "b": 90}, "q": {"a": 70, "b": 95}, "r": {"a": 80, "b": 100},
    }))  # fmt: skip
    one = by_id(found)
    deviation = math.sqrt(sum((x - 82.5) ** 2 for x in (60, 90, 70, 95, 80, 100)) / 5)
    assert [one[key].z for key in "pqr"] == pytest.approx(
        [82.5 - deviation, 82.5, 82.5 + deviation]
    )
    assert {reviewer.standardised for reviewer in found.reviewers} == {"own"}


def test_reviewers_who_cannot_be_standardised_are_named():
    found = evaluate(scores({
        "p": {"a": 60, "same": 90, "once": 40}, "q": {"a": 70, "same": 90}, "r": {"a": 80, "same": 90},
    }))  # fmt: skip
    kinds = {one.id: one.standardised for one in found.reviewers}
    assert kinds == {"a": "own", "same": "constant", "once": "few"}
    about = {note.key: note.about for note in found.notes}
    assert about["constant"] == ("same",)
    assert about["few"] == ("once",)


def test_criteria_with_points_add_up():
    rubric = Rubric(0, 100, (Criterion("topic", 30, 0, 30), Criterion("method", 70, 0, 70)))
    assert rubric.total(Score("a", "p", {"topic": 25, "method": 50})) == pytest.approx(75)
    assert rubric.total(Score("a", "p", {"topic": 15, "method": None})) == pytest.approx(50)
    assert rubric.total(Score("a", "p", {"topic": None})) is None
    graded = Rubric(1, 5, (Criterion("new", 3), Criterion("use", 1)))
    assert graded.total(Score("a", "p", {"new": 5, "use": 1})) == pytest.approx(4)


def test_missing_criteria_are_said():
    rubric = Rubric(0, 10, (Criterion("x"), Criterion("y")))
    found = evaluate(
        [Score("a", "p", {"x": 5, "y": 5}), Score("b", "p", {"x": 5}), Score("a", "q", {})], rubric
    )
    about = {note.key: note.about for note in found.notes}
    assert [about[key] for key in ("partial", "empty", "unscored")] == [("p",), ("q",), ("q",)]
    assert [one.id for one in found.submissions] == ["p"]


@pytest.mark.parametrize("given", [
    [Score("a", "p", total=101)],
    [Score("a", "p", total=math.nan)],
    [Score("a", "p", {"x": 1})],
    [Score("a", "p", total=1), Score("a", "p", total=2)],
])  # fmt: skip
def test_what_the_rubric_does_not_allow_names_the_review(given):
    with pytest.raises(BadInput, match="a 对 p 的评审"):
        evaluate(given)


@pytest.mark.parametrize("make", [
    lambda: Rubric(5, 1), lambda: Rubric(0, 1, (Criterion("x"), Criterion("x"))),
    lambda: Rubric(0, 1, (Criterion("x", 0),)), lambda: Rules(trim_from=2),
    lambda: Rules(few=1), lambda: Rules(extra_at=0), lambda: Rules(within=0),
])  # fmt: skip
def test_rules_that_make_no_sense_are_refused(make):
    with pytest.raises(BadInput):
        make()


def test_disagreement_asks_for_a_reviewer_only_where_severity_does_not_explain_it():
    table = {f"s{n}": {"mild": 90 + n, "strict": 60 + n, "third": 75 + n} for n in range(8)}
    table["odd"] = {"mild": 60, "strict": 85, "third": 76}
    found = by_id(evaluate(scores(table)))
    assert found["odd"].disagreement.asks_for_reviewer
    assert found["odd"].disagreement.raw == 25
    usual = found["s3"].disagreement
    assert usual.raw == 30
    assert usual.adjusted < 15
    assert not usual.asks_for_reviewer
    assert "30.0" in usual.words


def test_changes_between_methods_and_without_a_reviewer():
    """Only “harsh” read q; the mean punishes q for it."""
    table = {f"s{n}": {"harsh": 50 + n, "a": 80 + n, "b": 80 + n} for n in range(6)}
    table["q"] = {"harsh": 58, "a2": 84}
    table["p"] = {"a": 83, "b": 84}
    found = evaluate(scores(table), rules=Rules(within=2))
    assert found.chosen == 2
    assert found.between_methods["q"] == ("z", "bayes")[-len(found.between_methods["q"]) :]
    harsh = next(one for one in found.left_out if one.reviewer == "harsh")
    assert harsh.raw
    assert all(0 <= one.within <= 1 for one in found.submissions)
    assert sum(one.within for one in found.submissions) == pytest.approx(2)
