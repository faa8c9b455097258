"""People with phones and mail, and a browser that signs in."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from sheke.directory.models import Account, Organisation
from tests import factories

PASSWORD = "secret-pass"


@pytest.fixture
def city():
    return factories.organisation(name="云川市社会科学界联合会", kind="federation", code="city")


@pytest.fixture
def society(city: Organisation):
    return factories.organisation(city, name="云川市历史学会", code="history")


@pytest.fixture
def lin(society: Organisation):
    """The society's secretary."""
    return reachable(factories.account(society, username="lin"), "138 0000 1234", "lin@example.org")


@pytest.fixture
def guan(city: Organisation):
    """The federation's administrator."""
    return factories.account(city, "administrator", username="guan")


@pytest.fixture
def sent(settings, monkeypatch):
    """Mail and text messages are set up; what would be sent is listed."""
    from sheke.notices import actions

    settings.MAIL_READY, settings.SMS_URL = True, "http://127.0.0.1:1/"
    found: list[dict] = []
    monkeypatch.setattr(actions, "post_message", lambda **fields: found.append(fields))
    return found


def reachable(account: Account, phone: str = "", mail: str = "") -> Account:
    person = account.person
    assert person is not None
    person.phone, person.email = phone, mail
    person.save()
    return account


def sign_in(
    username: str, password: str = PASSWORD, client: Client | None = None, **extra
) -> Client:
    """The browser after the form was sent; `client.answer` is the answer."""
    client = client or Client()
    data = {"username": username, "password": password}
    client.answer = client.post(reverse("site:sign_in"), data, **extra)
    return client


def is_in(client: Client) -> bool:
    return client.get(reverse("mfa_index")).status_code == 200
