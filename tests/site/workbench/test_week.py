"""One week of the calendar."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client

from sheke.plans.models import Duty, Item, Plan
from sheke.site.workbench.week import week_of
from tests import factories

WEDNESDAY = date(2025, 7, 2)


@pytest.fixture
def staff(federation):
    return factories.account(federation, "staff")


@pytest.fixture
def duty(federation):
    plan = Plan.objects.create(organisation=federation, year=2025, title="要点")
    item = Item.objects.create(
        plan=plan, position=0, level=1, kind=Item.Kind.ITEM, title="编印读本"
    )
    return Duty.objects.create(item=item, organisation=federation, role="lead", due=WEDNESDAY)


def test_a_week_runs_from_monday_to_sunday(federation, staff, duty) -> None:
    week = week_of(staff, federation, WEDNESDAY, WEDNESDAY)
    assert (week.monday, week.sunday) == (date(2025, 6, 30), date(2025, 7, 6))
    assert [len(day.deadlines) for day in week.days] == [0, 0, 1, 0, 0, 0, 0]
    assert [day.is_today for day in week.days].index(True) == 2
    assert (week.before, week.after) == (date(2025, 6, 23), date(2025, 7, 7))
    sunday = week_of(staff, federation, week.sunday, WEDNESDAY)
    assert sunday.monday == week.monday
    other = week_of(staff, federation, WEDNESDAY + timedelta(days=7), WEDNESDAY)
    assert other.is_empty and not other.is_this


def test_the_leaves_are_turned(client: Client, staff, duty) -> None:
    client.force_login(staff)
    page = client.get("/workbench/week/?day=2025-07-04").content.decode()
    assert "编印读本" in page
    assert "?day=2025-06-23" in page
    for strange in ("", "abc", "2025-13-40", "0001-01-01", "9999-12-31"):
        assert client.get("/workbench/week/", {"day": strange}).status_code == 200
