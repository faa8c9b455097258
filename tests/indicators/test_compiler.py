"""The compiled statements say the same as plain Python, on SQLite and on PostgreSQL."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
import time_machine
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sheke.indicators.catalogue import Catalogue
from sheke.indicators.evaluation import evaluate, record_page, record_refs, records_behind
from sheke.indicators.questions import Question
from sheke.ledger.actions import post_records, reverse_record, revise_record
from sheke.ledger.content import Draft
from sheke.ledger.models import Record
from tests import factories
from tests.indicators import plain

pytestmark = pytest.mark.django_db

YEAR = (date(2025, 1, 1), date(2025, 12, 31))


@pytest.fixture
def world():
    """A city with two counties and two societies in each, a record type and indicators of each kind."""
    city = factories.organisation(kind="federation")
    counties = [factories.organisation(city, kind="county_federation") for _ in range(2)]
    societies = [factories.organisation(c) for c in counties for _ in range(2)]
    lecture = factories.lecture_type()
    level = {"field": "level", "value": "city"}
    make = factories.indicator
    indicators = [
        make("held"),
        make("held_posted", date="posted"),
        make("city_level", where=[level]),
        make("not_city_level", where=[{**level, "op": "ne"}]),
        make("some_level", where=[{"field": "level", "op": "in", "value": ["city", "county"]}]),
        make("no_level", where=[{"field": "level", "op": "empty"}]),
        make("well_attended", where=[{"field": "attendance", "op": "gte", "value": 50}]),
        make("short", where=[{"field": "hours", "op": "lte", "value": 2}, {**level, "op": "ne"}]),
        make("online", where=[{"field": "online", "value": True}]),
        make("people", aggregate="sum", measure="attendance"),
        make("cost", aggregate="sum", measure="cost", where=[level]),
        make("people_each", aggregate="average", measure="attendance"),
        make("city_share", aggregate="share", of=[level]),
        make("units", aggregate="distinct", distinct="organisation"),
        make("levels", aggregate="distinct", distinct="level"),
        make("titles", aggregate="distinct", distinct="title"),
        make("cost_each", aggregate="ratio", numerator="cost", denominator="held", factor="10000"),
    ]
    return [city, *counties, *societies], lecture, indicators


def drafts_of(units, lecture):
    amounts = st.fixed_dictionaries(
        {},
        optional={
            "attendance": st.integers(0, 100),
            "cost": st.decimals(0, 20, places=2),
        },
    )
    attributes = st.fixed_dictionaries(
        {},
        optional={
            "level": st.sampled_from(["city", "county"]),
            "online": st.booleans(),
            "hours": st.decimals(0, 4, places=1),
        },
    )
    return st.builds(
        Draft,
        edition=st.just(lecture),
        organisation=st.sampled_from(units),
        happened_on=st.dates(YEAR[0] - timedelta(3), YEAR[1] + timedelta(3)),
        title=st.sampled_from(["甲", "乙", "丙"]),
        amounts=amounts,
        attributes=attributes,
        cohosts=st.lists(st.sampled_from(units), max_size=3).map(tuple),
        supporters=st.lists(st.sampled_from(units), max_size=1).map(tuple),
    )


def assert_agrees(units, indicators):
    records = list(Record.objects.select_related("organisation", "type"))
    schemas = {edition.indicator.key: edition.indicator for edition in indicators}
    catalogue = Catalogue.load()
    scopes = [
        *((u, (), False) for u in units),
        (units[0], ("society",), False),
        (units[1], (), True),
    ]
    for edition, (unit, kinds, own) in itertools.product(indicators, scopes):
        question = Question(edition, unit, *YEAR, kinds=kinds, own=own)
        figure = evaluate(question, catalogue)
        expected = plain.answer(question, records, schemas)
        assert (figure.value, figure.rows, figure.digest) == pytest.approx(expected), edition


def test_a_second_tree_is_not_counted_with_the_first(world):
    (city, *_), lecture, (held, *_rest) = world
    other = factories.organisation(kind="federation")
    factories.record(lecture, other, cohosts=(city,))
    factories.record(lecture, other)
    assert [evaluate(Question(held, unit, *YEAR)).value for unit in (city, other)] == [1, 2]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_agrees_with_plain_python(world, data):
    units, lecture, indicators = world
    drafts = data.draw(st.lists(drafts_of(units, lecture), max_size=8))
    # 20:00 UTC on 30 June is 1 July where the office works.
    with transaction.atomic(), time_machine.travel("2025-06-30T20:00Z"):
        records = post_records(drafts=drafts, by=None)
        for record in records[:1]:
            reverse_record(record=record, reason="重复", by=None)
        for record in records[1:2]:
            revise_record(record=record, reason="补报", by=None, title="改", cohosts=(units[-1],))
        assert_agrees(units, indicators)
        transaction.set_rollback(True)


def test_the_rows_behind_are_those_counted(world):
    units, lecture, indicators = world
    factories.record(lecture, units[3], cohosts=(units[4], units[5]), amounts={"attendance": 60})
    factories.record(lecture, units[5], attributes={"level": "city"}, amounts={"cost": "1.5"})
    for edition, unit in itertools.product(indicators, units):
        question = Question(edition, unit, *YEAR)
        figure = evaluate(question)
        behind = list(records_behind(question))
        assert record_refs(question) == sorted((r.pk, r.revision) for r in behind)
        pages = [record for at in range(4) for record in record_page(question, at, 1)]
        assert pages == sorted(behind, key=lambda r: (r.happened_on, r.pk), reverse=True)
        if edition.indicator.aggregate != "ratio":  # a ratio's row may be in both its parts
            assert (figure.rows, figure.digest) == (len(behind), sum(r.digest for r in behind))


def test_one_statement_each(world, django_assert_num_queries):
    units, _lecture, indicators = world
    catalogue = Catalogue.load()
    for edition in indicators:
        with django_assert_num_queries(1):
            evaluate(Question(edition, units[0], *YEAR), catalogue)


def test_counts_stay_with_a_moved_organisation(world):
    from sheke.directory.actions import move_organisation

    (city, east, west, society, *_), lecture, (held, *_rest) = world
    factories.record(lecture, society)
    move_organisation(organisation=society, parent=west, since=YEAR[0], reason="区划调整", by=None)
    counts = [evaluate(Question(held, unit, *YEAR)).value for unit in (city, east, west)]
    assert counts == [1, 0, 1]


def test_completion_reads_the_narrowest_goal(world):
    from sheke.indicators.models import Goal

    (city, *_), lecture, (held, *_rest) = world
    done = factories.indicator("held_completion", aggregate="completion", numerator="held")
    question = Question(done, city, *YEAR)
    assert evaluate(question).value is None
    factories.record(lecture, city)
    goal = {"indicator": held.definition, "organisation": city, "last_day": YEAR[1]}
    Goal.objects.create(**goal, first_day=date(2021, 1, 1), value=50)
    Goal.objects.create(**goal, first_day=YEAR[0], value=4)
    assert evaluate(question).value == 25
    with_rows = evaluate(question)
    assert (with_rows.rows, len(record_refs(question))) == (1, 1)
