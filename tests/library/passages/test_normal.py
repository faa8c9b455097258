"""What counts, and where it stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
    assert normalise(text).text == counted


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
