"""Shared runs are those that the plainest search finds."""

from __future__ import annotations

import random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sheke.library.passages import runs as module
from sheke.library.passages.corpus import corpus_of
from sheke.library.passages.normal import normalise
from sheke.library.passages.runs import shared_runs

from . import naive

PIECES = st.lists(
    st.sampled_from(["社会科学", "联合会", "普及周活动", "ab", "甲", "乙丙"]), max_size=25
)
TEXTS = PIECES.map("".join)


def found(text, others, minimum):
    corpus = corpus_of([normalise(other).codes for other in others])
    return shared_runs(normalise(text).codes, corpus, minimum)


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS, st.lists(TEXTS, max_size=4), st.integers(2, 20))
def test_exactly_the_longest_shared_runs(text, others, minimum):
    result = found(text, others, minimum)
    for number, other in enumerate(others):
        one = result.get(number, [])
        assert [(run.start, run.end) for run in one] == naive.longest_runs(text, other, minimum)
        for run in one:
            assert text[run.start : run.end] == other[run.place : run.place + run.end - run.start]


def test_thirteen_is_enough_and_twelve_is_not():
    shared = "社会科学普及周活动开幕仪式"
    assert len(shared) == 13
    assert found(f"甲{shared}乙", [f"丙{shared}丁"], 13) == {0: [(1, 14, 1)]}
    assert found(f"甲{shared[1:]}乙", [f"丙{shared[1:]}丁"], 13) == {}


def test_nothing_runs_from_one_text_to_the_next():
    assert found("abcdefgh", ["abcd", "efgh"], 5) == {}


def test_a_text_that_only_repeats_itself_is_one_run_and_soon_done():
    assert found("啊" * 50_000, ["啊" * 60_000], 13) == {0: [(0, 50_000, 0)]}


def test_what_is_covered_stays_exact_when_the_effort_is_used_up(monkeypatch):
    monkeypatch.setattr(module, "STEPS", 5)
    monkeypatch.setattr(module.Effort, "__init__", lambda self: setattr(self, "left", 5))
    chance = random.Random(7)
    text, other = ("".join(chance.choices("甲乙", k=400)) for _ in range(2))
    covered = {at for run in found(text, [other], 8)[0] for at in range(run.start, run.end)}
    exact = {at for start, end in naive.longest_runs(text, other, 8) for at in range(start, end)}
    assert covered == exact
