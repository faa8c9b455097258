from __future__ import annotations

from datetime import datetime

import pytest
from django.utils import timezone

from sheke.directory.models import Person, Tenure
from sheke.meetings import actions
from sheke.meetings.models import Meeting
from sheke.plans import actions as planning
from sheke.plans.models import Plan
from sheke.plans.reading import read_plan
from tests import factories


def moment(*parts: int) -> datetime:
    return timezone.make_aware(datetime(*parts))


@pytest.fixture
def city(db):
    return factories.organisation(name="云川市社科联", kind="federation", code="city")


@pytest.fixture
def society(city):
    return factories.organisation(city, name="史志学会", code="history")


@pytest.fixture
def clerk(city):
    return factories.account(city, "staff", username="clerk")


@pytest.fixture
def board(city) -> list[Person]:
    """A chair, two vice chairs, a member of the council, and a plain member."""
    posts = [("leader", "主席"), ("leader", "副主席"), ("member", "理事"), ("member", "")]
    people = []
    for number, (role, post) in enumerate(posts):
        person = Person.objects.create(name=f"理事{number}")
        Tenure.objects.create(person=person, organisation=city, role=role, post=post)
        people.append(person)
    return people


@pytest.fixture
def meeting(city, clerk) -> Meeting:
    return actions.create_meeting(
        organisation=city, kind="council", number=3, starts_at=moment(2025, 3, 3, 9),
        place="三楼会议室", by=clerk,
    )  # fmt: skip


@pytest.fixture
def plan(city) -> Plan:
    text = (
        "2025年工作要点\n一、抓研究\n1. 办好年会。征集论文。\n二、抓普及\n2. 办好讲坛。进社区。\n"
    )
    return planning.import_plan(organisation=city, read=read_plan(text), by=None)
