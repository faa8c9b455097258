"""Who looks at the ledger's pages: the city's clerk, signed in."""

from __future__ import annotations

import pytest

from tests import factories


@pytest.fixture
def city():
    return factories.organisation(kind="federation", name="云川市社科联", code="city")


@pytest.fixture
def county(city):
    return factories.organisation(city, name="青岚区社科联", code="qinglan")


@pytest.fixture
def lecture():
    return factories.lecture_type()


@pytest.fixture
def clerk(city, client):
    account = factories.account(city, "staff")
    client.force_login(account)
    return account
