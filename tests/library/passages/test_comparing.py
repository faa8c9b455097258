"""A text against given texts: passages, their places, and shares."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sheke.core.errors import BadInput
from sheke.library.passages.comparing import compare

from . import naive

SAID = "全市社科界围绕乡村振兴开展调研，形成报告二十篇，其中五篇得到采纳。"
PIECES = st.lists(
    st.sampled_from(
        ["全市社科界，", "圍繞鄉村振興", "开展ＡＢＣ调研。", " ", "\n", "其中５篇", "甲", "採納"]
    ),
    max_size=20,
).map("".join)


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(PIECES, st.lists(PIECES, max_size=3), st.integers(3, 15))
def test_passages_are_those_of_the_plain_search(text, others, minimum):
    result = compare(text, {str(n): other for n, other in enumerate(others)}, minimum=minimum)
    bare = [naive.plain(other) for other in others]
    counts = naive.counts(naive.plain(text), bare, minimum)
    assert result.characters == len(counts)
    assert result.coverage == (sum(map(bool, counts)) / len(counts) if counts else 0)
    spans = {
        span for other in bare for span in naive.longest_runs(naive.plain(text), other, minimum)
    }
    assert {(p.first, p.last) for p in result.passages} == spans
    for passage in result.passages:
        assert passage.text == text[passage.start : passage.end]
        sought = naive.plain(passage.text)
        assert {p.key for p in passage.places} == {
            str(n) for n, one in enumerate(bare) if sought in one
        }
        for place in passage.places:
            assert naive.plain(others[int(place.key)][place.start : place.end]) == sought


def test_script_width_punctuation_and_case_make_no_difference():
    other = "（全市社科界圍繞鄉村振興開展調研;形成報告二十篇 其中五篇得到採納）"
    (passage,) = compare(f"前言。{SAID}", {"a": other}).passages
    assert passage.text == SAID[:-1]
    assert [(p.start, p.end) for p in passage.places] == [(1, len(other) - 1)]


def test_a_changed_character_in_twenty_leaves_most_covered():
    text = "".join(chr(0x4E00 + n * 7) for n in range(400))
    changed = "".join("变" if n % 20 == 19 else c for n, c in enumerate(text))
    assert compare(changed, {"a": text}).coverage == 0.95


def test_wording_of_many_texts_is_common():
    slogan, own = (
        "高质量发展是新时代的硬道理全体干部",
        "我们在三个县走访了四十二户人家记下每一笔收支",
    )
    others = {str(n): f"{n}甲{slogan}乙" for n in range(11)} | {"source": own}
    text = f"{slogan}，{own}"
    result = compare(text, others)
    assert result.coverage == 1
    assert result.coverage_without_common == len(own) / result.characters
    assert compare(text, others, common=11).coverage_without_common == 1


def test_listed_wording_is_common_whatever_its_script():
    text = "根據《中華人民共和國著作權法實施條例》制定本辦法"
    result = compare(text, {"a": text}, wordings=["中华人民共和国著作权法实施条例"])
    assert (result.coverage, result.coverage_without_common) == (1, 0)  # too little is left


def test_quotations_titles_and_references_can_be_left_out():
    quoted = "“全市社科界围绕乡村振兴开展调研形成报告二十篇”"
    text = f"{SAID}他说：{quoted}\n参考文献\n[1] 某某. 乡村振兴与社科界的调研报告[J]. 社科论坛, 2024(3): 1-9.\n附录\n{SAID}"
    result = compare(text, {"a": text})
    assert result.coverage == 1
    marked = "".join(c for c, q in zip(naive.plain(text), result.quoted, strict=True) if q)
    assert marked == naive.plain(quoted + text[text.index("参考") : text.index("附录")])


def test_texts_without_characters_share_nothing():
    result = compare("，。 \n", {"a": SAID, "b": ""})
    assert (result.characters, result.coverage, result.coverage_without_common) == (0, 0, 0)
    assert compare(SAID, {}).passages == ()


@pytest.mark.parametrize("minimum", [-1, 0, 1, 10_001])
def test_a_least_length_that_is_none_is_refused(minimum):
    with pytest.raises(BadInput, match=str(10_000)):
        compare(SAID, {"a": SAID}, minimum=minimum)
