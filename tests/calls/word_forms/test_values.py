"""Dates, amounts and boxes as people write them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheke.calls.word_forms.labels import heading_level, plain
from sheke.calls.word_forms.values import choose, parse_amount, parse_boxes, parse_date


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2024年5月3日", "2024-05-03"), ("2024 年 5 月", "2024-05"), ("2024.5", "2024-05"), ("2024-05-03", "2024-05-03"),
        ("2024/5/3", "2024-05-03"), ("二〇二四年五月", "2024-05"), ("二○二四年十二月三十一日", "2024-12-31"),
        ("一九八八年七月", "1988-07"), ("198005", "1980-05"), ("19800503", "1980-05-03"), ("２０２４年５月", "2024-05"),
        ("2024年13月", None), ("年  月  日", None), ("", None), ("13812345678", None), ("2024年2月30日", None),
    ],
)  # fmt: skip
def test_dates(text, wanted):
    assert parse_date(text) == wanted


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_every_day_is_read_in_every_form(day):
    for form in (
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y-%m-%d}",
        f"{day.year}.{day.month}.{day.day}",
        f"{day:%Y%m%d}",
    ):
        assert parse_date(form) == day.isoformat()


@pytest.mark.parametrize(
    ("text", "label", "yuan"),
    [
        ("5万元", "", 50000), ("５.５ 万", "", 55000), ("50,000元", "", 50000), ("人民币伍万元整", "", 50000),
        ("5", "经费（万元）", 50000), ("50000元", "经费（万元）", 50000), ("3000", "经费（元）", 3000), ("一千二百元", "", 1200),
        ("2百万元", "", 2000000), ("0.8", "申请经费（单位：万元）", 8000), ("八", "经费（万元）", 80000),
    ],
)  # fmt: skip
def test_amounts(text, label, yuan):
    assert parse_amount(text, label) == Decimal(yuan)


def test_no_amount():
    assert parse_amount("待定") is None


@pytest.mark.parametrize(
    ("text", "ticked", "empty"),
    [
        ("☑是 □否", ["是"], ["否"]),
        ("是☑ 否□", ["是"], ["否"]),
        ("■基础研究；□应用研究", ["基础研究"], ["应用研究"]),
        ("A.专著（√） B.论文（ ）", ["专著"], ["论文"]),
        ("（ ）专著 （√）论文", ["论文"], ["专著"]),
        ("类别：□一般 ☑重点", ["重点"], ["一般"]),
        ("√应用研究   基础研究", ["应用研究"], []),
        ("A.专著　　B.论文（√）", ["论文"], []),
        ("应用研究", [], []),
        ("", [], []),
    ],
)
def test_boxes(text, ticked, empty):
    assert parse_boxes(text) == (ticked, empty)


@given(
    st.lists(st.booleans(), min_size=1, max_size=6),
    st.sampled_from([("☑", "□"), ("√", "□"), ("（√）", "（ ）")]),
)
def test_boxes_before_or_behind_their_words(ticks, marks):
    words = [f"选项{'甲乙丙丁戊己'[n]}" for n in range(len(ticks))]
    wanted = [w for w, t in zip(words, ticks, strict=True) if t]
    shown = [marks[0] if t else marks[1] for t in ticks]
    assert parse_boxes(" ".join(m + w for m, w in zip(shown, words, strict=True)))[0] == wanted
    assert parse_boxes(" ".join(w + m for m, w in zip(shown, words, strict=True)))[0] == wanted


def test_choices_by_their_nearest_words():
    choices = ("应用研究", "基础研究")
    assert choose("☑ 应用 研究 □基础研究", choices) == (["应用研究"], True)
    assert choose("应用研究", choices) == (["应用研究"], True)
    assert choose("☑其他", choices) == ([], False)
    assert choose("□应用研究 □基础研究", choices) == ([], False)


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("课 题　名 称：", "课题名称"), ("一、选题依据（限2000字）", "选题依据"), ("*项目负责人", "项目负责人"),
        ("3.预期成果", "预期成果"), ("（二）研究内容", "研究内容"), ("E-Mail", "email"), ("2024年度", "2024年度"),
    ],
)  # fmt: skip
def test_labels(label, words):
    assert plain(label) == words


def test_headings():
    lines = ["一、选题依据", "（一）意义", "1. 现状", "1.5 万元", "正文", "一、这一句有句号。"]
    assert [heading_level(line) for line in lines] == [1, 2, 3, 0, 0, 0]
