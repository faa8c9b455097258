"""Passages with a character changed here and there are one."""

from __future__ import annotations

import random

import pytest

from sheke.library.passages.corpus import corpus_of
from sheke.library.passages.joining import joined
from sheke.library.passages.normal import normalise
from sheke.library.passages.runs import shared_runs

TEXT = "".join(random.Random(3).sample([chr(0x4E00 + n) for n in range(3000)], 200))


def near(text, source):
    text, source = normalise(text), normalise(source)
    runs = shared_runs(text.codes, corpus_of([source.codes]), 13).get(0, [])
    return joined(text.text, source.text, runs)


@pytest.mark.parametrize("between", ["x", ""])
def test_changes_in_every_twenty_leave_one_passage(between):
    changed = "".join(between if n % 20 == 19 else c for n, c in enumerate(TEXT))
    (one,) = near(f"前言{changed}后记", f"序{TEXT}完")
    assert one.near
    assert one.start == 2 and one.end >= len(normalise(changed).text) - 1
    assert one.place == 1 and one.place_end == 200


def test_what_is_the_same_throughout_is_not_near():
    assert near(f"甲{TEXT}乙", TEXT) == [(1, 201, 0, 200, False)]


def test_a_stranger_between_two_passages_parts_them():
    two = near(TEXT[:40] + "abcdefghij" + TEXT[40:80], TEXT[:40] + "klmnopqrst" + TEXT[40:80])
    assert [(one.start, one.end, one.near) for one in two] == [(0, 40, False), (50, 90, False)]


def test_many_changes_end_a_passage():
    changed = "".join("x" if n > 40 and n % 8 == 0 else c for n, c in enumerate(TEXT))
    (one,) = near(changed, TEXT)
    assert one.end < 100
