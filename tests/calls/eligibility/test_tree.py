"""The tree's logic: three values, warnings that change nothing, turned parts."""

from __future__ import annotations

from itertools import product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sheke.calls.eligibility import FAILS, HOLDS, OPEN, Verdict, judge
from sheke.calls.eligibility.verdicts import combined, opposite

from . import made

KNOWN = st.dictionaries(st.sampled_from(made.ANSWERS), st.booleans())


def leaf(severities: Any) -> st.SearchStrategy[dict[str, Any]]:
    return st.builds(
        lambda key, severity: {
            "rule": "field", "field": key, "op": "eq", "value": True, "severity": severity,
        },
        st.sampled_from(made.ANSWERS), severities,
    )  # fmt: skip


def trees(severities: Any) -> st.SearchStrategy[dict[str, Any]]:
    return st.recursive(
        leaf(severities),
        lambda parts: st.builds(
            lambda kind, inner: {kind: inner},
            st.sampled_from(["all", "any", "none"]),
            st.lists(parts, min_size=1, max_size=4),
        ),
        max_leaves=12,
    )


ERRORS = trees(st.just("error"))
MIXED = trees(st.sampled_from(["error", "warning"]))


def judged(tree: dict[str, Any], values: dict[str, bool]) -> Verdict:
    return judge(made.programme(tree), made.facts(values=values))


def plainly(tree: dict[str, Any], values: dict[str, bool]) -> bool:
    """The same tree in two values, by Python's own words."""
    if "rule" in tree:
        return values[tree["field"]]
    ((kind, parts),) = tree.items()
    inner = [plainly(part, values) for part in parts]
    return all(inner) if kind == "all" else any(inner) if kind == "any" else not any(inner)


@settings(max_examples=60)
@given(ERRORS, st.fixed_dictionaries({key: st.booleans() for key in made.ANSWERS}))
def test_where_everything_is_known_it_is_plain_logic(tree, values):
    assert judged(tree, values).outcome == (HOLDS if plainly(tree, values) else FAILS)


@settings(max_examples=60)
@given(ERRORS, KNOWN, st.fixed_dictionaries({key: st.booleans() for key in made.ANSWERS}))
def test_what_is_decided_stays_decided_whatever_is_filled_in_later(tree, known, rest):
    before = judged(tree, known).outcome
    after = judged(tree, rest | known).outcome
    assert before in (OPEN, after)


@settings(max_examples=60)
@given(MIXED, KNOWN)
def test_warnings_change_no_outcome(tree, values):
    def without(node: dict[str, Any]) -> dict[str, Any] | None:
        if "rule" in node:
            return node if node["severity"] == "error" else None
        ((kind, parts),) = node.items()
        kept = [part for part in map(without, parts) if part]
        return {kind: kept} if kept else None

    kept = without(tree)
    verdict = judged(tree, values)
    if kept is None:
        assert verdict.warning
        assert verdict.obstacles() == []
    else:
        assert verdict.outcome == judged(kept, values).outcome


@settings(max_examples=60)
@given(MIXED, KNOWN)
def test_there_are_obstacles_exactly_where_it_does_not_hold(tree, values):
    verdict = judged({"all": [tree]}, values)
    assert bool(verdict.obstacles()) == (verdict.outcome != HOLDS)
    assert all(each.todo for each in verdict.obstacles())
    assert not {id(v) for v in verdict.obstacles()} & {id(v) for v in verdict.warnings()}


@settings(max_examples=60)
@given(MIXED, KNOWN)
def test_the_verdicts_have_the_shape_of_the_conditions(tree, values):
    programme = made.programme(tree)
    verdict = judge(programme, made.facts(values=values))
    assert len(list(verdict.leaves())) == len(programme.eligibility.conditions())
    assert verdict.as_data()["outcome"] == verdict.outcome


def test_three_values_combine_as_kleene_says():
    order = {FAILS: 0, OPEN: 1, HOLDS: 2}
    for outcomes in product((FAILS, OPEN, HOLDS), repeat=3):
        assert combined("all", outcomes) == min(outcomes, key=order.__getitem__)
        assert combined("any", outcomes) == max(outcomes, key=order.__getitem__)
        assert combined("none", outcomes) == opposite(combined("any", outcomes))
    assert combined("all", []) == HOLDS


def test_below_a_none_what_does_not_hold_is_good():
    (part,) = judged({"none": [leaf_of("b0")]}, {"b0": True}).parts
    assert part.bad
    assert part.todo
    verdict = judged({"none": [leaf_of("b0")]}, {"b0": False})
    assert verdict.parts[0].good
    assert verdict.parts[0].todo == ""


def test_a_way_out_that_was_not_taken_is_no_obstacle():
    verdict = judged({"any": [leaf_of("b0"), leaf_of("b1")]}, {"b0": False, "b1": True})
    assert verdict.outcome == HOLDS
    assert verdict.obstacles() == []


def test_a_programme_without_conditions_takes_everybody():
    assert judge(made.programme(), made.facts()).outcome == HOLDS


def leaf_of(key: str) -> dict[str, Any]:
    return {"rule": "field", "field": key, "op": "eq", "value": True}
