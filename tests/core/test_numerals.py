"""Whole numbers as addresses and people write them."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sheke.core.numerals import chinese_numeral, parse_chinese, whole_number


@given(st.integers(0, 10**17 - 1))
def test_a_number_is_read_as_it_is_written(number: int) -> None:
    assert whole_number(str(number)) == number
    assert whole_number(f" {number:017d}\n") == number


@given(st.text(max_size=30))
@example("0\x1f")
def test_other_texts_are_no_numbers_and_never_fail(text: str) -> None:
    read = whole_number(text)
    assert read is None or int(text.strip()) == read  # which takes more signs for spaces than int


@pytest.mark.parametrize("text", ["", "-1", "+1", "1.5", "１２", "²", "1_000", "9" * 18, "十"])
def test_what_int_would_take_is_not_taken(text: str) -> None:
    assert whole_number(text) is None


def test_more_digits_than_asked_for_are_none() -> None:
    assert whole_number("2025", digits=4) == 2025
    assert whole_number("20250", digits=4) is None


@given(st.integers(0, 9999))
def test_chinese_numerals_are_read_back(number: int) -> None:
    assert parse_chinese(chinese_numeral(number)) == number
