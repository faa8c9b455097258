"""Scores as arrays, ordered by identifier, so that the order of the input changes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from sheke.core.errors import BadInput

from .results import Note
from .scores import Rubric, Score, place

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]


@dataclass(frozen=True)
class Table:
    """Reviews sorted by submission; review n is of submission i[n] by reviewer j[n], total y[n].

    starts: the first review of each submission. Every submission and reviewer has one or more.
    """

    submissions: list[str]
    reviewers: list[str]
    i: Ints
    j: Ints
    y: Floats
    starts: Ints
    notes: list[Note]

    @cached_property
    def reviews(self) -> Ints:
        """How many of each submission."""
        return np.bincount(self.i, minlength=len(self.submissions))

    @cached_property
    def done(self) -> Ints:
        """How many by each reviewer."""
        return np.bincount(self.j, minlength=len(self.reviewers))


def sums(groups: Ints, values: Floats, size: int = 0) -> Floats:
    """Σ of the values of each group, for groups numbered from 0."""
    return np.asarray(np.bincount(groups, values, minlength=size), dtype=np.float64)


def read(scores: Iterable[Score], rubric: Rubric) -> Table:
    """Raises BadInput for a value off the scale, an unknown criterion, a review given twice."""
    totals: dict[tuple[str, str], float] = {}
    partial: list[str] = []
    empty: list[str] = []
    for score in scores:
        total = rubric.total(score)
        key = score.submission, score.reviewer
        if key in totals:
            raise BadInput(_("%(where)s stands twice.") % {"where": place(score)})
        if total is None:
            empty.append(score.submission)
            continue
        totals[key] = total
        given = sum(value is not None for value in score.values.values())
        if 0 < given < len(rubric.criteria):
            partial.append(score.submission)
    return _table(totals, [*_missing(partial, empty, {submission for submission, _r in totals})])


def _table(totals: dict[tuple[str, str], float], notes: list[Note]) -> Table:
    order = sorted(totals)
    submissions = sorted({submission for submission, _reviewer in order})
    reviewers = sorted({reviewer for _submission, reviewer in order})
    row = {name: n for n, name in enumerate(submissions)}
    column = {name: n for n, name in enumerate(reviewers)}
    i = np.array([row[submission] for submission, _reviewer in order], dtype=np.intp)
    j = np.array([column[reviewer] for _submission, reviewer in order], dtype=np.intp)
    y = np.array([totals[key] for key in order], dtype=np.float64)
    starts = np.searchsorted(i, np.arange(len(submissions)))
    return Table(submissions, reviewers, i, j, y, starts, notes)


def _missing(partial: list[str], empty: list[str], scored: set[str]) -> Iterable[Note]:
    if partial:
        yield Note(
            "partial",
            _("%(n)s reviews lack criteria; the others count by their weights.")
            % {"n": len(partial)},
            tuple(sorted(set(partial))),
        )
    if empty:
        yield Note(
            "empty",
            _("%(n)s reviews have no score and are left out.") % {"n": len(empty)},
            tuple(sorted(set(empty))),
        )
    if without := sorted(set(empty) - scored):
        yield Note(
            "unscored",
            _("%(n)s submissions have no score at all and no rank.") % {"n": len(without)},
            tuple(without),
        )
