"""How a call went in numbers: the way through its stages, groups of applicants, the years beside each other.

Counted over what lists show, so that each number leads to its rows. What tells of people – age, gender,
title – is shown for groups of a size alone (`hiding.py`).
"""

from .counting import Group, Statistics, Step, Table, statistics_of

__all__ = ["Group", "Statistics", "Step", "Table", "statistics_of"]
