"""Likely duplicates, and whose records an account sees."""

from __future__ import annotations

from datetime import date

import pytest

from sheke.ledger.actions import reverse_record
from sheke.ledger.listing import count_of
from sheke.ledger.models import Record
from sheke.ledger.queries import likely_duplicates, similarity
from tests import factories

pytestmark = pytest.mark.django_db

DAY = date(2025, 5, 10)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("云川讲堂：宋词里的江南", "云川讲堂：宋词里的江南", True),
        ("云川讲堂：宋词里的江南", "“云川讲堂”——宋词里的江南", True),
        ("云川讲堂：宋词里的江南", "云川讲堂 宋词里的江南（专场）", True),
        ("云川讲堂第三讲：宋词", "云川讲堂第四讲：宋词", False),
        ("云川讲堂2024年第1期", "云川讲堂2024年第2期", False),
        ("云川讲堂：宋词里的江南", "古籍修复体验活动", False),
    ],
)
def test_similarity(one, other, alike):
    assert (similarity(one, other) >= 82) is alike


class TestDuplicates:
    @pytest.fixture
    def world(self):
        root = factories.organisation(kind="federation")
        a, b = factories.organisation(root), factories.organisation(root)
        return factories.lecture_type(), a, b

    def found(self, lecture, organisation, **fields):
        fields = {"happened_on": DAY, "title": "宋词里的江南"} | fields
        return likely_duplicates(type_id=lecture.definition_id, organisation=organisation, **fields)

    def test_same_day_and_next_day_same_organisation(self, world):
        lecture, a, b = world
        one = factories.record(lecture, a, happened_on=DAY, title="宋词里的江南")
        assert self.found(lecture, a) == [one]
        assert self.found(lecture, a, happened_on=date(2025, 5, 11)) == [one]
        assert self.found(lecture, a, happened_on=date(2025, 5, 12)) == []
        assert self.found(lecture, b) == []

    def test_a_cohost_finds_the_hosts_record(self, world):
        lecture, a, b = world
        one = factories.record(lecture, a, happened_on=DAY, title="宋词里的江南", cohosts=(b,))
        assert self.found(lecture, b) == [one]

    def test_best_first_without_itself_and_reversed_ones(self, world):
        lecture, a, _b = world
        near = factories.record(lecture, a, happened_on=DAY, title="宋词里的江南（专场）")
        same = factories.record(lecture, a, happened_on=DAY, title="宋词里的江南")
        gone = factories.record(lecture, a, happened_on=DAY, title="宋词里的江南")
        reverse_record(record=gone, reason="重复", by=None)
        assert self.found(lecture, a) == [same, near]
        assert self.found(lecture, a, exclude=same.pk) == [near]


class TestVisible:
    @pytest.fixture
    def world(self):
        root = factories.organisation(kind="federation")
        county = factories.organisation(root)
        society, stranger = factories.organisation(county), factories.organisation(root)
        lecture = factories.lecture_type()
        records = {
            "county": factories.record(lecture, county),
            "society": factories.record(lecture, society),
            "stranger": factories.record(lecture, stranger),
            "shared": factories.record(lecture, stranger, cohosts=(society,)),
        }
        return records, {"root": root, "county": county, "society": society, "stranger": stranger}

    @pytest.mark.parametrize(
        ("of", "sees"),
        [
            ("root", {"county", "society", "stranger", "shared"}),
            ("county", {"county", "society", "shared"}),
            ("society", {"society", "shared"}),
            ("stranger", {"stranger", "shared"}),
        ],
    )
    def test_by_place_in_the_tree(self, world, of, sees):
        records, organisations = world
        account = factories.account(organisations[of])
        found = set(Record.objects.visible_to(account))
        assert found == {records[name] for name in sees}
        assert {
            name for name, r in records.items() if account.has_perm("ledger.view_record", r)
        } == (sees)

    def test_a_cohost_sees_but_does_not_correct(self, world):
        records, organisations = world
        account = factories.account(organisations["society"])
        assert account.has_perm("ledger.correct_record", records["society"])
        assert not account.has_perm("ledger.correct_record", records["shared"])
        assert not account.has_perm("ledger.post_record", organisations["county"])

    def test_members_and_strangers_see_nothing(self, world):
        _records, organisations = world
        for account in (factories.account(organisations["root"], "member"), factories.account()):
            assert not Record.objects.visible_to(account).exists()

    @pytest.mark.parametrize(
        ("role", "may"),
        [("administrator", True), ("leader", True), ("staff", True), ("secretary", False)],
    )
    def test_who_closes(self, world, role, may):
        _records, organisations = world
        account = factories.account(organisations["county"], role)
        assert account.has_perm("ledger.close_period", organisations["society"]) is may
        assert not account.has_perm("ledger.close_period", organisations["root"])


def test_what_is_remembered_of_the_ledger_is_counted_anew_when_it_moves():
    city, lecture = factories.organisation(kind="federation"), factories.lecture_type()
    records = Record.objects.visible_to(factories.account(city))
    assert count_of(records) == 0
    record = factories.record(lecture, city)
    assert count_of(records) == 1
    assert count_of(records.within(city).standing()) == 1
    reverse_record(record=record, reason="重复", by=None)
    assert count_of(records.within(city).standing()) == 0
    assert count_of(Record.objects.none()) == 0
