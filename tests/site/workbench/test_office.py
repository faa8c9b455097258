"""What waits, who has not reported, what is behind or blocked."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.test import Client

from sheke.indicators.models import Goal
from sheke.ledger.confirming.actions import confirm_records
from sheke.plans.actions import report_duty
from sheke.plans.models import Completion, Duty, Item, Plan, Target
from sheke.plans.queries import plan_tree
from sheke.returns import actions as returns
from sheke.site.workbench import office
from tests import factories

from .conftest import TODAY
from .test_due import FORM


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def staff(federation):
    return factories.account(federation, "staff")


@pytest.fixture
def plan(federation):
    return Plan.objects.create(organisation=federation, year=2025, title="要点")


def item(plan: Plan, title: str = "办好讲坛") -> Item:
    position = plan.items.count()
    return Item.objects.create(
        plan=plan, position=position, level=1, kind=Item.Kind.ITEM, title=title
    )


def target(plan: Plan, indicator, value: int, **goal: object) -> Target:
    goal = {"first_day": date(2025, 1, 1), "last_day": date(2025, 12, 31)} | goal
    made = Goal.objects.create(
        indicator=indicator.definition, organisation=plan.organisation, value=Decimal(value), **goal
    )
    return Target.objects.create(item=item(plan), goal=made)


def test_what_waits_is_counted_by_organisation(
    federation, society, lecture, staff, django_assert_num_queries
) -> None:
    other = factories.organisation(federation)
    records = [factories.record(lecture, society, happened_on=TODAY) for _n in range(3)]
    factories.record(lecture, other, happened_on=TODAY)
    confirm_records(records=records[:1], by=staff)
    with django_assert_num_queries(3):
        found = office.waiting(staff)
    assert (found.organisations, found.count, found.is_more) == (
        [(society, 2), (other, 1)],
        3,
        False,
    )


def test_the_year_is_reported_so_far(federation, society, staff) -> None:
    for _n in range(2):
        factories.organisation(federation)
    form = factories.definition("return_form", FORM)
    made = [
        returns.open_return(
            edition=form, organisation=federation, span=(date(2025, m, 1), date(2025, m, 28)),
            due_on=due, audience={"kinds": ["society"]}, by=None,
        )
        for m, due in ((4, date(2025, 5, 5)), (5, date(2025, 7, 5)))
    ]  # fmt: skip
    asked = made[1].asked.get(organisation=society)
    secretary = factories.account(society)
    returns.save_draft(asked=asked, values={"people": "3"}, remarks={}, revision=0, by=secretary)
    returns.send_answer(asked=asked, by=secretary)
    found = office.reporting(federation, TODAY)
    assert (found.asked, found.sent, found.due, found.on_time) == (6, 1, 4, 1)
    assert (found.completeness, found.timeliness) == (17, 25)
    (late,) = office.late_returns(staff, federation)
    assert (late.of, late.count, len(late.names)) == (made[0], 3, 3)


def test_nothing_asked_has_no_percent(federation) -> None:
    found = office.reporting(federation, TODAY)
    assert (found.completeness, found.timeliness) == (None, None)


def test_a_target_is_behind_when_less_is_reached_than_days_ask_for(plan, lecture) -> None:
    target(plan, factories.indicator(), 12)
    for month in range(1, 5):
        factories.record(lecture, plan.organisation, happened_on=date(2025, month, 1))
    (behind,) = office.behind(plan_tree(plan, today=TODAY), TODAY)
    assert (behind.expected, behind.row.value, behind.percent) == (5, 4, 33)


def test_what_is_on_schedule_is_not_behind(plan, lecture) -> None:
    target(plan, factories.indicator(), 8)
    for month in range(1, 4):
        factories.record(lecture, plan.organisation, happened_on=date(2025, month, 1))
    assert office.behind(plan_tree(plan, today=TODAY), TODAY) == []


def test_the_items_own_day_counts(plan, lecture) -> None:
    made = target(plan, factories.indicator(), 10)
    Duty.objects.create(
        item=made.item, organisation=plan.organisation, role="lead", due=date(2025, 3, 31)
    )
    (behind,) = office.behind(plan_tree(plan, today=TODAY), TODAY)
    assert behind.expected == 10


def test_the_farthest_behind_stands_first(plan, lecture) -> None:
    target(plan, factories.indicator(), 10, last_day=date(2025, 8, 31))
    target(plan, factories.indicator("ended"), 10, last_day=TODAY - timedelta(days=1))
    found = office.behind(plan_tree(plan, today=TODAY), TODAY)
    assert [one.expected for one in found] == [10, 7]


def test_what_has_not_begun_or_is_done_by_a_persons_word_is_not_behind(plan, lecture) -> None:
    target(plan, factories.indicator(), 10, first_day=TODAY + timedelta(days=1))
    done = target(plan, factories.indicator("done"), 10)
    Completion.objects.create(item=done.item)
    assert office.behind(plan_tree(plan, today=TODAY), TODAY) == []


def test_at_most_is_behind_only_beyond_it(plan, lecture) -> None:
    target(plan, factories.indicator(), 1, comparison="at_most")
    factories.record(lecture, plan.organisation, happened_on=TODAY)
    assert office.behind(plan_tree(plan, today=TODAY), TODAY) == []
    factories.record(lecture, plan.organisation, happened_on=TODAY)
    (behind,) = office.behind(plan_tree(plan, today=TODAY), TODAY)
    assert behind.expected == 1


def test_blocked_is_what_the_last_report_says(plan, federation, society, staff) -> None:
    duty = Duty.objects.create(item=item(plan), organisation=society, role="lead")
    blocked = report_duty(duty=duty, state="blocked", note="没有场地", by=staff)
    assert list(office.blocked(federation)) == [blocked]
    assert list(office.blocked(factories.organisation(federation))) == []
    report_duty(duty=duty, state="under_way", note="找到了", by=staff)
    assert list(office.blocked(federation)) == []


def test_the_page_says_all_this(client: Client, plan, federation, society, lecture, staff) -> None:
    target(plan, factories.indicator(), 10)
    factories.record(lecture, society, happened_on=TODAY)
    duty = Duty.objects.create(item=item(plan, "编印读本"), organisation=society, role="lead")
    report_duty(duty=duty, state="blocked", note="没有场地", by=staff)
    client.force_login(staff)
    page = client.get("/").content.decode()
    for text in ("现在应达到", "没有场地", "编印读本", f"?organisation={society.code}"):
        assert text in page
