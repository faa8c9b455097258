"""Whom a token lets in, and how far."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sheke.api import urls
from sheke.api.actions import issue_token, withdraw_token
from sheke.api.models import Token
from sheke.core.errors import BadInput
from sheke.directory.models import Tenure
from tests import factories

from .conftest import Caller


def test_without_a_token_nothing_is_told(world):
    assert Client().get("/api/v1/records").status_code == 401
    signed_in = Client()
    signed_in.force_login(world.secretary)
    assert signed_in.get("/api/v1/records").status_code == 401  # a session is not a token
    assert Caller("sheke_wrong").get("/records")[0] == 401


def test_me_says_for_whom_the_token_acts(world):
    status, me = world.caller().get("/me")
    assert (status, me["organisation"]["code"], me["role"], me["writes"]) == (
        200,
        "B",
        "secretary",
        True,
    )


def test_only_the_digest_is_kept(world):
    tenure = world.secretary.person.tenures.get()
    token, secret = issue_token(
        account=world.secretary, tenure=tenure, name="x", writes=False, expires_on=None, by=None
    )
    assert secret not in str(Token.objects.filter(pk=token.pk).values())


def test_a_token_acts_by_its_tenure_alone(world):
    Tenure.objects.create(person=world.secretary.person, organisation=world.city, role="staff")
    factories.record(world.lecture, world.a)
    mine = factories.record(world.lecture, world.b)
    narrow = world.caller(tenure=world.secretary.person.tenures.get(organisation=world.b))
    assert [row["id"] for row in narrow.get("/records")[1]["items"]] == [mine.pk]
    assert narrow.get("/indicators/x/value", organisation="A")[0] in (403, 422)
    wide = world.caller(tenure=world.secretary.person.tenures.get(organisation=world.city))
    assert len(wide.get("/records")[1]["items"]) == 2


def test_a_superusers_token_is_no_superuser(world):
    account = factories.account(world.b, is_superuser=True)
    factories.record(world.lecture, world.a)
    assert world.caller(account).get("/records")[1]["items"] == []


@pytest.mark.parametrize("ends", ["withdrawn", "expired", "office", "account"])
def test_a_token_ends(world, ends):
    call = world.caller()
    token = Token.objects.get()
    yesterday = timezone.localdate() - timedelta(days=1)
    if ends == "withdrawn":
        withdraw_token(token=token, by=world.secretary)
    elif ends == "expired":
        Token.objects.update(expires_on=yesterday)
    elif ends == "office":
        Tenure.objects.update(until=yesterday)
    else:
        type(world.secretary).objects.update(is_active=False)
    assert call.get("/me")[0] == 401


def test_a_reading_token_writes_nothing(world, lecture):
    call = world.caller(writes=False)
    assert call.post("/records", {"records": [lecture]})[0] == 403
    record = factories.record(world.lecture, world.b)
    assert call.post(f"/records/{record.pk}/reversal", {"reason": "x"})[0] == 403


def test_requests_beyond_the_rate_are_refused(world, monkeypatch):
    throttle = urls.api.throttling if hasattr(urls.api, "throttling") else urls.api.throttle
    first = throttle[0] if isinstance(throttle, list) else throttle
    monkeypatch.setattr(first, "num_requests", 2)
    call = world.caller()
    assert [call.client.get("/api/v1/me").status_code for _n in range(3)] == [200, 200, 429]


@pytest.mark.parametrize("name", ["", "   "])
def test_a_token_needs_a_purpose(world, name):
    with pytest.raises(BadInput):
        world.caller(name=name)


def test_nobody_gets_a_token_for_an_office_they_do_not_hold(world):
    other = factories.account(world.a).person.tenures.get()
    with pytest.raises(BadInput):
        world.caller(tenure=other)
    with pytest.raises(BadInput):
        world.caller(factories.account(world.b, "member"))
    with pytest.raises(BadInput):
        world.caller(expires_on=date(2020, 1, 1))


def test_the_page_makes_shows_once_and_withdraws(world, client):
    client.force_login(world.secretary)
    page = reverse("api:tokens")
    tenure = world.secretary.person.tenures.get()
    made = client.post(
        page, {"name": "统计系统", "tenure": tenure.pk, "writes": "on"}
    ).content.decode()
    token = Token.objects.get()
    secret = made.partition('token-secret">')[2].partition("<")[0]
    assert Caller(secret).get("/me")[0] == 200
    assert secret not in client.get(page).content.decode()
    client.post(reverse("api:withdrawal", args=[token.pk]))
    assert Caller(secret).get("/me")[0] == 401


def test_anothers_token_cannot_be_withdrawn(world, client):
    world.caller()
    client.force_login(factories.account(world.city, "administrator"))
    assert client.post(reverse("api:withdrawal", args=[Token.objects.get().pk])).status_code == 404
