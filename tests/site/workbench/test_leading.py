"""The year on one page: the map of who has reported, the main figures."""

from __future__ import annotations

from datetime import date

import pytest

from sheke.site.workbench.leading import Tile, coverage, main_figures
from tests import factories

from .conftest import TODAY

YEAR = date(2025, 1, 1), TODAY


def test_the_map_shows_who_has_reported(federation, society, lecture) -> None:
    county = factories.organisation(federation, kind="county_federation", name="青岚区社科联")
    below = factories.organisation(county, name="青岚诗社")
    silent = factories.organisation(county, name="青岚书画院")
    factories.organisation(federation, kind="office", name="办公室")
    factories.record(lecture, society, cohosts=(below,), happened_on=TODAY)
    factories.record(lecture, below, happened_on=date(2024, 5, 1))
    found = coverage(federation, *YEAR)
    regions = {r.name: [(t.organisation, t.records) for t in r.tiles] for r in found.regions}
    assert regions == {
        "社会组织": [(society, 1)],
        "县区社科联": [(county, 0)],
        "青岚区社科联": [(below, 1), (silent, 0)],
    }
    assert (found.covered, len(found.tiles), found.percent) == (2, 4, 50)
    assert [tile.organisation for tile in found.missing] == [county, silent]


def test_who_is_gone_is_not_missing(federation) -> None:
    factories.organisation(federation, valid_to=date(2024, 12, 31))
    assert coverage(federation, *YEAR).tiles == []


@pytest.mark.parametrize(("records", "shade"), [(0, 0), (1, 1), (5, 2), (10, 3), (20, 4), (900, 4)])
def test_more_records_are_darker(society, records, shade) -> None:
    assert Tile(society, records, "").shade == shade


def test_the_map_is_counted_once_until_the_ledger_moves(
    federation, society, lecture, django_assert_num_queries
) -> None:
    factories.record(lecture, society, happened_on=TODAY)
    coverage(federation, *YEAR)
    with django_assert_num_queries(2):  # the last version, the organisations
        coverage(federation, *YEAR)
    factories.record(lecture, society, happened_on=TODAY)
    assert coverage(federation, *YEAR).covered == 1


def test_the_figures_stand_beside_the_year_before(federation, society, lecture) -> None:
    factories.indicator()
    factories.record(lecture, society, happened_on=date(2025, 2, 1))
    factories.record(lecture, society, happened_on=date(2024, 2, 1))
    factories.record(lecture, society, happened_on=date(2024, 12, 1))
    scope, (row,) = main_figures(federation, *YEAR, None)
    assert (row.value, row.value_before, len(row.course)) == (1, 1, 6)
    assert (scope.organisation, scope.last_day) == (federation, TODAY)


def test_what_is_remembered_follows_the_ledger(federation, society, lecture) -> None:
    factories.indicator()
    for count in (1, 2):
        factories.record(lecture, society, happened_on=date(2025, 2, 1))
        _scope, (row,) = main_figures(federation, *YEAR, None)
        assert row.value == count


def test_without_targets_the_commonest_work_comes_first(federation, society, lecture) -> None:
    book = factories.definition("record_type", factories.LECTURE | {"key": "book"})
    factories.indicator("a_lectures")
    factories.indicator("b_books", types=["book"])
    factories.record(lecture, society, happened_on=date(2025, 2, 1))
    for _n in range(2):
        factories.record(book, society, happened_on=date(2025, 2, 1))
    _scope, rows = main_figures(federation, *YEAR, None)
    assert [row.edition.definition.key for row in rows] == ["b_books", "a_lectures"]
