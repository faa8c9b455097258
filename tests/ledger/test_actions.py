"""The law of the ledger: nothing is edited in place, nothing is half done, corrections are visible."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from sheke.core.errors import BadInput
from sheke.core.models import AuditEvent
from sheke.ledger.actions import (
    close_period,
    post_record,
    post_records,
    reverse_record,
    revise_record,
)
from sheke.ledger.content import ContentError, Draft, digest
from sheke.ledger.models import SCALE, Facet, Line, Record, Version
from sheke.ledger.queries import draft_of
from tests import factories

pytestmark = pytest.mark.django_db

MAY = date(2025, 5, 10)


@pytest.fixture
def lecture():
    return factories.lecture_type()


@pytest.fixture
def city():
    return factories.organisation(kind="federation")


@pytest.fixture
def county(city):
    return factories.organisation(city, kind="county_federation")


@pytest.fixture
def draft(lecture, county):
    return Draft(
        edition=lecture, organisation=county, happened_on=MAY, title="云川讲堂",
        amounts={"attendance": "1,200", "cost": 1.50}, attributes={"level": "县级", "online": "是"},
    )  # fmt: skip


def lines(record: Record) -> list[tuple[str, int, int, int]]:
    found = Line.objects.filter(record=record).order_by("seat", "measure")
    return [(li.measure, li.organisation_id, li.seat, li.value) for li in found]


def test_a_posted_record_has_its_version_lines_facets_and_event(draft, county):
    account = factories.account(county)
    record = post_record(draft=draft, by=account)
    (version,) = record.versions.all()
    assert (version.number, version.act, version.made_by) == (1, "post", account)
    assert version.content["amounts"] == {"attendance": "1200", "cost": "1.5"}
    assert version.digest == record.digest == digest(record.uid, 1, version.content)
    assert lines(record) == [
        ("", county.pk, 0, SCALE),
        ("attendance", county.pk, 0, 1200 * SCALE),
        ("cost", county.pk, 0, 15_000),
    ]
    assert set(Facet.objects.values_list("field", "value")) == {
        ("level", "county"),
        ("online", "true"),
    }
    assert AuditEvent.objects.get(verb="record.post").subject_id == record.pk


def test_cohosts_count_supporters_are_only_named(draft, city, county):
    cohost, helper = factories.organisation(city), factories.organisation(city)
    record = post_record(
        draft=replace(draft, amounts={}, cohosts=(cohost, county), supporters=(helper, cohost)),
        by=None,
    )
    assert [(seat, of) for _m, of, seat, _v in lines(record)] == [(0, county.pk), (1, cohost.pk)]
    roles = record.participations.values_list("organisation_id", "role")
    assert set(roles) == {(cohost.pk, "cohost"), (helper.pk, "support")}


def test_every_wrong_field_is_named(draft):
    bad = replace(
        draft, title=" ", ended_on=MAY - timedelta(days=1),
        amounts={"attendance": "viele", "cost": "1.234", "ghost": 1},
        attributes={"level": "省级", "online": "vielleicht", "hours": -1},
    )  # fmt: skip
    with pytest.raises(ContentError) as caught:
        post_record(draft=bad, by=None)
    assert set(caught.value.errors) == {
        "title", "ended_on", "attendance", "cost", "ghost", "level", "online", "hours",
    }  # fmt: skip


@pytest.mark.parametrize("day", [date(205, 1, 1), date(2925, 1, 1)])
def test_a_year_that_cannot_be_meant_is_refused(draft, day):
    with pytest.raises(ContentError) as caught:
        post_record(draft=replace(draft, happened_on=day), by=None)
    assert set(caught.value.errors) == {"happened_on"}


def test_a_text_too_long_is_refused_not_cut(draft):
    with pytest.raises(ContentError) as caught:
        post_record(draft=replace(draft, attributes={"speaker": "长" * 201}), by=None)
    assert set(caught.value.errors) == {"speaker"}


def test_many_are_posted_all_or_none(draft):
    with pytest.raises(ContentError):
        post_records(drafts=[draft, replace(draft, title="")], by=None)
    assert not Record.objects.exists()


def test_a_failure_on_the_way_leaves_nothing(draft, monkeypatch):
    def broken(*_args, **_kwargs):
        raise DatabaseError("disk full")

    monkeypatch.setattr("sheke.ledger.actions.audit.record_many", broken)
    with pytest.raises(DatabaseError):
        post_record(draft=draft, by=None)
    assert not Record.objects.exists() and not Version.objects.exists()
    assert not Line.objects.exists() and not AuditEvent.objects.filter(verb="record.post").exists()


def test_revising_makes_a_version_and_new_lines(draft):
    record = post_record(draft=draft, by=None)
    revised = revise_record(
        record=record, reason="签到表核对", by=None, amounts={"attendance": 900}
    )
    assert (revised.pk, revised.revision, revised.amounts) == (record.pk, 2, {"attendance": "900"})
    assert [(v.number, v.act, v.reason) for v in record.versions.all()] == [
        (1, "post", ""),
        (2, "revise", "签到表核对"),
    ]
    assert record.versions.first().content["amounts"] == {"attendance": "1200", "cost": "1.5"}
    assert lines(revised)[1:] == [("attendance", draft.organisation.pk, 0, 900 * SCALE)]
    assert set(Line.objects.values_list("digest", flat=True)) == {revised.digest}
    assert revised.digest != record.digest


def test_revising_needs_a_reason_and_a_change(draft):
    record = post_record(draft=draft, by=None)
    with pytest.raises(BadInput):
        revise_record(record=record, reason=" ", by=None, title="另一题目")
    with pytest.raises(BadInput):
        revise_record(record=record, reason="无", by=None, title=" 云川讲堂 ")
    assert record.versions.count() == 1


def test_a_record_keeps_its_type(draft, lecture):
    other = factories.definition("record_type", factories.LECTURE | {"key": "forum"})
    record = post_record(draft=draft, by=None)
    with pytest.raises(BadInput):
        revise_record(record=record, reason="改类型", by=None, edition=other)


def test_revising_cohosts_moves_the_lines(draft, city):
    cohost = factories.organisation(city)
    record = post_record(draft=draft, by=None)
    revise_record(record=record, reason="补联办单位", by=None, cohosts=(cohost,))
    assert {of for _m, of, _s, _v in lines(record)} == {draft.organisation.pk, cohost.pk}
    revise_record(record=record, reason="并非联办", by=None, cohosts=())
    assert {of for _m, of, _s, _v in lines(record)} == {draft.organisation.pk}
    assert not record.participations.exists()


def test_a_reversed_record_counts_nowhere_and_stays(draft):
    record = post_record(draft=draft, by=None)
    reverse_record(record=record, reason="重复填报", by=None)
    record.refresh_from_db()
    assert not lines(record) and not record.facets.exists()
    assert [v.act for v in record.versions.all()] == ["post", "reverse"]
    assert record.reversal.reason == "重复填报"
    assert not Record.objects.standing().exists()
    for act in (
        lambda: revise_record(record=record, reason="x", by=None, title="y"),
        lambda: reverse_record(record=record, reason="x", by=None),
    ):
        with pytest.raises(BadInput):
            act()


def test_versions_can_be_neither_changed_nor_deleted(draft):
    record = post_record(draft=draft, by=None)
    version = record.versions.get()
    version.content = {}
    for act in (
        version.save,
        version.delete,
        record.versions.all().delete,
        lambda: record.versions.update(content={}),
        lambda: Version.objects.bulk_update([version], ["content"]),
    ):
        with pytest.raises(TypeError), transaction.atomic():
            act()
    version.refresh_from_db()
    assert version.content["title"] == "云川讲堂"


def test_the_database_wants_a_reason_for_corrections(draft):
    record = post_record(draft=draft, by=None)
    version = Version(record=record, number=2, act="revise", content={}, digest=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Version.objects.bulk_create([version])


class TestClosings:
    @pytest.fixture
    def closing(self, city):
        return close_period(
            organisation=city, first_day=date(2025, 1, 1), last_day=date(2025, 6, 30), by=None
        )

    def test_a_late_entry_needs_a_reason_and_is_marked(self, closing, draft):
        for reason in ("", "  "):
            with pytest.raises(BadInput, match="2025-05-10"):
                post_record(draft=draft, by=None, reason=reason)
        record = post_record(draft=draft, by=None, reason="材料后补")
        assert record.versions.get().closing == closing

    def test_outside_the_period_nothing_is_marked(self, closing, draft):
        record = post_record(draft=replace(draft, happened_on=date(2025, 7, 1)), by=None)
        assert record.versions.get().closing is None

    def test_a_closing_covers_what_lies_below_and_nothing_else(self, draft, city):
        sibling = factories.organisation(city)
        close_period(
            organisation=sibling, first_day=date(2025, 1, 1), last_day=date(2025, 6, 30), by=None
        )
        assert post_record(draft=draft, by=None).versions.get().closing is None

    def test_corrections_afterwards_are_visible(self, draft, city):
        record = post_record(draft=draft, by=None)
        closing = close_period(
            organisation=city, first_day=date(2025, 1, 1), last_day=date(2025, 6, 30), by=None
        )
        revise_record(record=record, reason="核对", by=None, title="云川讲堂第一讲")
        reverse_record(record=record, reason="误报", by=None)
        assert [v.closing for v in record.versions.all()] == [None, closing, closing]
        assert [v.act for v in closing.corrections.all()] == ["revise", "reverse"]

    def test_moving_a_record_out_of_a_closed_period_is_a_correction(self, draft, city):
        record = post_record(draft=draft, by=None)
        closing = close_period(
            organisation=city, first_day=date(2025, 5, 1), last_day=date(2025, 5, 31), by=None
        )
        revise_record(record=record, reason="日期写错", by=None, happened_on=date(2025, 7, 1))
        assert record.versions.last().closing == closing

    def test_only_days_that_are_over_can_be_closed(self, city):
        today = timezone.localdate()
        for first, last in ((today, today), (date(2025, 2, 1), date(2025, 1, 1))):
            with pytest.raises(BadInput):
                close_period(organisation=city, first_day=first, last_day=last, by=None)

    def test_the_same_period_is_closed_once(self, closing, city, county):
        with pytest.raises(BadInput):
            close_period(
                organisation=county, first_day=date(2025, 2, 1), last_day=date(2025, 3, 31), by=None
            )


def test_posting_one_is_few_queries(draft, django_assert_num_queries):
    with django_assert_num_queries(8):
        post_record(draft=draft, by=None)


def test_a_draft_comes_back_as_it_was(draft, city):
    cohost, helper = factories.organisation(city), factories.organisation(city)
    record = post_record(
        draft=replace(draft, cohosts=(cohost,), supporters=(helper,), note="备注"), by=None
    )
    assert draft_of(Record.objects.get()).content() == record.versions.get().content
