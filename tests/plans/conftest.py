from __future__ import annotations

import pytest

from sheke.plans import actions
from sheke.plans.models import Item, Plan
from sheke.plans.reading import read_plan
from tests import factories

TEXT = """云川市社科联2025年工作要点
今年工作的总要求是：服务大局。
一、抓研究
1. 立项课题。面向全市征集选题，立项20项。（牵头单位：第一科；完成时限：6月底前）
2. 办好年会。征集论文100篇。
二、抓普及
3. 办好讲坛。全年举办讲座10场。一是进社区；二是进校园。
4. 编印读本。年底前发到村。
"""


@pytest.fixture
def city(db):
    return factories.organisation(name="云川市社科联", kind="federation", code="city")


@pytest.fixture
def office(city):
    return factories.organisation(city, name="第一科", kind="office", code="first")


@pytest.fixture
def editor(city):
    return factories.account(city, username="editor")


@pytest.fixture
def plan(office, city, editor) -> Plan:
    return actions.import_plan(organisation=city, read=read_plan(TEXT), by=editor)


def shape(plan: Plan) -> list[str]:
    """The tree as lines of level and title."""
    return [f"{item.level} {item.title}" for item in Item.objects.filter(plan=plan)]


def item(plan: Plan, title: str) -> Item:
    return Item.objects.get(plan=plan, title=title)
