"""Proposals of indicators for a target's words."""

from __future__ import annotations

import pytest

from sheke.definitions.queries import indicators as indicators_in_use
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


def test_each_figure_of_a_list_has_its_own_words(db):
    for key, name in (("first", "评出一等奖"), ("second", "评出二等奖")):
        factories.indicator(key, name={"zh": name}, unit={"zh": "项"}, synonyms=[name[2:]])
    editions = list(indicators_in_use().values())
    targets = find_targets("评出一等奖5项、二等奖15项。")
    best = [rank(target.as_json("text"), editions)[0] for target in targets]
    assert [one.edition.definition.key for one in best] == ["first", "second"]
    told = targets[1].as_json("text") | {"phrase": "评出一等奖5项、二等奖15项（15项）"}
    assert rank(told, editions)[0].edition.definition.key == "second"


def test_nothing_is_proposed_where_nothing_fits(indicators):
    [target] = find_targets("修缮楼房3栋、公路8公里。")
    assert rank(target.as_json("text"), indicators) == []
