"""Of everything that B has, each role finds what it may see, and nothing else."""

from __future__ import annotations

import pytest

from sheke.core.search import following
from sheke.core.search.finding import find
from sheke.core.search.sources import SOURCES
from tests.site.tenants import tenants

pytestmark = pytest.mark.django_db
OPEN = {"organisation", "person", "definition"}  # everyone may look these up
PUBLISHED = {"work": ["乙的公开成果"]}  # and, of the library, what was made public


@pytest.fixture
def world():
    made = tenants()
    following.rebuild()
    return made


def kinds(account, text="乙"):
    return {group.source.kind for group in find(account, text)}


def test_every_source_builds_documents_and_rows(world):
    staff = world.accounts["staff"]
    for source in SOURCES.values():
        for one in source.visible(staff)[:3]:
            row = source.row(one)
            assert row.title
            assert row.url.startswith("/")


def test_b_and_the_office_find_what_is_bs(world):
    for role in ("secretary_b", "staff"):
        assert {"record", "plan", "report", "meeting"} <= kinds(world.accounts[role])


@pytest.mark.parametrize("role", ["member", "secretary_a"])
def test_others_find_nothing_of_it(world, role):
    groups = {group.source.kind: group for group in find(world.accounts[role], "乙")}
    assert set(groups) <= OPEN | set(PUBLISHED)
    for kind, titles in PUBLISHED.items():
        assert [row.title for row in groups[kind].rows] == titles


@pytest.mark.parametrize("role", ["member", "secretary_a", "secretary_b", "staff"])
def test_every_hit_can_be_opened(world, role):
    client = world.client(role)
    for group in find(world.accounts[role], "乙", limit=20):
        for row in group.rows:
            assert client.get(row.url).status_code == 200, row
