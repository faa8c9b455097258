"""The law of a ballot against counting by brute force."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheke.calls.panels.counting import ABSTAIN, NO, YES, count, present_needed, share, votes_needed

OPTIONS = (YES, NO, ABSTAIN)
LEVELS = ("first", "second", "third", NO, ABSTAIN)
# As programmes declare them, and what they mean.
SHARES = {0.5: Fraction(1, 2), 0.6667: Fraction(2, 3), 0.667: Fraction(2, 3), 0.75: Fraction(3, 4),
          0.6: Fraction(3, 5), 0.8: Fraction(4, 5), 1.0: Fraction(1), 2 / 3: Fraction(2, 3)}  # fmt: skip
QUORUMS = SHARES | {0.3333: Fraction(1, 3)}


@pytest.mark.parametrize(("declared", "meant"), QUORUMS.items())
def test_a_share_means_a_simple_fraction(declared, meant):
    assert share(declared) == meant


@pytest.mark.parametrize(("present", "half", "two_thirds"), [
    (1, 1, 1), (2, 2, 2), (3, 2, 2), (4, 3, 3), (9, 5, 6), (10, 6, 7), (12, 7, 8),
])  # fmt: skip
def test_more_than_a_half_and_at_least_two_thirds(present, half, two_thirds):
    assert votes_needed(present, 0.5) == half
    assert votes_needed(present, 0.6667) == two_thirds


@pytest.mark.parametrize(("members", "needed"), [(0, 1), (3, 2), (4, 3), (9, 6), (11, 8)])
def test_two_thirds_of_the_members_make_a_quorum(members, needed):
    assert present_needed(members, 0.6667) == needed


def ballots(options):
    """How each member behaves: not there, there without a vote, or an option."""
    return st.lists(st.sampled_from(("away", "silent", *options)), max_size=25)


def brute(members, options, quorum, majority):
    """Everybody counted one by one, with fractions."""
    there = [one for one in members if one != "away"]
    if not there or Fraction(len(there), len(members)) < QUORUMS[quorum]:
        return None
    wanted, carried = SHARES[majority], []
    for option in options:
        part = Fraction(sum(one == option for one in there), len(there))
        enough = part > wanted if wanted == Fraction(1, 2) else part >= wanted
        if option not in (NO, ABSTAIN) and enough:
            carried.append(option)
    return carried[0] if len(carried) == 1 else None


@given(st.sampled_from([OPTIONS, LEVELS]).flatmap(lambda o: st.tuples(st.just(o), ballots(o))),
       st.sampled_from(sorted(QUORUMS)), st.sampled_from(sorted(SHARES)))  # fmt: skip
def test_the_count_agrees_with_brute_force(case, quorum, majority):
    options, members = case
    votes = {option: members.count(option) for option in options if option in members}
    present = sum(one != "away" for one in members)
    result = count(
        votes, options, members=len(members), present=present, quorum=quorum, majority=majority
    )
    assert result.carried == brute(members, options, quorum, majority)
    assert sum(result.votes.values()) == result.voters <= result.present <= result.members


@given(st.integers(1, 60), st.integers(0, 30))
def test_a_tie_is_not_carried_and_abstaining_counts_as_present(abstained, each):
    tie = {YES: each, NO: each}
    present = 2 * each
    if present:
        assert count(tie, OPTIONS, members=present, present=present, quorum=1, majority=0.5).carried is None  # fmt: skip
    votes = {YES: abstained, ABSTAIN: abstained}
    result = count(
        votes, OPTIONS, members=2 * abstained, present=2 * abstained, quorum=1, majority=0.5
    )
    assert result.carried is None


def test_impossible_numbers_are_refused():
    with pytest.raises(ValueError, match="3 of 2"):
        count({YES: 1}, OPTIONS, members=2, present=3, quorum=0.5, majority=0.5)
    with pytest.raises(ValueError, match="maybe"):
        count({"maybe": 1}, OPTIONS, members=2, present=2, quorum=0.5, majority=0.5)
