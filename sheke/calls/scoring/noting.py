"""What the shape of the scores forbids to conclude, in words."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from django.utils.translation import gettext as _

from .graphs import groups
from .results import Note
from .tables import Ints, Table


def notes(table: Table, kinds: list[str], places: Ints, k: int | None) -> Iterator[Note]:
    """Notes on equal scores, single reviews, groups apart, reviewers not standardised, ties."""
    if np.ptp(table.y) < 1e-9:
        yield Note("equal", _("All scores are equal: no order can be drawn from them."))
    yield from _single(table)
    yield from _apart(table)
    yield from _reviewers(table, kinds)
    if k and k < len(places) and (tied := np.flatnonzero(places == _at_border(places, k))).size > 1:
        chosen = int((places <= k).sum())
        if chosen != k:
            yield Note(
                "tie",
                _("Equal scores at the border: %(n)s submissions share one rank.")
                % {"n": len(tied)},
                tuple(table.submissions[n] for n in tied),
            )


def _at_border(places: Ints, k: int) -> int:
    """The rank of the submission at place k."""
    return int(np.sort(places)[k - 1])


def _single(table: Table) -> Iterator[Note]:
    single = np.flatnonzero(table.reviews == 1)
    if len(single) == len(table.submissions):
        yield Note(
            "single",
            _(
                "Every submission has one review only: severity and quality can hardly be told apart."
            ),
        )
    elif len(single):
        yield Note(
            "few_reviews",
            _("%(n)s submissions have one review only; their intervals are wide.")
            % {"n": len(single)},
            tuple(table.submissions[n] for n in single),
        )


def _apart(table: Table) -> Iterator[Note]:
    group = groups(table)
    if not group.any():
        return
    largest = np.bincount(group).argmax()
    apart = tuple(table.submissions[n] for n in np.flatnonzero(group != largest))
    yield Note(
        "apart",
        _(
            "The submissions fall into %(n)s groups without a reviewer in common. Between groups "
            "the comparison rests on the assumption that their reviewers are alike."
        )
        % {"n": int(group.max()) + 1},
        apart,
    )


def _reviewers(table: Table, kinds: list[str]) -> Iterator[Note]:
    few = tuple(name for name, kind in zip(table.reviewers, kinds, strict=True) if kind == "few")
    same = tuple(n for n, kind in zip(table.reviewers, kinds, strict=True) if kind == "constant")
    if len(table.reviewers) == 1:
        yield Note("one_reviewer", _("There is one reviewer only: severity cannot be told."))
    if few:
        yield Note(
            "few",
            _(
                "%(n)s reviewers have too few reviews to be standardised; z takes their scores as given."
            )
            % {"n": len(few)},
            few,
        )
    if same:
        yield Note(
            "constant",
            _("%(n)s reviewers gave everybody the same score; z counts each as average.")
            % {"n": len(same)},
            same,
        )
