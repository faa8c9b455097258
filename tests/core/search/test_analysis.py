"""Text and queries become the same tokens."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from opencc import OpenCC

from sheke.core.search.analysis import (
    APART,
    Phrase,
    asked_tokens,
    is_single,
    normal,
    query,
    tokens,
)

HAN = st.text(alphabet="社科联讲座历史学会青岚区", min_size=2, max_size=12)


def test_a_run_gives_its_pairs_between_its_first_and_last_character():
    assert tokens("社科联") == ["社", "社科", "科联", "联"]
    assert tokens("社") == ["社"]


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("社會科學聯合會", "社会科学联合会"),
        ("ＡＢＣ１２３", "abc123"),
        ("Lecture", "LECTURE"),
        ("看著", "看着"),
        ("二○二四年", "二〇二四年"),
        ("社\u200b科\ufeff联", "社科联"),
        ("cafe\u0301", "café"),
    ],
)
def test_forms_of_one_word_are_one(written, same):
    assert tokens(written) == tokens(same)


def test_latin_words_and_numbers_are_whole():
    assert tokens("2024年AI讲座（第3期）") == [
        "2024", "年", "ai", "讲", "讲座", "座", "第", "3", "期"
    ]  # fmt: skip


def test_a_sign_between_a_word_and_characters_parts_them():
    assert tokens("3，月") == ["3", APART, "月"]
    assert tokens("GDP 增") == tokens("GDP增") == ["gdp", "增"]


def test_no_text_is_cut():
    assert len(tokens("社科" * 20_000)) == 40_001


def test_words_must_all_stand_quotes_are_phrases_minus_excludes():
    assert query('讲座 "历史 学会" -线上') == [
        Phrase(("讲座",)),
        Phrase(("历史", "史", "学", "学会")),
        Phrase(("线上",), excluded=True),
    ]


def test_a_single_character_and_the_end_of_a_word_go_on():
    assert query("讲") == [Phrase(("讲",), prefix=True)]
    assert query("lec") == [Phrase(("lec",), prefix=True)]


@pytest.mark.parametrize("text", ["", "   ", "-讲座", "，。！", '""', "-"])
def test_what_cannot_be_sought_is_no_query(text):
    assert query(text) == []


def follows(part: list[str], whole: list[str], prefix: bool) -> bool:
    size = len(part)
    for start in range(len(whole) - size + 1):
        window = whole[start : start + size]
        if window == part or (
            prefix and window[:-1] == part[:-1] and window[-1].startswith(part[-1])
        ):
            return True
    return False


PART = st.text(alphabet="社科联讲座3aZ ，。月（ﬁ區聯", min_size=2, max_size=14)


@given(PART, st.data())
def test_every_part_of_two_characters_or_more_is_found(text, data):
    """Where words are whole: a part that cuts “3a” is not sought."""
    start = data.draw(st.integers(0, len(text) - 2))
    end = data.draw(st.integers(start + 2, len(text)))
    before, part, after = text[:start], text[start:end], text[end:]
    words = r"[0-9A-Za-zﬁ]"
    assume(not (re.search(words + "$", before) and re.match(words, part)))
    assume(not (re.search(words + "$", part) and re.match(words, after)))
    asked = asked_tokens(part)
    assume(asked)
    assert is_single(asked) or follows(list(asked), tokens(text), prefix=False)


@given(HAN, HAN)
def test_nothing_else_is_found(text, part):
    assert follows(list(asked_tokens(part)), tokens(text), prefix=False) == (part in text)


@pytest.mark.parametrize("way", ["s2t", "s2tw", "s2hk"])
def test_every_character_in_use_is_one_in_either_script(way):
    traditional = OpenCC(way)
    rows = (bytes([high, low]) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF))
    used = [character for row in rows if (character := row.decode("gb2312", "ignore"))]
    assert len(used) == 6763
    assert [one for one in used if normal(traditional.convert(one)) != normal(one)] == []


@given(st.text(max_size=60))
def test_nothing_breaks_the_analysis(text):
    for phrase in query(text):
        assert phrase.tokens
        assert not set("'\"\\ *:()") & set("".join(phrase.tokens))  # what the engines read as signs
