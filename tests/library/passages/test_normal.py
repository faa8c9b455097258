"""What counts, and where it stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opencc import OpenCC

from sheke.library.passages.normal import normalise


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("臺灣 社會科學，研究。", "台湾社会科学研究"),
        ("裏裡著着後后髮發", "里里着着后后发发"),
        ("ＡＢＣ１２３ abc", "abc123abc"),
        ("第〇章“々”…—·", "第〇章々"),
        ("École ÉCOLE", "écoleécole"),
        ("\u2f08\u2f12", "人力"),
        ("𠮷𠀀！", "𠮷𠀀"),
        ("，。 \n\t\u3000\U000e0041", ""),
        ("", ""),
    ],
)
def test_letters_han_and_digits_count_in_one_form(text, counted):
    assert normalise(text).text == normalise(counted).text
    assert len(normalise(text)) == len(counted)


@given(st.text())
def test_each_place_is_that_of_a_letter_or_digit(text):
    normal = normalise(text)
    assert [c for c in text if c.isalnum()] == [text[at] for at in normal.offsets]
    assert normalise(normal.text).text == normal.text


def test_a_span_begins_and_ends_with_what_counts():
    text = "（一）甲，乙。丙"
    normal = normalise(text)
    start, end = normal.span(1, 3)
    assert text[start:end] == "甲，乙"
    assert normal.within(start, end) == (1, 3)


@pytest.mark.parametrize("script", ["s2t", "s2tw", "s2hk"])
def test_a_text_is_the_same_in_every_script(script):
    """Also where a word decides how its character is written."""
    text = (
        "船夫回复说宁可借此想象深沉的家具，面条、头发、干部、皇后、里程，群众为台湾着想，床铺卫生"
    )
    assert normalise(OpenCC(script).convert(text)).text == normalise(text).text
