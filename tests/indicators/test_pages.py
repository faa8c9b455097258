"""The dashboard, one indicator's page with what is behind it, and the draft's value."""

from __future__ import annotations

import itertools
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from sheke.core.tables import read_table
from sheke.indicators.catalogue import Catalogue
from sheke.indicators.figures import by_child, by_month
from sheke.indicators.periods import buckets, same_span_before, year_before
from sheke.indicators.scopes import Scope
from sheke.ledger.actions import reverse_record
from tests import factories

YEAR = {"period": "custom", "first": "2025-01-01", "last": "2025-12-31"}


def url(name, *args):
    return reverse(f"indicators:{name}", args=args)


def sign_in(client, organisation, role="staff"):
    client.force_login(factories.account(organisation, role=role))
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def chief(client, office):
    return sign_in(client, office.root)


def page(client, name, *args, **asked):
    answer = client.get(url(name, *args), YEAR | asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_dashboard_lists_groups_and_leaves_the_figures_to_them(
    chief, django_assert_num_queries
):
    with django_assert_num_queries(8):
        html = page(chief, "index")
    assert "Popularisation" in html
    assert url("group", "popularisation") in html


def test_a_group_shows_this_year_beside_last_year(chief):
    row = next(r for r in chief.get(url("group", "popularisation"), YEAR).context["rows"]
               if r.indicator.key == "lectures_held")  # fmt: skip
    assert (row.value, row.value_before, row.change) == (3, 1, 200)
    assert sum(row.course) == 3


def test_each_figure_of_a_group_is_one_statement(chief, django_assert_num_queries):
    # 4 indicators: this year, the year before and twelve months; 1 for the moment, 9 for the page
    with django_assert_num_queries(4 * 14 + 1 + 9):
        page(chief, "group", "popularisation")
    with django_assert_num_queries(1 + 8):  # the ledger has not moved
        page(chief, "group", "popularisation")


def test_a_page_shows_what_was_posted_a_moment_ago(chief, office):
    address = url("rows", "lectures_held")
    assert chief.get(address, YEAR).context["figure"].rows == 3
    record = factories.record(office.lecture, office.north)
    assert chief.get(address, YEAR).context["figure"].rows == 4
    reverse_record(record=record, reason="重复", by=None)
    assert chief.get(address, YEAR).context["figure"].rows == 3


def test_an_indicators_page_shows_value_months_organisations_and_records(chief):
    answer = chief.get(url("detail", "lectures_held"), YEAR)
    html = answer.content.decode()
    assert answer.context["compared"].value == 3
    assert next(bar.part.name for bar in answer.context["children"]) == "南区社科联"
    assert all(title in html for title in ("北区讲座", "南区讲座", "市里讲座"))
    assert "去年讲座" not in html


def test_co_hosted_work_counts_for_each_and_once_above(office):
    scope = Scope(office.root, date(2025, 1, 1), date(2025, 12, 31))
    parts = by_child(office.lectures, scope, Catalogue.load())
    assert {part.name: part.value for part in parts} == {
        "北区社科联": 1,
        "南区社科联": 2,
        "市社科联": 1,
    }


def test_months_add_up_to_the_year(office):
    scope = Scope(office.root, date(2025, 1, 1), date(2025, 12, 31))
    parts = by_month(office.attendance, scope, Catalogue.load())
    assert len(parts) == 12
    assert sum(part.value or 0 for part in parts) == 100


def test_a_ratio_shows_its_parts(chief):
    html = page(chief, "detail", "per_lecture")
    assert "33.3" in html
    assert url("detail", "attendance") in html


@pytest.mark.parametrize("extra", [0, 2])
def test_the_records_behind_it_take_the_same_queries_whatever_their_number(
    chief, office, extra, django_assert_num_queries
):
    for _n in range(extra):
        factories.record(office.lecture, office.north)
    with django_assert_num_queries(12):
        page(chief, "rows", "lectures_held")


def test_records_are_paged_by_fifty(chief, office):
    for _n in range(50):
        factories.record(office.lecture, office.north)
    first = chief.get(url("rows", "lectures_held"), YEAR).context["page"]
    second = chief.get(url("rows", "lectures_held"), YEAR | {"page": 2}).context["page"]
    assert (len(first.object_list), len(second.object_list)) == (50, 3)
    assert not {r.pk for r in first} & {r.pk for r in second}


def test_a_county_sees_its_own_values_only(client, office):
    sign_in(client, office.north)
    assert client.get(url("detail", "lectures_held"), YEAR).context["compared"].value == 1
    asked = YEAR | {"organisation": "SOUTH"}
    context = client.get(url("detail", "lectures_held"), asked).context
    assert context["scope"].organisation == office.north


def test_organisations_are_offered_within_reach(client, office):
    sign_in(client, office.north)
    options = client.get(url("organisations"), {"q": "区"}).json()["options"]
    assert [option["value"] for option in options] == ["NORTH"]


def test_who_acts_for_nobody_is_told_so(client, office):
    sign_in(client, None)
    assert "You act for no organisation yet" in client.get(url("index")).content.decode()


def test_a_days_order_that_is_wrong_is_told(chief):
    html = page(chief, "index", first="2025-05-01", last="2025-01-01")
    assert "The end lies before the beginning." in html


def test_exports(chief):
    rows = chief.get(url("rows_xlsx", "lectures_held"), YEAR)
    assert len(list(read_table(BytesIO(rows.content), "rows.xlsx").rows)) == 3
    table = chief.get(url("table_xlsx", "lectures_held"), YEAR)
    months = read_table(BytesIO(table.content), "t.xlsx", sheet="Month by month")
    assert len(list(months.rows)) == 12


def test_an_unknown_indicator_is_not_found(chief):
    assert chief.get(url("detail", "lecturs")).status_code == 404


class TestPreview:
    draft = {
        "aggregate": "sum", "types": ["lecture"], "measure": "attendance",
        "first": "2025-01-01", "last": "2025-12-31", "organisation": "ROOT",
    }  # fmt: skip

    @pytest.fixture
    def editor(self, client, office):
        return sign_in(client, office.root, "administrator")

    def test_a_draft_without_words_has_a_value(self, editor):
        context = editor.post(url("preview"), self.draft).context
        assert (context["value"], context["figure"].rows) == (Decimal(100), 2)

    def test_a_half_written_condition_holds_nothing_up(self, editor):
        draft = self.draft | {"where-0-field": "level", "where-0-op": "eq"}
        assert editor.post(url("preview"), draft).context["value"] == 100

    def test_what_is_missing_is_said(self, editor):
        html = editor.post(url("preview"), self.draft | {"measure": ""}).content.decode()
        assert "Still to choose: Amount" in html

    def test_a_wrong_reference_is_said(self, editor):
        html = editor.post(url("preview"), self.draft | {"measure": "attendence"}).content.decode()
        assert "did you mean attendance" in html

    def test_nothing_is_kept(self, editor, office):
        from sheke.definitions.models import Definition

        before = Definition.objects.count()
        editor.post(url("preview"), self.draft)
        assert Definition.objects.count() == before

    def test_it_is_for_those_who_may_publish(self, client, office):
        sign_in(client, office.root)
        assert client.post(url("preview"), self.draft).status_code == 403


DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))


@given(DAYS, DAYS)
def test_buckets_cover_the_span_without_gap_or_overlap(a, b):
    first, last = min(a, b), max(a, b)
    found = buckets((first, last))
    assert (found[0][0], found[-1][1]) == (first, last)
    assert all((nxt[0] - cur[1]).days == 1 for cur, nxt in itertools.pairwise(found))


@given(DAYS, DAYS, DAYS)
def test_the_year_before_is_as_long_as_this_one_has_run(a, b, today):
    span = min(a, b), max(a, b)
    first, last = same_span_before(span, today)
    assert first == year_before(span[0])
    assert first <= last <= year_before(span[1])
