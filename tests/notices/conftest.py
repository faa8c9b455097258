"""A federation with two people who can be reached, and the other side of the channels."""

from __future__ import annotations

import pytest

from sheke.notices import kinds
from sheke.notices.kinds import Kind
from tests import factories

from . import gateway as gateways

PLAIN = Kind("test.plain", "Plain things", "Plain: %(what)s")
URGENT = Kind("test.urgent", "Urgent things", "Urgent: %(what)s", urgent=True)
PERSONAL = Kind("test.personal", "Personal things", "For you: %(what)s", personal=True)


@pytest.fixture(autouse=True)
def own_kinds(monkeypatch):
    more = {kind.key: kind for kind in (PLAIN, URGENT, PERSONAL)}
    for key, kind in more.items():
        monkeypatch.setitem(kinds.KINDS, key, kind)


@pytest.fixture
def gateway():
    with gateways.running() as server:
        yield server


@pytest.fixture
def reachable(settings, gateway):
    """Mail and SMS are set up; everything goes out at once unless chosen otherwise."""
    settings.MAIL_READY = True
    settings.SITE_URL = "https://sheke.example"
    settings.SMS_URL = f"{gateway.url}/sms"
    settings.SMS_SECRET = gateways.SECRET
    settings.NOTICES_HOSTS = ["127.0.0.1"]
    settings.NOTICES_PACE = {"mail": "once", "sms": "off"}
    return settings


@pytest.fixture
def city(db):
    return factories.organisation(kind="federation", name="云川市社科联", code="city")


@pytest.fixture
def society(city):
    return factories.organisation(city, name="历史学会", code="history")


@pytest.fixture
def reader(city):
    return person(city, "staff", "方远", email="fang@example.org", phone="13800138000")


@pytest.fixture
def writer(city):
    return person(city, "leader", "严书", email="yan@example.org", phone="13800138001")


def person(of, role, name, **contacts):
    """An account whose person can be reached."""
    account = factories.account(of, role)
    for field, value in ({"name": name} | contacts).items():
        setattr(account.person, field, value)
    account.person.save()
    return account
