"""Comparisons of figures, read by the small parser."""

from __future__ import annotations

import re
from contextlib import suppress
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheke.definitions.formulas import FormulaError, parse, value

VALUES = {"a": Decimal(6), "b": Decimal(2), "last_year.a": Decimal(4), "none": Decimal(0)}


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("a = b * 3", True),
        ("a = b × 2 + 2", True),
        ("a - b - 1 = 3", True),
        ("a / b / 3 = 1", True),
        ("(a + b) ÷ 2 ≤ 4", True),
        ("a ≥ 7", False),
        ("a ≠ b", True),
        ("−a < b", True),
        ("change(a, last_year.a) <= 50%", False),
        ("change(a, last_year.a) <= 50", True),
        ("max(a, b) = 6", True),
        ("abs(b － a) ＝ 4", True),
        ("b = 200%", True),
        ("a / none = 1", None),
        ("a = missing", None),
    ],
)
def test_what_holds(text: str, holds: bool | None) -> None:
    assert parse(text).holds(VALUES) is holds


@pytest.mark.parametrize(
    "text",
    ["", "a", "a =", "a = b = 3", "a = (b", "a = b)", "= 3", "a = import(b)", "a = abs(a, b)",
     "a = 'x'", "a.b.c = 1", "a = " + "(" * 40 + "1" + ")" * 40, "a = b ** 2", "a = 1" * 100,
     "a = __class__"],
)  # fmt: skip
def test_what_is_no_comparison(text: str) -> None:
    with pytest.raises(FormulaError):
        parse(text)


numbers = st.integers(0, 999).map(str)
trees = st.recursive(
    numbers,
    lambda inner: st.tuples(inner, st.sampled_from("+-*/"), inner).map(
        lambda t: f"({t[0]}{t[1]}{t[2]})"
    ),
    max_leaves=5,  # within the 28 digits of a Decimal
)


@given(trees)
def test_it_counts_as_exact_arithmetic_does(text: str) -> None:
    exact = re.sub(r"\d+", lambda m: f"Fraction({m[0]})", text)
    try:
        wanted = eval(exact, {"Fraction": Fraction})
    except ZeroDivisionError:
        assert parse(f"{text} = 0").holds({}) is None
        return
    counted = value(parse(f"{text} = 0").left, {})
    assert counted is not None
    assert abs(Fraction(counted) - wanted) < Fraction(1, 10**6)


@given(st.text(max_size=60))
def test_no_text_breaks_the_parser(text: str) -> None:
    with suppress(FormulaError):
        parse(text).holds({})
