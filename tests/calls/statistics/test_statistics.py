"""The numbers of a call, and where each leads."""

from __future__ import annotations

import io
import re
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from sheke.calls.listing import Wanted, numbers_of
from sheke.calls.models import Award, Submission
from sheke.calls.statistics import statistics_of
from sheke.calls.statistics.people import age_band
from sheke.calls.statistics.years import editions_of
from tests.calls import factories
from tests.factories import account, organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return organisation(kind="federation")


@pytest.fixture
def call(city):
    return factories.call(organisation=city, topics=("选题一",))


def made(call, unit, n=1, gender="female", born=date(1980, 1, 1), **fields):
    return [factories.submission(call, unit, lead={"gender": gender, "born_on": born}, **fields)
            for _n in range(n)]  # fmt: skip


def table(call, key):
    return {g.key: g for t in statistics_of(call).tables if t.key == key for g in t.groups}


def test_the_way_counts_what_got_beyond_each_stage(call, city):
    factories.submission(call, sent=False)
    made(call, city, 2, stage="check")
    made(call, city, 1, stage="review")
    made(call, city, 1, stage="decide", state=Submission.State.AWARDED)
    steps = {step.key: step.count for step in statistics_of(call).funnel}
    assert (steps["begun"], steps["sent"], steps["recommend"]) == (5, 4, 4)
    assert (steps["check"], steps["copycheck"], steps["review"], steps["awarded"]) == (2, 2, 1, 1)


def test_each_number_leads_to_as_many_submissions(call, city):
    below = organisation(organisation(city, kind="county_federation"))
    made(call, below, 2, stage="review", discipline="law")
    made(call, organisation(city), 1, stage="decide", state=Submission.State.AWARDED)
    found = statistics_of(call)
    numbers = [(step.query, step.count) for step in found.funnel]
    numbers += [
        (group.query, group.sent) for t in found.tables for group in t.groups if group.query
    ]
    checked = 0
    for query, count in numbers:
        if query is None:
            continue
        given = dict(part.split("=") for part in query.split("&") if part)
        assert numbers_of(call, Wanted.read(given)).count() == count, query
        checked += 1
    assert checked > 12


def test_success_rates_have_numerator_and_denominator(call, city):
    made(call, city, 3, discipline="law")
    made(call, city, 1, discipline="law", state=Submission.State.AWARDED)
    made(call, city, 1, discipline="history")
    group = table(call, "discipline")["law"]
    assert (group.sent, group.awarded, group.rate) == (4, 1, 25.0)


def test_small_groups_of_people_are_hidden(call, city, settings):
    settings.CALLS_LEAST_SHOWN = 3
    made(call, city, 5, gender="male")
    made(call, city, 4, gender="")
    made(call, city, 1, gender="female")
    groups = table(call, "gender")
    assert [groups[key].sent for key in ("female", "male", "")] == [None, 5, None]
    assert groups["female"].awarded is None


def test_groups_of_people_have_no_list_of_names(call, city):
    made(call, city, 6)
    made(call, city, 6, gender="male")
    assert all(group.query is None for group in table(call, "gender").values())


@pytest.mark.parametrize(
    ("born", "band"),
    [
        (date(1996, 6, 2), "-30"),
        (date(1996, 6, 1), "30-34"),
        (date(1966, 6, 2), "55-59"),
        (date(1966, 6, 1), "60-"),
        (None, ""),
        (date(2030, 1, 1), ""),
    ],
)
def test_age_counts_on_the_day(born, band):
    assert age_band(born, date(2026, 6, 1)) == band


def test_years_stand_beside_each_other_for_those_who_run_them(call, city):
    other = organisation(kind="federation")
    factories.call(call.edition, city, year=2025)
    factories.call(call.edition, other, year=2024)
    factories.call(factories.definition("programme", factories.grant(key="another")), city)
    made(call, city, 2, state=Submission.State.AWARDED)
    years = editions_of(call, account(city, "staff"))
    assert [(one.call.year, one.sent, one.rate) for one in years] == [
        (2025, 0, None),
        (2026, 2, 100.0),
    ]
    assert len(editions_of(call)) == 3


def test_the_years_page_says_what_was_awarded(client, call, city):
    client.force_login(account(city, "staff"))
    for serial, one in enumerate(made(call, city, 2, state=Submission.State.AWARDED), start=1):
        Award.objects.create(submission=one, call=call, amount=Decimal("1.5"), serial=serial,
                             number=str(serial), decided_on=date(2026, 6, 1))  # fmt: skip
    (year,) = editions_of(call)
    assert year.amount == 3
    page = client.get(reverse("calls:statistics", args=[call.pk])).content.decode()
    assert re.search(r"<td[^>]*>3</td>", page)


@pytest.mark.parametrize("many", [1, 6])
def test_the_page_asks_the_same_number_of_queries(
    client, call, city, many, django_assert_num_queries
):
    client.force_login(account(city, "staff"))
    for _n in range(many):
        made(call, organisation(city), topic=call.topics.first())
    address = reverse("calls:statistics", args=[call.pk])
    with django_assert_num_queries(15):
        assert client.get(address).status_code == 200


def test_the_workbook_has_stars_for_what_is_hidden(client, call, city):
    client.force_login(account(city, "leader"))
    made(call, city, 7, gender="male")
    made(call, city, 1, gender="female")
    answer = client.get(reverse("calls:statistics_export", args=[call.pk]))
    book = load_workbook(io.BytesIO(answer.content))
    cells = [cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]
    assert "*" in cells


def test_an_empty_call_shows_no_chart(client, call, city):
    client.force_login(account(city, "staff"))
    page = client.get(reverse("calls:statistics", args=[call.pk])).content.decode()
    assert 'class="chart"' not in page
