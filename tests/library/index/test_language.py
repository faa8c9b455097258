"""What people type, and what is understood."""

from __future__ import annotations

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from sheke.library.index.language import All, AnyOf, Not, Value, Word, Years, ask


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("治理", "“治理”"),
        ("基层 治理", "“基层” AND “治理”"),
        ("基层 AND 治理", "“基层” AND “治理”"),
        ('"基层 治理"', "“基层 治理”"),
        ("“基层 治理”", "“基层 治理”"),
        ("「基层 治理」", "“基层 治理”"),
        ('“基层 治理" 网格', "“基层 治理” AND “网格”"),
        ("社区 OR 网格", "“社区” OR “网格”"),
        ("社区 或 网格", "“社区” OR “网格”"),
        ("治理 社区 或 网格", "(“治理” AND “社区”) OR “网格”"),
        ("治理 (社区 OR 网格)", "“治理” AND (“社区” OR “网格”)"),
        ("治理（社区 或 网格）", "“治理（社区” OR “网格）”"),
        ("治理 （社区 或 网格）", "“治理” AND (“社区” OR “网格”)"),
        ("治理 -网格", "“治理” AND NOT “网格”"),
        ("治理 −“社区 网格”", "“治理” AND NOT “社区 网格”"),
        ("治理 NOT (a OR b)", "“治理” AND NOT (“a” OR “b”)"),
        ("-网格", "NOT “网格”"),
        ("title:古桥", "title: “古桥”"),
        ("题名：古桥 作者:顾星", "title: “古桥” AND author: “顾星”"),
        ('作者:"Smith, John"', "author: “Smith, John”"),
        ("author:(张三 OR 李四)", "author: “张三” OR author: “李四”"),
        ("关键词:治理 -单位:云川", "keyword: “治理” AND NOT organisation: “云川”"),
        ("kind:report", "kind: Research report"),
        ("种类:论文", "kind: Journal article, Conference paper, Thesis"),
        ("2019..2022", "year: 2019–2022"),
        ("2019-2022 治理", "year: 2019–2022 AND “治理”"),
        ("治理 2019年—2022年", "“治理” AND year: 2019–2022"),
        ("year:2022", "year: 2022"),
        ("年份:2022..2019", "year: 2019–2022"),
        ("2019..", "year: 2019–"),
        ("..2022", "year: –2022"),
        ("2022", "“2022”"),
        ("10-20", "“10-20”"),
        ("COVID-19", "“COVID-19”"),
        ("https://example.org/a", "“https://example.org/a”"),
        ("12:30", "“12:30”"),
        ("讲座（第3期）", "“讲座（第3期）”"),
        ("a-b - c", "“a-b” AND “c”"),
        ("", ""),
        ("   ", ""),
        ("OR", ""),
    ],
)
def test_what_is_understood(typed, read):
    assert ask(typed).text == read


@pytest.mark.parametrize(
    ("typed", "read", "remark"),
    [
        ('"基层 治理', "“基层 治理”", "quotation"),
        ("(社区 OR 网格", "“社区” OR “网格”", "not closed"),
        ("社区 ) 网格", "“社区” AND “网格”", "closes nothing"),
        ("社区 OR", "“社区”", "nothing on one side"),
        ("OR 社区 OR OR 网格", "“社区” OR “网格”", "nothing on one side"),
        ("社区 ，。", "“社区”", "holds no word"),
        ("kind:novel 社区", "“社区”", "is not known"),
        ("year:soon", "", "is no year"),
        ("治" * 600, f"“{'治' * 500}”", "first 500"),
        (" ".join(f"词{n}" for n in range(60)), None, "first 40"),
    ],
)
def test_what_cannot_be_understood_is_left_out_and_told(typed, read, remark):
    asked = ask(typed)
    assert any(remark in one for one in asked.remarks), asked.remarks
    assert read is None or asked.text == read


def test_the_tree():
    assert ask("治理 -题名:网格 2019-2022").tree == All((
        Word("治理", ("治理",)), Not(Word("网格", ("网格",), "title")), Years(2019, 2022),
    ))  # fmt: skip
    assert ask("kind:论文 OR a").tree == AnyOf((
        Value("kind", ("article", "conference", "thesis"),
              "Journal article, Conference paper, Thesis"),
        Word("a", ("a",)),
    ))  # fmt: skip


def test_words_to_be_marked_are_those_that_stand():
    asked = ask("治理 (社区 OR 网格) -乡镇 title:桥")
    assert [word.text for word in asked.words] == ["治理", "社区", "网格", "桥"]


PARTS = st.sampled_from(
    [*"社科治理ab 12-−()（）“”「」:：|", '"', "OR ", "或", "title:", "2019-2022", "NOT ", "年:"]
)


@given(st.lists(PARTS, max_size=40).map("".join))
def test_nothing_that_is_typed_fails(typed):
    asked = ask(typed)
    assert asked.tree is not None or asked.text == ""
    assert all(isinstance(one, str) for one in asked.remarks)


@given(st.text(max_size=80))
def test_no_character_fails(typed):
    str(ask(typed).tree)


def test_brackets_within_brackets_end():
    assert ask("(" * 300 + "治理" + ")" * 300).text == "“治理”"
