"""What is hidden cannot be worked out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sheke.calls.statistics.hiding import hidden

GROUPS = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 30), max_size=8)


def test_large_groups_are_shown_and_a_small_one_takes_the_next_with_it():
    assert hidden({"f": 20, "m": 30}, 5) == set()
    assert hidden({"f": 3, "m": 30}, 5) == {"f", "m"}
    assert hidden({"f": 3, "m": 30, "": 8}, 5) == {"f", ""}
    assert hidden({"a": 1, "b": 1, "c": 9, "d": 12}, 5) == {"a", "b", "c"}


def test_groups_of_nobody_tell_nothing():
    assert hidden({"f": 0, "m": 30}, 5) == set()


@given(GROUPS, st.integers(2, 10))
def test_small_groups_are_hidden_and_what_is_left_of_the_total_tells_of_no_single_one(
    counts, least
):
    gone = hidden(counts, least)
    assert {key for key, count in counts.items() if 0 < count < least} <= gone
    there = [key for key, count in counts.items() if count]
    if gone:
        # All are hidden, or at least two that are enough together.
        assert set(there) == gone or (len(gone) >= 2 and sum(counts[k] for k in gone) >= least)
