"""Words of a question in a text, in the text's own script and width."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheke.core.search.analysis import HAN_CHARACTER, composed, normal
from sheke.library.index.flowing import flowing
from sheke.library.index.marking import WIDTH, marked, snippet, spans


def hits(text: str, *words: str) -> list[str]:
    return [text[start:end] for start, end in spans(text, words)]


@pytest.mark.parametrize(
    ("text", "word", "found"),
    [
        ("臺灣與台湾的社會科學", "台湾", ["臺灣", "台湾"]),
        ("ＧＤＰ增長3.5％", "gdp增长", ["ＧＤＰ增長"]),
        ("GDP 增长", "gdp增长", ["GDP 增长"]),
        ("社\u200b科联", "社科", ["社\u200b科"]),
        ("㈱与株式", "株", ["㈱", "株"]),
        ("annual review, Annual", "annual", ["annual", "Annual"]),
        ("annually", "annual", []),
        ("讲座（第3期）和第3期", "第3期", ["第3期", "第3期"]),
        ("3，月与3月", "3月", ["3月"]),
        ("3，月与3月", "3，月", ["3，月"]),
        ("甲乙，丙丁", "乙。丙", ["乙，丙"]),
        ("甲乙", "，", []),
        ("", "甲", []),
    ],
)
def test_what_is_marked(text, word, found):
    assert hits(text, word) == found


def test_what_overlaps_is_marked_once():
    assert hits("基层治理研究", "基层治", "层治理") == ["基层治理"]


TEXT = st.text(alphabet="社會科学联讲ﬁ½a1 ，\n㈱\u200b", min_size=2, max_size=40)


@given(TEXT, st.data())
def test_every_part_of_a_run_is_marked_where_it_stands(text, data):
    text = composed(text)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    part = text[start:end]
    part = part.strip("\u200b")
    start, end = text.find(part, start), text.find(part, start) + len(part)
    if all(HAN_CHARACTER.match(one) for one in normal(part)) and normal(part):
        places = spans(text, [part])
        assert any(a <= start and end <= b for a, b in places)
        assert all(normal(text[a:b]) for a, b in places)


@given(TEXT)
def test_pieces_are_the_whole_text(text):
    shown = marked(text, ["社会", "讲"])
    assert "".join(piece for piece, _hit in shown.parts()) == composed(text)


def test_a_snippet_is_cut_around_the_words():
    found = snippet("前言。" * 60 + "基层治理的社区实践" + "后记。" * 60, ["社区", "治理"])
    assert found is not None
    assert [text for text, hit in found.parts() if hit] == ["治理", "社区"]
    assert len(found.text) <= WIDTH + 2
    assert found.text.startswith("…")
    assert found.text.endswith("…")


def test_a_snippet_shows_the_part_with_most_words():
    found = snippet("社区。" + "无关的话。" * 50 + "社区里的治理", ["社区", "治理"])
    assert found is not None
    assert [text for text, hit in found.parts() if hit] == ["社区", "治理"]


def test_lines_flow_where_they_were_broken():
    assert (
        flowing(["沿河的街市上茶馆林立最早的码\n头边上。\n新的一段"])
        == "沿河的街市上茶馆林立最早的码头边上。\n新的一段"
    )
    assert flowing(["沿河的街市上茶馆林立最早的一", "家"]) == "沿河的街市上茶馆林立最早的一家"
    assert flowing(["第一章\n总则"]) == "第一章\n总则"
