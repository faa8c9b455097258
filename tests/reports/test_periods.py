from datetime import date

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from sheke.core.errors import BadInput
from sheke.reports.periods import parse_period, slot_period
from sheke.reports.saying import say_period

YEAR = (date(2025, 1, 1), date(2025, 12, 31))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025", "2025-01-01", "2025-12-31"),
        (" 2025-H1 ", "2025-01-01", "2025-06-30"),
        ("2025h2", "2025-07-01", "2025-12-31"),
        ("2025-Q3", "2025-07-01", "2025-09-30"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2025-10", "2025-10-01", "2025-10-31"),
        ("2025-01-01..2025-10-31", "2025-01-01", "2025-10-31"),
        ("2024-12-01至2025-01-31", "2024-12-01", "2025-01-31"),
    ],
)
def test_periods_as_people_write_them(text, first, last):
    assert [day.isoformat() for day in parse_period(text)] == [first, last]


@pytest.mark.parametrize(
    "text",
    ["", "25", "2025-13", "2025-Q5", "2025-02-30..2025-03-01", "2025-10-31..2025-01-01", "0000"],
)
def test_what_is_no_period_is_refused(text):
    with pytest.raises(BadInput, match="2025-H1"):
        parse_period(text)


@pytest.mark.parametrize(
    ("declared", "first", "last"),
    [
        ({}, "2025-01-01", "2025-12-31"),
        ({"until": "10-31"}, "2025-01-01", "2025-10-31"),
        ({"until": "2025-11-15"}, "2025-01-01", "2025-11-15"),
        ({"first": "04-01", "last": "06-30"}, "2025-04-01", "2025-06-30"),
        ({"until": "02-29"}, "2025-01-01", "2025-02-28"),
        ({"years": -1}, "2024-01-01", "2024-12-31"),
        ({"years": -1, "until": "10-31"}, "2024-01-01", "2024-10-31"),
    ],
)
def test_the_period_of_a_slot(declared, first, last):
    assert [day.isoformat() for day in slot_period(declared, YEAR)] == [first, last]


@pytest.mark.parametrize(
    "declared", [{"until": "31"}, {"until": "13-01"}, {"first": "10-01", "last": "09-01"}]
)
def test_a_slot_without_a_period_is_refused(declared):
    with pytest.raises(BadInput):
        slot_period(declared, YEAR)


@given(st.dates(date(2000, 1, 1), date(2050, 1, 1)), st.integers(-20, 20))
def test_a_shifted_period_keeps_its_order(day, years):
    first, last = slot_period({"years": years}, (day, day))
    assert first == last
    assert (first.year, first.month) == (day.year + years, day.month)


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2025, 1, 1), date(2025, 12, 31), "2025年"),
        (date(2025, 1, 1), date(2025, 10, 31), "2025年1—10月"),
        (date(2025, 3, 1), date(2025, 3, 31), "2025年3月"),
        (date(2025, 3, 2), date(2025, 10, 15), "2025年3月2日至10月15日"),
        (date(2024, 12, 1), date(2025, 1, 31), "2024年12月1日至2025年1月31日"),
    ],
)
def test_periods_in_words(first, last, said):
    with translation.override("zh-hans"):
        assert say_period(first, last) == said
    with translation.override("en"):
        assert say_period(first, last) == f"{first} – {last}"
