"""Frequent words are learned exactly, and change no answer."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from hypothesis import given
from hypothesis import strategies as st

from sheke.core.search.analysis import folded_tokens
from sheke.library.index import following, frequent
from sheke.library.index.clauses import FREQUENT, Phrase, Request
from sheke.library.index.finding import search
from sheke.library.tasks import renew_library_search
from tests.library import factories as holding

NOBODY = AnonymousUser()
TEXTS = st.lists(st.text("茶馆河街，a", max_size=30), min_size=1, max_size=8)


def held(texts, word):
    return sum(word in text for text in texts)


@given(TEXTS, st.sampled_from([0.3, 0.5, 1.0]))
def test_what_is_learned_stands_in_that_share_of_the_texts_and_nothing_else(texts, share):
    usual, frequent.SHARE = frequent.SHARE, share
    try:
        learned = frequent.learn(texts)
    finally:
        frequent.SHARE = usual
    parts = {
        part
        for text in texts for size in range(3, 9) for n in range(len(text) - size + 1)
        if set(part := text[n : n + size]) <= set("茶馆河街")
    }  # fmt: skip
    assert set(learned) == {part for part in parts if held(texts, part) >= share * len(texts)}
    assert learned == sorted(learned, key=lambda word: (len(word), word))


@given(TEXTS)
def test_a_text_is_given_the_words_that_stand_in_it(texts):
    words = frequent.learn(texts)
    for text in texts:
        given_ = list(frequent.terms(words, text, folded_tokens(text)))
        assert set(given_) == {FREQUENT + word for word in words if word in text}
        assert all(given_.count(FREQUENT + word) == text.count(word) for word in words)


def test_an_index_learns_when_it_is_built_and_answers_as_before(
    db, engine, society, secretary, monkeypatch
):
    questions = [
        "讀書會的茶馆",
        "茶馆调查",
        "馆调查",
        "茶馆 OR 读书会",
        "讀書會 -茶馆调查",
        "茶馆调",
        "的茶馆",
    ]
    for number in range(4):
        holding.work(society, f"茶馆调查之{number}", public=number < 3)
    holding.work(society, "讀書會的茶館", public=True)
    following.rebuild()
    before = [search(text, account=NOBODY).total for text in questions]
    assert following.serving().mark.words == ""
    assert before == [1, 3, 3, 4, 1, 3, 1]

    monkeypatch.setattr(following, "SAMPLE", 4)
    monkeypatch.setattr(frequent, "SHARE", 0.5)
    following.rebuild()
    serves = following.serving()
    assert {"茶馆调", "茶馆调查", "馆调查"} <= set(serves.mark.words.split())
    assert following.state()["frequent_words"] == len(serves.mark.words.split())
    assert [search(text, account=NOBODY).total for text in questions] == before
    holding.work(society, "又一次茶館調查", public=True)
    following.catch_up()
    assert search("茶馆调查", account=NOBODY).total == 4
    assert serves.index.find(Request(Phrase("open", (FREQUENT + "茶馆调查",)))).total == 4
    assert search("茶馆调查", account=secretary).total == 5


def test_an_index_that_has_grown_much_is_built_anew(db, engine, society, monkeypatch):
    renew_library_search.call()  # there is none yet: that is another job's work
    assert following.serving() is None
    monkeypatch.setattr(following, "SAMPLE", 1)
    holding.work(society, public=True)
    following.rebuild()
    assert not following.has_outgrown()
    for _n in range(5):
        holding.work(society, public=True)
    following.catch_up()
    assert following.has_outgrown()
    renew_library_search.call()
    assert not following.has_outgrown()
    assert following.serving().mark.built == following.serving().index.entries()
