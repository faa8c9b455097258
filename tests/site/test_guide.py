"""First steps: each looks by itself whether it is done; the administration page; the rail."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from sheke.core.models import AuditEvent
from sheke.directory.models import Tenure
from sheke.notices.models import Preference
from sheke.site.guide import STEPS, guide_for
from sheke.site.models import GuideEnding
from tests import factories
from tests.site.tenants import tenants

pytestmark = pytest.mark.django_db


def done(account, organisation) -> list[bool]:
    guide = guide_for(account, organisation)
    assert guide
    return [step.done for step in guide.steps]


def test_a_new_secretary_has_everything_before_them(django_assert_num_queries) -> None:
    organisation = factories.organisation()
    account = factories.account(organisation, "secretary")
    with django_assert_num_queries(3):
        assert done(account, organisation) == [False] * 5


def test_what_is_there_counts() -> None:
    world = tenants()
    assert done(world.accounts["secretary_b"], world.b) == [False, True, False, True, False]
    Preference.objects.create(account=world.accounts["secretary_b"])
    assert done(world.accounts["secretary_b"], world.b)[4]
    assert done(world.accounts["administrator"], world.city) == [True, True, False, True, False]
    AuditEvent.objects.create(verb="backup.make")
    assert done(world.accounts["administrator"], world.city)[4]


@pytest.mark.parametrize("role", ["staff", "leader", "reviewer"])
def test_others_have_no_steps(role: str) -> None:
    organisation = factories.organisation()
    assert guide_for(factories.account(organisation, role), organisation) is None


def test_who_is_both_begins_as_administrator_and_goes_on_as_secretary() -> None:
    organisation = factories.organisation()
    account = factories.account(organisation, "secretary")
    Tenure.objects.create(person=account.person, organisation=organisation, role="administrator")
    first = guide_for(account, organisation)
    assert first and first.role == "administrator"


def test_every_role_has_five_steps_with_a_page_each() -> None:
    for steps in STEPS.values():
        assert len({step.url for step in steps}) == 5


def test_ending_them_is_kept_with_its_event(client: Client) -> None:
    organisation = factories.organisation()
    account = factories.account(organisation, "secretary")
    client.force_login(account)
    shown = reverse("site:guide_ending")
    assert shown in client.get("/").content.decode()
    for _twice in range(2):
        assert client.post(shown, {"role": "secretary"}).status_code == 302
    assert GuideEnding.objects.get().account == account
    assert AuditEvent.objects.filter(verb="guide.end").count() == 1
    assert shown not in client.get("/").content.decode()


def test_a_role_without_steps_is_refused(client: Client) -> None:
    client.force_login(factories.account(factories.organisation(), "staff"))
    client.post(reverse("site:guide_ending"), {"role": "staff"})
    assert not GuideEnding.objects.exists()


def test_only_administrators_find_the_administration() -> None:
    world = tenants()
    address = reverse("site:administration")
    for role in ("secretary_a", "staff", "leader"):
        assert f'href="{address}"' not in world.client(role).get("/search/").content.decode()
    assert f'href="{address}"' in world.client("administrator").get("/search/").content.decode()


def test_an_administrator_of_a_part_sees_what_they_may_use(client: Client) -> None:
    city = factories.organisation(kind="federation")
    part = factories.organisation(city)
    client.force_login(factories.account(part, "administrator"))
    page = client.get(reverse("site:administration")).content.decode()
    assert reverse("notices:hooks") in page
    for chief in ("site:jobs", "site:installation", "notices:failures", "returns:forms"):
        assert reverse(chief) not in page
