"""A token is one office and no more, whatever else its account may do or becomes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from sheke.directory.models import Account, Tenure
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_token_ends_with_its_office_though_others_go_on(world, lecture) -> None:
    tenure = world.secretary.person.tenures.get()
    Tenure.objects.create(person=world.secretary.person, organisation=world.city, role="staff")
    caller = world.caller(tenure=tenure)
    assert caller.get("/me")[0] == 200
    tenure.until = timezone.localdate() - timedelta(days=1)
    tenure.save()
    assert caller.get("/me")[0] == 401
    assert caller.post("/records", {"records": [lecture]})[0] == 401


def test_a_token_reaches_nothing_that_another_office_does(world, lecture) -> None:
    tenure = world.secretary.person.tenures.get()
    Tenure.objects.create(person=world.secretary.person, organisation=world.city, role="staff")
    other = factories.record(world.lecture, world.a, title="甲的讲座")
    caller = world.caller(tenure=tenure)
    assert caller.get(f"/records/{other.pk}")[0] == 404
    assert caller.post(f"/records/{other.pk}/reversal", {"reason": "x"})[0] == 404
    assert caller.post("/records", {"records": [lecture | {"organisation": "A"}]})[0] in (403, 422)


def test_a_token_of_who_runs_the_machine_is_as_narrow(world) -> None:
    Account.objects.filter(pk=world.secretary.pk).update(is_superuser=True)
    other = factories.record(world.lecture, world.a, title="甲的讲座")
    caller = world.caller(Account.objects.get(pk=world.secretary.pk))
    assert caller.get(f"/records/{other.pk}")[0] == 404
    assert caller.get("/records")[1]["items"] == []


def test_a_token_of_a_closed_account_opens_nothing(world) -> None:
    caller = world.caller()
    Account.objects.filter(pk=world.secretary.pk).update(is_active=False)
    assert caller.get("/me")[0] == 401


@pytest.mark.parametrize("path", ["/records", "/plans", "/organisations"])
def test_a_session_is_no_token(world, path) -> None:
    """Otherwise another site's form could post records with one's cookie."""
    from django.test import Client

    client = Client()
    client.force_login(world.secretary)
    assert client.get(f"/api/v1{path}").status_code == 401
