"""Text and queries become the same tokens."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheke.core.search.analysis import Phrase, query, tokens

HAN = st.text(alphabet="社科联讲座历史学会青岚区", min_size=2, max_size=12)


def test_every_character_begins_a_token():
    assert tokens("社科联") == ["社科", "科联", "联"]


@pytest.mark.parametrize(
    ("written", "same"),
    [("社會科學聯合會", "社会科学联合会"), ("ＡＢＣ１２３", "abc123"), ("Lecture", "LECTURE")],
)
def test_forms_of_one_word_are_one(written, same):
    assert tokens(written) == tokens(same)


def test_latin_words_and_numbers_are_whole():
    assert tokens("2024年AI讲座（第3期）") == ["2024", "年", "ai", "讲座", "座", "第", "3", "期"]


def test_words_must_all_stand_quotes_are_phrases_minus_excludes():
    assert query('讲座 "历史 学会" -线上') == [
        Phrase(("讲座",)),
        Phrase(("历史", "史", "学会")),
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


@given(HAN, st.data())
def test_every_part_of_two_characters_or_more_is_found(text, data):
    start = data.draw(st.integers(0, len(text) - 2))
    end = data.draw(st.integers(start + 2, len(text)))
    (phrase,) = query(text[start:end])
    assert follows(list(phrase.tokens), tokens(text), phrase.prefix)


@given(st.text(max_size=60))
def test_nothing_breaks_the_analysis(text):
    for phrase in query(text):
        assert phrase.tokens
        assert not set("'\"\\ *:()") & set("".join(phrase.tokens))  # what the engines read as signs
