"""No shared run is missed by fingerprints, and none is made up."""

from __future__ import annotations

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sheke.library.passages import finding
from sheke.library.passages.corpus import corpus_of
from sheke.library.passages.finding import find
from sheke.library.passages.normal import normalise
from sheke.library.passages.result import counts_of
from sheke.library.passages.runs import shared_runs
from sheke.library.passages.segment import segment_of
from sheke.library.passages.winnowing import SHARED, prints_of, unpacked

from . import naive

SENTENCES = [
    "全市社科普及周活动",
    "形成调研报告二十篇",
    "abcabcabc",
    "举办讲座",
    "甲甲甲甲甲甲",
    "x",
    "中",
]
TEXTS = st.lists(st.sampled_from(SENTENCES), max_size=14).map("".join)


def segments_of(texts, parts=2):
    codes = [normalise(text).codes for text in texts]
    cut = len(codes) // parts
    groups = [range(0, cut), range(cut, len(codes))]
    return [
        segment_of(list(group), [codes[n] for n in group], [prints_of(codes[n]) for n in group])
        for group in groups
    ]


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
def test_fingerprints_come_back_from_their_bytes(text):
    prints = prints_of(normalise(text).codes)
    again = unpacked(prints.packed())
    assert np.array_equal(prints.places, again.places)
    assert np.array_equal(prints.hashes, again.hashes)


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS, st.lists(TEXTS, max_size=8), st.sampled_from([0, 2, 100]), st.booleans())
def test_each_character_is_counted_as_the_plain_search_counts_it(text, others, bound, little):
    portions, finding.PORTIONS = finding.PORTIONS, (1, 2, 1 << 40) if little else finding.PORTIONS
    try:
        found = find(normalise(text).codes, segments_of(others), minimum=SHARED, bound=bound)
    finally:
        finding.PORTIONS = portions
    for seen, exact in zip(found.counts.tolist(), naive.counts(text, others, SHARED), strict=True):
        assert seen == exact or bound < seen <= exact


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.text("甲乙丙丁戊己庚辛", min_size=5, max_size=30), min_size=1, max_size=6),
    st.integers(14, 40),
)
def test_longer_passages_are_found_whole(pieces, minimum):
    text, other = "x".join(pieces), "y".join([*pieces, pieces[0]])
    codes = normalise(text).codes
    runs = shared_runs(codes, corpus_of([normalise(other).codes]), minimum)
    found = find(codes, segments_of([other]), minimum=minimum, bound=9)
    assert found.counts.tolist() == counts_of(len(codes), runs.values()).tolist()


def test_texts_that_are_left_out_count_for_nothing():
    text = "全市社会科学普及周活动开幕仪式在图书馆举行"
    segments = segments_of([text, text])
    gone = [np.array([True]), None]
    assert set(find(normalise(text).codes, segments, minimum=13, bound=9).counts.tolist()) == {2}
    assert set(
        find(normalise(text).codes, segments, minimum=13, bound=9, without=gone).counts.tolist()
    ) == {1}


def test_a_text_that_only_repeats_itself_has_few_fingerprints():
    assert len(prints_of(normalise("啊" * 100_000).codes)) < 20
