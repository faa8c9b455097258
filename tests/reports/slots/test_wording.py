"""Warnings about wording."""

import pytest

from sheke.reports.slots import find_slots, warnings_for


def kinds(text: str) -> list[str]:
    return [warning.kind for warning in warnings_for(text, find_slots(text))]


@pytest.mark.parametrize(
    "text",
    ["发稿近232余篇。", "投入约50万元整。", "听众约5万余人。", "超100场以内。", "近100场以上。"],
)
def test_contradictions(text):
    assert kinds(text) == ["contradiction"]


@pytest.mark.parametrize(
    "text",
    [
        "发稿近232篇。",
        "听众5万余人。",
        "举办讲座100场以上。",
        "整改问题27个。",
        "约3个问题整改到位。",
    ],
)
def test_plain_estimates_are_fine(text):
    assert kinds(text) == []


def test_planned_beside_reached():
    assert kinds("计划开展活动300余场，已完成286场。") == ["planned_and_reached"]
    assert kinds("计划开展活动300余场。已完成286场。") == []
    assert kinds("计划开展活动300余场，服务群众已达5万人。") == []
