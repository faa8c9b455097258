"""Proposals of indicators for a target's words."""

from __future__ import annotations

import pytest

from sheke.plans.ranking import rank
from sheke.plans.reading.targets import find_targets
from tests import factories


@pytest.fixture
def indicators(db):
    def make(key, zh, unit, *synonyms, aggregate="count", **more):
        return factories.indicator(
            key, name={"zh": zh}, unit={"zh": unit}, synonyms=list(synonyms), verbs=["举办"],
            aggregate=aggregate, **more,
        )  # fmt: skip

    return [
        make("lectures", "举办讲座", "场", "讲座", "社科讲座"),
        make("audience", "讲座听众", "人次", "听众", aggregate="sum", measure="attendance"),
        make("lecture_share", "市级讲座占比", "%", "市级占比", aggregate="share",
             of=[{"field": "level", "value": "city"}]),
        make("trainings", "举办培训班", "期", "培训班"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("全年举办社科讲座100场。", "lectures"),
        ("讲座听众达到1万人次。", "audience"),
        ("市级讲座占比达到60%。", "lecture_share"),
        ("举办骨干培训班2期。", "trainings"),
    ],
)
def test_the_indicator_that_is_meant_comes_first(indicators, text, key):
    [target] = find_targets(text)
    assert rank(target.as_json("text"), indicators)[0].edition.definition.key == key


def test_nothing_is_proposed_where_nothing_fits(indicators):
    [target] = find_targets("修缮楼房3栋、公路8公里。")
    assert rank(target.as_json("text"), indicators) == []
