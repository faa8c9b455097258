"""The workbench: the year by type, the plan that counts for one, what is due, what was posted last."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sheke.plans.models import Duty, Item, Plan
from sheke.site.workbench import Workbench, current_plan, year_by_type
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = date(2025, 6, 30)


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()


@pytest.fixture
def federation():
    return factories.organisation(name="云川市社会科学界联合会", short_name="云川市社科联")


@pytest.fixture
def society(federation):
    return factories.organisation(federation, name="云川市历史学会")


@pytest.fixture
def lecture():
    return factories.lecture_type()


def test_the_year_counts_what_lies_below_once(federation, society, lecture) -> None:
    other = factories.organisation(federation)
    factories.record(lecture, society, cohosts=(other,), happened_on=date(2025, 2, 3))
    factories.record(lecture, society, happened_on=date(2025, 6, 30))
    factories.record(lecture, society, happened_on=date(2025, 7, 1))
    factories.record(lecture, society, happened_on=date(2024, 6, 30))
    factories.record(lecture, society, happened_on=date(2024, 7, 1))
    (year,) = year_by_type(federation, TODAY)
    assert year.months == [0, 1, 0, 0, 0, 1]
    assert (year.count, year.before, year.change) == (2, 1, 100)


def test_a_leap_day_compares_with_a_day_that_existed(federation, lecture) -> None:
    factories.record(lecture, federation, happened_on=date(2024, 2, 29))
    factories.record(lecture, federation, happened_on=date(2023, 2, 28))
    (year,) = year_by_type(federation, date(2024, 2, 29))
    assert (year.count, year.before) == (1, 1)


def test_the_year_is_four_queries_and_kept_until_the_ledger_moves(
    federation, lecture, django_assert_num_queries
) -> None:
    for records in (1, 3):
        for month in range(records):
            factories.record(lecture, federation, happened_on=date(2025, month + 1, 1))
        with django_assert_num_queries(4):
            before = year_by_type(federation, TODAY)
        with django_assert_num_queries(2):
            assert year_by_type(federation, TODAY) == before


def test_ones_own_plan_comes_before_the_federations(federation, society) -> None:
    account = factories.account(society)
    above = Plan.objects.create(organisation=federation, year=2025, title="市社科联要点")
    assert current_plan(account, society, 2025) == above
    own = Plan.objects.create(organisation=society, year=2025, title="学会要点")
    assert current_plan(account, society, 2025) == own
    assert current_plan(account, society, 2024) is None


def test_what_is_due_is_ones_own_and_the_most_urgent_first(federation, society) -> None:
    plan = Plan.objects.create(organisation=federation, year=2025, title="市社科联要点")
    for position, days in enumerate((90, 5, -3)):
        item = Item.objects.create(
            plan=plan, position=position, level=1, kind=Item.Kind.ITEM, title=f"{days} 天"
        )
        due = TODAY + timedelta(days=days)
        Duty.objects.create(item=item, organisation=society, role=Duty.Role.LEAD, due=due)
    item = Item.objects.create(plan=plan, position=9, level=1, kind=Item.Kind.ITEM, title="别人的")
    Duty.objects.create(item=item, organisation=federation, role=Duty.Role.LEAD)
    desk = Workbench(factories.account(society), society, TODAY)
    assert [node.item.title for node in desk.due] == ["-3 天", "5 天", "90 天"]


def test_the_latest_work_is_ones_own_shared_or_below(federation, society, lecture) -> None:
    other = factories.organisation(federation)
    own = factories.record(lecture, society, happened_on=TODAY)
    shared = factories.record(
        lecture, other, cohosts=(society,), happened_on=TODAY - timedelta(days=1)
    )
    factories.record(lecture, other, happened_on=TODAY)
    factories.record(lecture, society, happened_on=TODAY - timedelta(days=61))
    factories.record(lecture, society, happened_on=TODAY + timedelta(days=1))
    assert Workbench(factories.account(society), society, TODAY).latest == [own, shared]


def test_the_page_shows_what_was_posted(client: Client, society, lecture) -> None:
    factories.record(lecture, society, title="老城方言小史", happened_on=timezone.localdate())
    client.force_login(factories.account(society))
    html = client.get("/").content.decode()
    assert "老城方言小史" in html
    assert "今年的要点还没有导入" in html


def test_a_person_without_an_office_is_told_so(client: Client) -> None:
    client.force_login(factories.account())
    assert "您还没有代表任何单位" in client.get("/").content.decode()


def test_who_runs_the_machine_begins_with_the_federation(client: Client) -> None:
    client.force_login(factories.account(is_superuser=True))
    assert reverse("directory:create") in client.get("/").content.decode()
    assert reverse("directory:create") in client.get("/organisations/").content.decode()


def test_the_workbench_has_a_literal_query_count(
    client: Client, society, lecture, django_assert_num_queries
) -> None:
    client.force_login(factories.account(society))
    for records in (1, 3):
        for _n in range(records):
            factories.record(lecture, society, happened_on=timezone.localdate())
        with django_assert_num_queries(14):
            client.get("/")
