from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from sheke.plans.progress import Measured, State, met_share, shares, state

TODAY = date(2025, 6, 15)


@pytest.mark.parametrize(
    ("comparison", "value", "goal", "share"),
    [
        ("at_least", 50, 100, 0.5), ("at_least", 150, 100, 1), ("exactly", 3, 4, 0.75),
        ("at_most", 2, 3, 1), ("at_most", 6, 3, 0.5), ("at_most", 0, 0, 1), ("at_most", 1, 0, 0),
        ("at_least", 0, 0, 1),
    ],
)  # fmt: skip
def test_how_much_of_a_goal_is_met(comparison, value, goal, share):
    assert met_share(comparison, Decimal(value), Decimal(goal)) == share


def test_the_share_is_the_mean_of_what_is_measured():
    assert shares(completed=False, targets=[0.5, None], children=[1.0, None]) == 0.75
    assert shares(completed=False, targets=[], children=[1.0, None]) == 0.5
    assert shares(completed=False, targets=[], children=[None]) is None
    assert shares(completed=True, targets=[0.1], children=[]) == 1


@pytest.mark.parametrize(
    ("share", "records", "due", "completed", "expected"),
    [
        (1.0, 0, date(2025, 1, 1), False, State.DONE),
        (None, 0, date(2025, 1, 1), True, State.DONE),
        (0.9, 5, date(2025, 6, 14), False, State.LATE),
        (0.9, 5, TODAY, False, State.SOON),
        (None, 0, date(2025, 7, 15), False, State.SOON),
        (0.2, 0, date(2025, 12, 31), False, State.RUNNING),
        (None, 1, None, False, State.RUNNING),
        (0.0, 0, None, False, State.OPEN),
        (None, 0, None, False, State.OPEN),
    ],
)
def test_the_state_at_a_glance(share, records, due, completed, expected):
    assert state(Measured(share, records, due, completed), TODAY) == expected
