"""What is found, kept up to date, and seen by whom."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.management import call_command

from sheke.core.errors import BadInput
from sheke.core.models import SearchEntry, SearchMark
from sheke.core.search import analysis, following
from sheke.core.search.finding import find
from sheke.core.search.sources import SOURCES
from sheke.directory.actions import create_person, rename_organisation
from sheke.ledger.actions import reverse_record, revise_record
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    city = factories.organisation(name="云川市社会科学界联合会", kind="federation")
    a = factories.organisation(city, name="甲学会")
    b = factories.organisation(city, name="乙学会")
    lecture = factories.lecture_type()
    record = factories.record(lecture, b, title="江南古桥讲座", note="讲到了石拱与廊桥")
    following.rebuild()
    return city, a, b, lecture, record


def titles(account, text, **options):
    return [row.title for group in find(account, text, **options) for row in group.rows]


@pytest.mark.parametrize(
    "text",
    [
        "古桥",
        "桥讲",
        "江南古桥讲座",
        "讲座 江南",
        "石拱",
        "廊",
        "古橋講座",
        "乙学会 古桥",
        '"古桥讲座"',
    ],
)
def test_any_two_characters_find_the_record(world, text):
    city, *_rest = world
    assert "江南古桥讲座" in titles(factories.account(city, "staff"), text)


@pytest.mark.parametrize(
    "text", ["南桥", "古桥 -石拱", "桥古", "甲学会 古桥", "🌉", "'", '"', "AND OR", "*"]
)
def test_what_does_not_stand_there_is_not_found(world, text):
    city, *_rest = world
    assert "江南古桥讲座" not in titles(factories.account(city, "staff"), text)


def test_nobody_finds_what_they_may_not_see(world):
    _city, a, b, *_rest = world
    assert titles(factories.account(a), "古桥") == []
    assert titles(factories.account(), "古桥") == []
    assert titles(factories.account(b), "古桥") == ["江南古桥讲座"]


def test_a_word_in_the_title_comes_before_one_in_the_text(world):
    city, _a, b, lecture, _record = world
    factories.record(lecture, b, title="另一场", note="说到古桥")
    following.catch_up()
    assert titles(factories.account(city, "staff"), "古桥") == ["江南古桥讲座", "另一场"]


def test_the_index_follows_what_is_done(world):
    city, _a, b, lecture, record = world
    staff = factories.account(city, "staff")
    factories.record(lecture, b, title="星空夜谈")
    revise_record(record=record, reason="改名", by=staff, title="江南水乡讲座")
    create_person(name="顾星河", by=staff)
    assert following.catch_up() > 0
    assert set(titles(staff, "星空")) == {"星空夜谈"}
    assert titles(staff, "顾星") == ["顾星河"]
    assert titles(staff, "水乡") == ["江南水乡讲座"]
    assert titles(staff, "古桥") == []
    reverse_record(record=record, reason="重复", by=staff)
    following.catch_up()
    assert titles(staff, "水乡") == ["江南水乡讲座"]  # struck through, but still to be looked up


def test_a_renamed_society_is_found_by_both_names_and_its_records_by_the_new(world):
    city, _a, b, *_rest = world
    staff = factories.account(city, "staff")
    rename_organisation(
        organisation=b, name="桥梁文化研究会", short_name="", since=date(2025, 1, 1), by=staff,
        reason="更名",
    )  # fmt: skip
    following.catch_up()
    assert "桥梁文化研究会" in titles(staff, "乙学会")
    assert "江南古桥讲座" in titles(staff, "桥梁文化")


def test_following_twice_or_where_nothing_was_built_does_nothing(world):
    assert following.catch_up() == 0
    SearchMark.objects.all().delete()
    factories.organisation(name="丙学会")
    assert following.catch_up() == 0


def test_whoever_searches_does_not_wait_for_much(world):
    for _n in range(4):
        factories.organisation()
    assert following.catch_up(limit=3) == 0
    assert following.catch_up(limit=10) == 4


def test_a_new_analysis_is_built_beside_the_old(world, monkeypatch):
    city, *_rest = world
    before = SearchEntry.objects.count()
    monkeypatch.setattr(following, "ANALYSIS", analysis.ANALYSIS + 1)
    assert not following.is_built()
    assert titles(factories.account(city, "staff"), "古桥") == ["江南古桥讲座"]
    assert following.rebuild() == before + 1  # the new account's person
    assert following.is_built()


def test_a_new_kind_of_subject_has_the_index_built_anew(world, monkeypatch):
    """A version that brings one finds what was there before it, too."""
    assert following.is_built()
    monkeypatch.setitem(SOURCES, "novelty", SOURCES["record"])
    assert not following.is_built()


def test_a_rebuild_drops_what_is_gone(world):
    entry = SearchEntry.objects.create(kind="record", subject_id=999_999, generation=1)
    following.rebuild()
    assert not SearchEntry.objects.filter(pk=entry.pk).exists()


def test_pages_of_one_kind(world):
    city, _a, b, lecture, _record = world
    for n in range(7):
        factories.record(lecture, b, title=f"夜读第{n}讲")
    following.catch_up()
    staff = factories.account(city, "staff")
    (group,) = find(staff, "夜读", kind="record", limit=5)
    assert [row.title for row in group.rows] == [f"夜读第{n}讲" for n in (6, 5, 4, 3, 2)]
    assert group.more
    (rest,) = find(staff, "夜读", kind="record", limit=5, offset=5)
    assert ([row.title for row in rest.rows], rest.more) == (["夜读第1讲", "夜读第0讲"], False)


def test_the_command_builds_and_follows(world, capsys):
    call_command("index", "rebuild", "site", "--json")
    call_command("index", "follow", "site", "--json")
    call_command("index", "state", "site", "--json")
    rebuilt, followed, state = capsys.readouterr().out.splitlines()
    assert (rebuilt, followed) == (
        f'{{"site": {{"entries": {SearchEntry.objects.count()}}}}}',
        '{"site": {"followed": 0}}',
    )
    assert '"built": true' in state


def test_the_command_names_the_indexes_that_there_are(world):
    with pytest.raises(BadInput, match="site"):
        call_command("index", "rebuild", "nothing")
