"""Printing a value in words, and knowing whether the words still hold."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheke.core.errors import BadInput
from sheke.reports.printing import (
    Printing,
    infer_printing,
    is_true,
    parse_printed,
    print_value,
    read_printing,
)
from sheke.reports.slots import find_slots

WAN = {"magnitude": "万", "places": 1, "rounding": "truncate", "suffix": "余", "unit": "人次"}


def inferred(text: str) -> Printing:
    (slot,) = find_slots(text)
    return infer_printing(slot)


def test_truncated_with_more():
    assert print_value(52_347, WAN) == "5.2万余人次"
    assert print_value(52_000, WAN) == "5.2万人次"
    assert print_value(50_400, WAN) == "5万余人次"


@pytest.mark.parametrize(
    ("value", "holds"), [(52_000, False), (52_001, True), (52_999, True), (53_000, False)]
)
def test_holds_between_its_steps(value, holds):
    assert is_true("5.2万余人次", value, WAN) is holds


def test_exact_words_hold_only_exactly():
    assert is_true("5.2万人次", 52_000, WAN)
    assert not is_true("5.2万人次", 52_001, WAN)


@pytest.mark.parametrize(
    ("old", "value", "new"),
    [
        ("听众达5.2万余人次。", 61_940, "6.1万余人次"),
        ("举办讲座52场。", 61, "61场"),
        ("举办讲座210余场。", 347, "340余场"),
        ("举办讲座210余场。", 340, "340场"),
        ("推送稿件1200余条。", 3_472, "3400余条"),
        ("听众近5.2万人次。", 52_000, "5.3万人次"),
        ("听众近5.2万人次。", 52_347, "5.3万人次"),
        ("听众超5万人次。", 60_000, "5万人次"),
        ("听众超5万人次。", 60_001, "6万人次"),
        ("参演约150人。", 164, "160人"),
        ("投入300余万元。", 4_567_000, "456余万元"),
        ("举办两场。", 2, "两场"),
        ("举办三场。", 12, "十二场"),
        ("征集论文三百二十余篇。", 1_055, "一千零五十余篇"),
        ("听众十一万余人次。", 120_500, "十二万余人次"),
        ("宣讲1,286场。", 12_345, "12,345场"),
        ("集中学习１２次。", 30, "３０次"),
        ("结项率92.5%。", Decimal("93.04"), "93%"),
        ("结项率92.5%。", Decimal("93.06"), "93.1%"),
        ("转化率百分之三十八。", 41, "百分之四十一"),
        ("批示17件（次）。", 19, "19件（次）"),
        ("听众x.x万余人次。", 52_347, "5.2万余人次"),
        ("发放xxx余册。", 268, "260余册"),
        ("听众5万余人。", 3_472, "3400余人"),
    ],
)
def test_next_year_looks_like_last_year(old, value, new):
    printing = inferred(old)
    assert print_value(value, printing) == new
    assert is_true(new, value, printing)


def test_near_is_never_reached():
    printing = inferred("听众近5.3万人次。")
    assert is_true("5.3万人次", 52_999, printing)
    assert not is_true("5.3万人次", 53_000, printing)
    assert not is_true("5.3万人次", 53_100, printing)


def test_nothing_is_nothing():
    printing = inferred("听众近5.3万人次。")
    assert print_value(0, printing) == "0人次"
    assert is_true("0人次", 0, printing)
    assert not is_true("0人次", 3, printing)
    assert not is_true("5.3万人次", 0, printing)


def test_a_wrong_declaration_names_its_field():
    with pytest.raises(BadInput, match="rounding"):
        read_printing({"rounding": "down"})


def test_words_without_a_number_are_never_true():
    assert parse_printed("若干场") is None
    assert not is_true("____", 3, {})


printings = st.builds(
    Printing,
    magnitude=st.sampled_from(["", "千", "万", "亿"]),
    places=st.integers(-2, 3),
    rounding=st.sampled_from(["half-up", "truncate", "up"]),
    suffix=st.sampled_from(["", "余", "多"]),
    suffix_first=st.booleans(),
    numerals=st.sampled_from(["arabic", "full-width", "chinese"]),
    separator=st.booleans(),
    unit=st.sampled_from(["场", "人次", "篇"]),
) | st.builds(
    Printing,
    magnitude=st.sampled_from(["", "万"]),
    places=st.integers(-1, 2),
    lead=st.sampled_from(["近", "超", "约", "不少于", "突破"]),
    unit=st.sampled_from(["场", "人次"]),
)


@given(value=st.integers(0, 10**10), printing=printings)
def test_what_is_printed_is_true(value, printing):
    assert is_true(print_value(value, printing), value, printing)


@given(value=st.decimals("0.01", 10**6, places=2), places=st.integers(0, 3))
def test_decimals_stay_within_half_a_step(value, places):
    printed = print_value(value, {"places": places, "percent": True})
    number = parse_printed(printed)
    assert number is not None
    assert abs(number - value) <= Decimal(1).scaleb(-places) / 2


@given(value=st.integers(1, 10**10), printing=printings)
def test_the_printed_number_can_be_read_back(value, printing):
    number = parse_printed(print_value(value, printing))
    assert number is not None
    step = max(Decimal(10**8), Decimal(value)) if printing.magnitude else Decimal(1000)
    assert abs(number - value) <= step


def test_a_magnitude_in_the_measure_word_is_no_magnitude_of_the_number():
    printing = {"places": 2, "unit": "万元"}
    printed = print_value(Decimal("124.53"), printing)
    assert printed == "124.53万元"
    assert is_true(printed, Decimal("124.53"), printing)
    assert not is_true(printed, Decimal("124.54"), printing)
