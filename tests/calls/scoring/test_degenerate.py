"""Poor data ends in notes: never in a crash, never in a number that is none."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheke.calls.scoring import Rubric, Rules, Score, evaluate
from sheke.calls.scoring.graphs import groups
from sheke.calls.scoring.tables import read


def of(pairs) -> list[Score]:
    return [Score(reviewer, submission, total=total) for reviewer, submission, total in pairs]


CASES = {
    "nothing": ([], {"nothing"}),
    "one": ([("a", "p", 3)], {"equal", "single", "one_reviewer", "few"}),
    "equal": ([(r, s, 3) for r in "abc" for s in "pqr"], {"equal", "constant", "tie"}),
    "one each": ([(r, r + "s", n) for n, r in enumerate("abcde")], {"single", "apart", "few"}),
    "one reviewer": ([("a", s, n) for n, s in enumerate("pqrs")], {"single", "one_reviewer"}),
    "apart": ([(f"r{n % 2}", f"s{n}", n % 5) for n in range(10)], {"single", "apart"}),
    "no rest": ([(r, s, n + m) for n, r in enumerate("abc") for m, s in enumerate("pqr")], set()),
}


@pytest.mark.parametrize("name", CASES)
def test_notes(name):
    pairs, notes = CASES[name]
    found = evaluate(of(pairs), Rubric(0, 5), Rules(within=2))
    assert {note.key for note in found.notes} == notes
    json.dumps(found.as_dict(), allow_nan=False)
    assert len(found.submissions) == len({submission for _r, submission, _t in pairs})


@settings(max_examples=60)
@given(
    st.dictionaries(
        st.tuples(st.integers(0, 5), st.integers(0, 7)),
        st.sampled_from([1, 2, 2.5, 4, 5]),
        max_size=25,
    ),
    st.integers(1, 9),
)
def test_any_table_has_finite_results(table, k):
    pairs = [(f"r{r}", f"s{s}", total) for (r, s), total in table.items()]
    found = evaluate(of(pairs), Rubric(1, 5), Rules(within=k, trim_from=3))
    json.dumps(found.as_dict(), allow_nan=False)
    for one in found.submissions:
        assert one.low <= one.bayes <= one.high
        assert 1 <= one.rank_low <= one.rank_high <= len(found.submissions)
        assert 1 - 1e-9 <= one.trimmed <= 5 + 1e-9


def test_groups_are_found_along_a_long_chain():
    """Each reviewer joins two submissions; without two of the reviewers three groups are left."""
    pairs: list[tuple[str, str, int]] = []
    names = [f"s{n * 37 % 101}" for n in range(101)]
    for n, (first, second) in enumerate(pairwise(names)):
        pairs += [(f"r{n}", first, 1), (f"r{n}", second, 2)]
    assert not groups(read(of(pairs), Rubric())).any()
    cut = [pair for pair in pairs if pair[0] not in ("r20", "r70")]
    assert set(groups(read(of(cut), Rubric()))) == {0, 1, 2}
