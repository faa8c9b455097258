"""Pages of digits and brackets, which are no plans, must not keep the reader busy."""

from __future__ import annotations

import re

import pytest

from sheke.plans.reading import read_plan, targets

TEXTS = ["1" * 6000, "1," * 3000, "一" * 6000, "（一" * 3000, "2024年1月" * 800, "、" * 6000]


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text[:6])
def test_odd_texts_promise_nothing(text: str) -> None:
    assert [item.targets for item in read_plan(text).items if item.targets] == []


def test_digits_are_never_tried_again_shorter() -> None:
    """Possessive and bounded, so that no text of digits takes quadratic time."""
    pattern = re.compile(targets._DIGITS)
    assert pattern.fullmatch("1,234.5")
    assert re.match(f"(?:{targets._DIGITS})1", "1" * 20) is None
    assert pattern.match("1" * 50).end() == 31
