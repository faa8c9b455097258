"""What every desk has: the plan that counts for one, the latest work, the role one acts by."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sheke.directory.models import Tenure
from sheke.plans.models import Plan
from sheke.site.workbench.desks import SecretaryDesk, current_plan
from sheke.site.workbench.machine import machine
from sheke.site.workbench.perspectives import COOKIE
from tests import factories

from .conftest import TODAY


def test_ones_own_plan_comes_before_the_federations(federation, society) -> None:
    account = factories.account(society)
    above = Plan.objects.create(organisation=federation, year=2025, title="市社科联要点")
    assert current_plan(account, society, 2025) == above
    own = Plan.objects.create(organisation=society, year=2025, title="学会要点")
    assert current_plan(account, society, 2025) == own
    assert current_plan(account, society, 2024) is None


def test_the_latest_work_is_ones_own_shared_or_below(federation, society, lecture) -> None:
    other = factories.organisation(federation)
    own = factories.record(lecture, society, happened_on=TODAY)
    shared = factories.record(
        lecture, other, cohosts=(society,), happened_on=TODAY - timedelta(days=1)
    )
    factories.record(lecture, other, happened_on=TODAY)
    factories.record(lecture, society, happened_on=TODAY - timedelta(days=61))
    factories.record(lecture, society, happened_on=TODAY + timedelta(days=1))
    assert SecretaryDesk(factories.account(society), society, TODAY).latest == [own, shared]


def test_the_page_shows_what_was_posted(client: Client, society, lecture) -> None:
    factories.record(lecture, society, title="老城方言小史", happened_on=timezone.localdate())
    client.force_login(factories.account(society))
    assert "老城方言小史" in client.get("/").content.decode()


def test_who_runs_the_machine_begins_with_the_federation(client: Client) -> None:
    client.force_login(factories.account(is_superuser=True))
    assert reverse("directory:create") in client.get("/").content.decode()
    assert reverse("directory:create") in client.get("/organisations/").content.decode()


@pytest.mark.parametrize(
    ("role", "template"),
    [
        ("administrator", "site/home/office.html"),
        ("leader", "site/home/leader.html"),
        ("staff", "site/home/office.html"),
        ("secretary", "site/home/secretary.html"),
        ("member", "site/home/member.html"),
        ("reviewer", "site/home/member.html"),
    ],
)
def test_each_role_has_its_desk(client: Client, federation, role, template) -> None:
    client.force_login(factories.account(federation, role))
    assert template in {used.name for used in client.get("/").templates}


def test_who_has_two_roles_switches_and_it_is_remembered(client: Client, federation) -> None:
    account = factories.account(federation, "leader")
    Tenure.objects.create(person=account.person, organisation=federation, role="secretary")
    client.force_login(account)
    assert client.get("/").context["role"] == "leader"
    assert COOKIE not in client.cookies
    assert client.get("/?view=secretary").context["role"] == "secretary"
    assert client.get("/").context["role"] == "secretary"
    assert client.get("/?view=administrator").context["role"] == "secretary"
    assert "?view=leader" in client.get("/").content.decode()


def test_a_cookie_of_another_account_shows_nothing_more(client: Client, federation) -> None:
    client.force_login(factories.account(federation))
    client.cookies[COOKIE] = "administrator"
    answer = client.get("/")
    assert answer.context["role"] == "secretary"
    assert reverse("site:jobs") not in answer.content.decode()


def test_the_leader_chooses_the_year(client: Client, federation, lecture) -> None:
    today = timezone.localdate()
    day = today.replace(year=today.year - 1, month=3, day=1)
    society = factories.organisation(federation, name="云川市方志学会")
    factories.record(lecture, society, happened_on=day)
    client.force_login(factories.account(federation, "leader"))
    desk = client.get("/").context["desk"]
    assert (desk.today, desk.coverage.covered) == (today, 0)
    desk = client.get(f"/?year={day.year}").context["desk"]
    assert (desk.today, desk.coverage.covered) == (day.replace(month=12, day=31), 1)
    for strange in ("0", "99999", "abc", f"{today.year + 1}"):
        assert client.get(f"/?year={strange}").context["desk"].today == today


QUERIES = {"secretary": 10, "staff": 6, "leader": 6, "administrator": 11}


@pytest.mark.parametrize("role", list(QUERIES))
def test_each_desk_has_a_literal_query_count(
    client: Client, federation, society, lecture, role, django_assert_num_queries
) -> None:
    """Warm: what counts records is remembered; with more records no more is asked."""
    factories.indicator()
    client.force_login(factories.account(federation, role))
    for records in (1, 3):
        for _n in range(records):
            factories.record(lecture, society, happened_on=timezone.localdate())
        client.get("/")
        with django_assert_num_queries(QUERIES[role]):
            client.get("/")


def test_only_administrators_of_the_whole_see_the_machine(
    client: Client, federation, society
) -> None:
    client.force_login(factories.account(federation, "administrator"))
    page = client.get("/").content.decode()
    assert reverse("site:machine") in page
    strip = client.get(reverse("site:machine")).content.decode()
    assert reverse("site:installation") in strip
    assert reverse("site:machine") not in strip  # looked at: it does not ask again
    assert reverse("site:machine") not in client.get("/").content.decode()
    client.force_login(factories.account(society, "administrator"))
    assert reverse("site:machine") not in client.get("/").content.decode()


def test_accounts_without_the_second_factor_are_counted(
    client: Client, federation, settings
) -> None:
    settings.SECOND_FACTOR = "everyone"
    factories.account(federation, "administrator")
    factories.account(federation)
    assert machine().without_factor == 2
    settings.SECOND_FACTOR = "administrators"
    assert machine().without_factor == 1
    settings.SECOND_FACTOR = ""
    assert machine().without_factor is None
