"""The search page and the palette behind Ctrl/⌘ K."""

from __future__ import annotations

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sheke.core.search import following
from sheke.site import search
from tests import factories

pytestmark = pytest.mark.django_db
PAGE, PALETTE = reverse("site:search"), reverse("site:palette")


@pytest.fixture
def world(client):
    city = factories.organisation(name="云川市社科联", kind="federation")
    lecture = factories.lecture_type()
    factories.record(lecture, city, title="江南古桥讲座")
    client.force_login(factories.account(city, "staff"))
    following.rebuild()
    return city, lecture


def test_the_page_shows_hits_by_kind_with_links(client, world):
    page = client.get(PAGE, {"q": "古桥"}).content.decode()
    assert "江南古桥讲座" in page
    assert 'aria-labelledby="found-record"' in page


def test_what_was_just_written_is_found(client, world):
    city, lecture = world
    factories.record(lecture, city, title="星空夜谈")
    assert "星空夜谈" in client.get(PALETTE, {"q": "星空"}).content.decode()


def test_a_busy_database_lets_the_newest_wait(client, world, monkeypatch):
    def locked(limit):
        raise OperationalError("database is locked")

    monkeypatch.setattr(search, "catch_up", locked)
    assert "江南古桥讲座" in client.get(PAGE, {"q": "古桥"}).content.decode()


def test_the_palette_begins_with_the_places(client, world):
    assert reverse("ledger:index") in client.get(PALETTE).content.decode()
    found = client.get(PALETTE, {"q": "台账"}).content.decode()
    assert reverse("ledger:index") in found
    assert reverse("plans:index") not in found


def test_nothing_found_says_what_to_do(client, world):
    page = client.get(PAGE, {"q": "没有这个词儿"}).content.decode()
    assert "empty__title" in page


def test_before_the_index_is_built_the_page_says_so(client):
    client.force_login(factories.account(factories.organisation(), "staff"))
    assert "正在建立" in client.get(PAGE, {"q": "古桥"}).content.decode()


@pytest.mark.parametrize(
    "query", ["kind=nothing", "kind=record&page=x", "kind=record&page=99999999", "page=-1"]
)
def test_odd_questions_are_answered(client, world, query):
    assert client.get(f"{PAGE}?q=古桥&{query}").status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_queries_does_not_grow(client, world, rows):
    city, lecture = world
    for n in range(rows):
        factories.record(lecture, city, title=f"古桥第{n}讲")
    following.catch_up()
    with CaptureQueriesContext(connection) as queries:
        client.get(PALETTE, {"q": "古桥", "kind": "record"})
    assert len(queries) == QUERIES


QUERIES = 12
