"""Reminders by the calendar: each once, none of what is done, leaders when nothing happens."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from sheke.directory.models import Tenure
from sheke.notices.deadlines import deadlines
from sheke.notices.models import Notice
from sheke.plans import actions
from sheke.plans.models import Duty
from sheke.plans.tasks import remind_of_duties
from tests import factories

from .conftest import item

DUE = date(2025, 6, 30)  # of the duty in 立项课题


@pytest.fixture
def clerk(office):
    return factories.account(office, username="clerk")


@pytest.fixture
def leader(office):
    return factories.account(office, Tenure.Role.LEADER, username="leader")


def kinds(account: object) -> list[str]:
    return list(
        Notice.objects.filter(account=account).order_by("id").values_list("kind", flat=True)
    )


def morning(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 8, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize(
    ("before", "told"),
    [(8, []), (7, ["plan.duty_due"]), (1, ["plan.duty_due"]), (-1, ["plan.duty_overdue"])],
)
def test_a_day_tells_what_it_asks_for(plan, clerk, before, told):
    actions.remind(today=DUE - timedelta(days=before), by=None)
    assert kinds(clerk) == told


def test_the_task_run_twice_a_day_tells_once(plan, clerk):
    for back in (7, 7, 6, 1, 1, -1, -1, -2):
        with time_machine.travel(morning(DUE - timedelta(days=back)), tick=False):
            remind_of_duties.call()
    assert kinds(clerk) == ["plan.duty_due", "plan.duty_due", "plan.duty_overdue"]


def test_another_day_begins_anew(plan, clerk, office):
    actions.remind(today=DUE - timedelta(days=1), by=None)
    duty = Duty.objects.get()
    later = DUE + timedelta(days=30)
    actions.change_duty(duty=duty, organisation=office, role="lead", due=later, by=None)
    actions.remind(today=later - timedelta(days=7), by=None)
    assert kinds(clerk) == ["plan.duty_due", "plan.duty_due"]


@pytest.mark.parametrize("how", ["report", "word"])
def test_what_is_done_is_not_reminded_of(plan, clerk, how):
    duty = Duty.objects.get()
    if how == "report":
        actions.report_duty(duty=duty, state="done", note="完成", by=None)
    else:
        actions.complete_item(item=duty.item, by=None)
    actions.remind(today=DUE + timedelta(days=2), by=None)
    assert kinds(clerk) == []


def test_a_supporter_who_is_late_is_told_to_the_lead(plan, city, clerk):
    society = factories.organisation(city)
    actions.assign_duty(
        item=item(plan, "立项课题"), organisation=society, role="support", due=date(2025, 3, 1),
        by=None,
    )  # fmt: skip
    actions.remind(today=date(2025, 3, 2), by=None)
    assert kinds(clerk) == ["plan.support_overdue"]


def test_leaders_hear_of_it_in_two_steps(plan, city, leader):
    chair = factories.account(city, Tenure.Role.LEADER, username="chair")
    for late, theirs, chairs in ((2, 0, 0), (3, 1, 0), (5, 1, 0), (6, 1, 1), (7, 1, 1)):
        actions.remind(today=DUE + timedelta(days=late), by=None)
        found = [kinds(one).count("plan.duty_escalated") for one in (leader, chair)]
        assert found == [theirs, chairs], late


def test_the_plan_says_after_how_many_days(plan, leader):
    actions.describe_plan(plan=plan, title=plan.title, year=2025, escalate_after=10, by=None)
    actions.remind(today=DUE + timedelta(days=9), by=None)
    assert "plan.duty_escalated" not in kinds(leader)
    actions.remind(today=DUE + timedelta(days=10), by=None)
    assert kinds(leader).count("plan.duty_escalated") == 1


def test_old_plans_are_left_in_peace(plan, clerk):
    actions.remind(today=DUE + timedelta(days=200), by=None)
    assert kinds(clerk) == []


def test_days_of_duties_stand_in_the_calendar_of_those_who_have_them(plan, clerk, city):
    found = deadlines(clerk, date(2025, 6, 1), date(2025, 6, 30))
    assert [(one.day, one.title, one.done) for one in found] == [(DUE, "1.立项课题", False)]
    stranger = factories.account(factories.organisation(city))
    assert deadlines(stranger, date(2025, 1, 1), date(2025, 12, 31)) == []
    assert deadlines(clerk, date(2025, 7, 1), date(2025, 7, 31)) == []
