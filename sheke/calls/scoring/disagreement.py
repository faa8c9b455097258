"""Where reviewers differ so much that another one should be asked."""

from __future__ import annotations

import numpy as np
from django.utils.translation import gettext as _

from .results import Disagreement
from .scores import Rubric, Rules
from .tables import Floats, Table


def disagreements(
    table: Table, severity: Floats, rubric: Rubric, rules: Rules
) -> list[Disagreement]:
    """For each submission max − min of its scores, as given and with severity added back.

    severity: points, one for each reviewer. Another reviewer is asked for where the adjusted
    difference exceeds `extra_at` of the scale.
    """
    limit = rules.extra_at * rubric.width
    raw, adjusted = _range(table, table.y), _range(table, table.y + severity[table.j])
    return [
        _words(int(n), float(first), float(second), limit)
        for n, first, second in zip(table.reviews, raw, adjusted, strict=True)
    ]


def _range(table: Table, y: Floats) -> Floats:
    return np.maximum.reduceat(y, table.starts) - np.minimum.reduceat(y, table.starts)


def _words(reviews: int, raw: float, adjusted: float, limit: float) -> Disagreement:
    if reviews < 2:
        return Disagreement(None, None, False, _("One review only: nothing to compare."))
    numbers = {"raw": f"{raw:.1f}", "adjusted": f"{adjusted:.1f}", "limit": f"{limit:g}"}
    if adjusted > limit + 1e-9:
        words = _(
            "Reviewers differ by %(raw)s points, by %(adjusted)s after severity is taken out; "
            "more than %(limit)s: ask another reviewer."
        )
    elif raw > limit + 1e-9:
        words = _(
            "Reviewers differ by %(raw)s points, but only by %(adjusted)s after severity is taken "
            "out: another reviewer is not needed."
        )
    else:
        words = _("Reviewers differ by %(raw)s points, not more than %(limit)s.")
    return Disagreement(raw, adjusted, adjusted > limit + 1e-9, words % numbers)
