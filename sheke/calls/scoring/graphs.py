"""Which submissions can be compared: those joined by reviewers in common."""

from __future__ import annotations

import numpy as np

from .tables import Ints, Table


def groups(table: Table) -> Ints:
    """For each submission the number of its group, from 0, in the order of first submissions.

    Smallest labels spread to and fro along the reviews until nothing changes.
    """
    of_submission = np.arange(len(table.submissions))
    while True:
        of_reviewer = np.full(len(table.reviewers), len(of_submission))
        np.minimum.at(of_reviewer, table.j, of_submission[table.i])
        found = np.minimum.reduceat(of_reviewer[table.j], table.starts)
        found = found[found]  # a group's own label may have found a smaller one: jump
        if (found == of_submission).all():
            return np.unique(found, return_inverse=True)[1]
        of_submission = found
