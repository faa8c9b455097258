"""What is cleaned, what is only marked, and what is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheke.library.reading.cleaning import cleaned
from sheke.library.reading.damage import damage_in
from sheke.library.reading.lines import joined

from .samples import SIMPLIFIED, TRADITIONAL

LINE = "河街有茶馆九家，最老的一家开了一百二十年。"


@pytest.mark.parametrize(
    "text", [SIMPLIFIED, TRADITIONAL, "Tea houses – a survey (1998).", "café naïve", "饕餮纹"]
)
def test_good_text_stays_as_it_is(text: str) -> None:
    assert cleaned(text) == text
    assert damage_in(text) == []


@pytest.mark.parametrize("wrong", ["gb18030", "latin-1"])
def test_a_line_read_in_the_wrong_encoding_is_put_right(wrong: str) -> None:
    garbled = LINE.encode().decode(wrong, errors="replace").replace("\ufffd", "?")
    fixed = cleaned(garbled)
    assert sum(a == b for a, b in zip(fixed, LINE, strict=False)) > 0.6 * len(LINE)
    assert [kind for _s, _e, kind in damage_in(fixed)] == ["lost"] * len(damage_in(fixed))


def test_gbk_read_as_latin() -> None:
    assert cleaned(LINE.encode("gb18030").decode("latin-1")) == LINE


def test_glosses_and_the_frame_of_a_web_page_go() -> None:
    text = "当前位置：首页 > 文化\n他強(qiáng)調(diào)要(yào)慢慢来。\n【打印本页】【关闭窗口】\n上一篇：无"
    assert cleaned(text) == "他強調要慢慢来。"


def test_a_sentence_that_speaks_of_printing_stays() -> None:
    text = "打印讲稿时请用大字号。\n分享到会的体会，字体：不限。"
    assert cleaned(text) == text


def test_markup_left_in_a_text_goes() -> None:
    assert cleaned('<p class="a">茶&nbsp;馆</p>九家<br/>&lt;河街&gt;') == "茶 馆\n九家\n<河街>"


def test_what_is_lost_is_marked() -> None:
    text = "老艺人说，锟斤拷锟斤拷是规矩。真好?。ā的唱腔，楷?书。"
    assert [text[s:e] for s, e, _kind in damage_in(text)] == ["锟斤拷锟斤拷", "?", "ā", "?"]


@given(st.text(st.characters(exclude_characters="&<"), max_size=200))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = cleaned(text)
    assert cleaned(once) == once


def test_lines_of_print_become_paragraphs() -> None:
    page = "河街有茶馆九家，最老的一家开了一百二\n十年，墙上挂着水位。\n一、喝茶的人\n早上来的是菜农，下午来的是退休的工人\n和说书的先生。"
    assert joined(page).split("\n") == [
        "河街有茶馆九家，最老的一家开了一百二十年，墙上挂着水位。", "一、喝茶的人",
        "早上来的是菜农，下午来的是退休的工人和说书的先生。",
    ]  # fmt: skip


def test_verses_stay_lines() -> None:
    verse = "河街灯火夜\n茶烟入小楼"
    assert joined(verse) == verse
