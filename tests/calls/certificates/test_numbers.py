"""Patterns of numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheke.calls.certificates import NumberPattern
from sheke.core.errors import BadInput


def test_a_number():
    pattern = NumberPattern("云社科奖〔{year}〕第{serial:04}号")
    assert pattern.number(year=2026, serial=12) == "云社科奖〔2026〕第0012号"
    assert pattern.number(year=2026, serial=12345) == "云社科奖〔2026〕第12345号"
    graded = NumberPattern("{year}-{level}-{serial}")
    assert graded.number(year=2026, serial=3, level="甲") == "2026-甲-3"


@pytest.mark.parametrize("text", [
    "", "第{year}号", "{serial}{serial}", "{serial", "serial}", "{serial}{name}", "{serial:x}",
    "{serial:12}", "{year:2}{serial}", "{serial!r}", "{serial}\n", "{serial}" + "长" * 60, "{{serial}}",
    "{serial.__class__}", "{}{serial}",
])  # fmt: skip
def test_what_is_no_pattern(text):
    with pytest.raises(BadInput, match="编号格式"):
        NumberPattern(text)


def test_values_that_lack():
    with pytest.raises(BadInput, match="level"):
        NumberPattern("{level}{serial}").number(year=2026, serial=1)
    with pytest.raises(BadInput):
        NumberPattern("{serial}").number(year=2026, serial=0)


@given(st.integers(1, 10**7), st.integers(1949, 2100), st.integers(1, 9))
def test_the_running_number_is_read_back(serial, year, width):
    pattern = NumberPattern(f"云社科(奖)〔{{year}}〕第{{serial:{width}}}号")
    number = pattern.number(serial=serial, year=year)
    assert pattern.serial(number) == serial
    assert pattern.serial(number + "x") is None
