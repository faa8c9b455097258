"""The year by type: what counts once, what it is compared with, how seldom it is asked."""

from __future__ import annotations

from datetime import date

from sheke.definitions.current import current_of_all
from sheke.ledger.actions import reverse_record
from sheke.site.workbench.year import lines_within, year_by_type, year_chart
from tests import factories

from .conftest import TODAY


def test_the_year_counts_what_lies_below_once(federation, society, lecture) -> None:
    other = factories.organisation(federation)
    factories.record(lecture, society, cohosts=(other,), happened_on=date(2025, 2, 3))
    factories.record(lecture, society, happened_on=date(2025, 6, 30))
    factories.record(lecture, society, happened_on=date(2025, 7, 1))
    factories.record(lecture, society, happened_on=date(2024, 6, 30))
    factories.record(lecture, society, happened_on=date(2024, 7, 1))
    (year,) = year_by_type(federation, TODAY)
    assert year.months == [0, 1, 0, 0, 0, 1]
    assert (year.count, year.before, year.change) == (2, 1, 100)


def test_an_organisations_year_is_what_its_lines_say(federation, society, lecture) -> None:
    branch = factories.organisation(society)
    other = factories.organisation(federation)
    days = {"happened_on": date(2025, 2, 3)}
    factories.record(lecture, society, cohosts=(branch, other), **days)  # counts once
    factories.record(lecture, branch, **days)
    factories.record(lecture, other, cohosts=(society, branch), **days)  # shared twice, counts once
    factories.record(lecture, other, supporters=(society,), **days)  # named, not counted
    reverse_record(record=factories.record(lecture, society, **days), reason="重复", by=None)
    (year,) = year_by_type(society, TODAY)
    lines = lines_within(society, date(2025, 1, 1), TODAY)
    assert year.months[1] == lines.values("record").distinct().count() == 3


def test_a_leap_day_compares_with_a_day_that_existed(federation, lecture) -> None:
    factories.record(lecture, federation, happened_on=date(2024, 2, 29))
    factories.record(lecture, federation, happened_on=date(2023, 2, 28))
    (year,) = year_by_type(federation, date(2024, 2, 29))
    assert (year.count, year.before) == (1, 1)


def test_the_year_is_four_queries_and_kept_until_the_ledger_moves(
    federation, lecture, django_assert_num_queries
) -> None:
    current_of_all()  # what a process has read already
    for records in (1, 3):
        for month in range(records):
            factories.record(lecture, federation, happened_on=date(2025, month + 1, 1))
        with django_assert_num_queries(4):
            before = year_by_type(federation, TODAY)
        with django_assert_num_queries(2):
            assert year_by_type(federation, TODAY) == before


def test_a_type_of_last_year_stands_beside_nothing(federation, lecture) -> None:
    factories.record(lecture, federation, happened_on=date(2024, 3, 1))
    (year,) = year_by_type(federation, TODAY)
    assert (year.count, year.before) == (0, 1)


def test_every_number_of_the_chart_leads_to_its_records(client, federation, lecture) -> None:
    factories.record(lecture, federation, happened_on=date(2025, 3, 1), title="老城方言小史")
    factories.record(lecture, federation, happened_on=date(2024, 3, 1), title="旧年讲座")
    chart = year_chart(federation, TODAY, year_by_type(federation, TODAY))
    ((this, last),) = [row.cells for row in chart.rows]
    assert (this.value, last.value) == (1, 1)
    client.force_login(factories.account(federation))
    assert "老城方言小史" in client.get(this.url).content.decode()
    page = client.get(last.url).content.decode()
    assert "旧年讲座" in page
    assert "老城方言小史" not in page
