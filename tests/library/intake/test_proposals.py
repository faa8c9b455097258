"""What is proposed about a work from its own text."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheke.library.intake.proposals import propose
from sheke.library.intake.proposals.dates import date_in
from sheke.library.intake.proposals.keywords import keywords_in
from sheke.library.intake.proposals.people import authors_in, organisation_in
from sheke.library.intake.proposals.titles import title_in
from sheke.library.intake.sketching import alike, signature_of
from sheke.library.intake.tongues import language_of


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("关于征集地方文献的通知\n\n各县图书馆：", "关于征集地方文献的通知"),
        ("云社联〔2024〕12号\n\n关于进一步做好乡村阅读\n推广工作的通知\n各县：", "关于进一步做好乡村阅读推广工作的通知"),
        ("附件1\n河街的茶馆\n——兼谈船帮\n林溪", "河街的茶馆——兼谈船帮"),
        ("内部资料 注意保存\n第3期\n2024年5月\n桥的故事", "桥的故事"),
        ("这是一段没有题目的文字，一开头就是正文，句子很长，说了许多事情，后面还有。", "旧稿"),
    ],
)  # fmt: skip
def test_titles(text: str, title: str) -> None:
    assert title_in(text, name="旧稿 - 副本(2)") == title


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("题目\n林溪　章怀谷", ["林溪", "章怀谷"]), ("题目\n作者：林溪、欧阳明月（云川大学）", ["林溪", "欧阳明月"]),
        ("题目\n李 明", ["李明"]), ("题目\n执笔人：沈若溪", ["沈若溪"]),
        ("题目\n河街 茶馆", []), ("题目\n会议时间", []),
    ],
)  # fmt: skip
def test_authors(text: str, names: list[str]) -> None:
    assert authors_in(text, title="题目") == names


def test_organisations() -> None:
    assert organisation_in("题目\n（云川大学历史系，云川 400000）") == "云川大学历史系"
    assert (
        organisation_in("题目\n正文。\n云川市社会科学界联合会\n2024年5月6日")
        == "云川市社会科学界联合会"
    )
    assert organisation_in("题目\n正文。") == ""


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("正文\n二〇二四年五月十二日", "2024-05-12"), ("正文\n一九九八年十一月", "1998-11"),
        ("发布时间：2024-5-6 10:30\n正文", "2024-05-06"), ("（2023年）\n正文", ""),
        ("二○○八年九月三十一日", "2008-09"), ("一九九八年的故事，很长很长。", ""), ("2024年13月", "2024"),
    ],
)  # fmt: skip
def test_dates(text: str, date: str) -> None:
    assert date_in(text) == date


def test_named_keywords_go_before_counted_ones() -> None:
    text = "题目\n关键词：农家书屋；乡村阅读  轮换图书\n" + "茶馆的石桥，石桥边的茶馆。" * 5
    assert keywords_in(text) == ["农家书屋", "乡村阅读", "轮换图书"]
    found = keywords_in("茶馆的石桥，石桥边的茶馆，我们的工作情况。" * 5)
    assert set(found) == {"茶馆", "石桥"}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("河街有茶馆九家，墙上挂着历年的水位。", "zh-Hans"), ("河街有茶館九家，牆上掛著歷年的水位。", "zh-Hant"),
        ("The tea houses of the street are nine in number.", "en"), ("Девять чайных", "zh-Hans"),
        ("九家", "zh-Hans"), ("Zwei Teehäuser stehen noch", "other"),
    ],
)  # fmt: skip
def test_languages(text: str, language: str) -> None:
    assert language_of(text) == language


def test_leftover_properties_of_office_files_are_not_believed() -> None:
    properties: dict[str, Any] = {
        "title": "Microsoft Word - 文档1",
        "authors": ["Administrator"],
        "date": "2013-12-23",
    }
    found = propose(
        "河街的茶馆\n正文在此，茶馆九家。", name="a", properties=properties, kind="docx"
    )
    assert found == {"title": "河街的茶馆", "kind": "document"}


@given(st.text(max_size=400))
def test_any_text_gives_something(text: str) -> None:
    found = propose(text, name="文件", properties={})
    assert found["title"]


def test_signatures_estimate_what_is_common() -> None:
    text = "".join(chr(0x4E00 + n * 37 % 5000) for n in range(3000))
    half = text[:1500] + "".join(chr(0x4E00 + n * 41 % 4999) for n in range(1500))
    one, two, three = signature_of(text), signature_of(half), signature_of(text[::-1])
    if one is None or two is None or three is None:
        raise AssertionError
    assert alike(one, one) == 1.0
    assert 0.2 < alike(one, two) < 0.5  # a third of all runs is common
    assert alike(one, three) < 0.1
    assert signature_of("短") is None
