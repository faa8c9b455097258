"""Tables of the charts: how severe reviewers are, how firm the first k."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sheke.core.charts import Cell, Chart, Row

from .results import Evaluation

SHOWN = 30


def severity_chart(
    found: Evaluation, names: Mapping[str, str] | None = None, shown: int = SHOWN
) -> Chart:
    """Reviewers from the most severe to the mildest; of many those furthest from the average.

    names: what to print for a reviewer's identifier.
    """
    furthest = sorted(found.reviewers, key=lambda one: (-abs(one.severity), one.id))[:shown]
    kept = {one.id for one in furthest}
    rows = [
        Row(
            (names or {}).get(one.id, one.id),
            [Cell(round(value, 2)) for value in (one.severity, one.low, one.high)],
        )
        for one in found.reviewers
        if one.id in kept
    ]
    series = [_("Severity"), _("Lower end (90 %)"), _("Upper end (90 %)")]
    return Chart(
        _("Severity of reviewers"),
        "bars",
        _("Reviewer"),
        series,
        rows,
        pgettext("scores", "points"),
    )


def stability_chart(
    found: Evaluation, names: Mapping[str, str] | None = None, shown: int = SHOWN
) -> Chart:
    """Probability to be within the first k, of the submissions about the border.

    Those with the least certain place are kept, in the order of their rank; empty without k.
    """
    decided = [(one, one.within) for one in found.submissions if one.within is not None]
    nearest = sorted(decided, key=lambda pair: (abs(pair[1] - 0.5), pair[0].id))[:shown]
    kept = {one.id for one, _within in nearest}
    rows = [
        Row((names or {}).get(one.id, one.id), [Cell(round(100 * within, 1))])
        for one, within in decided
        if one.id in kept
    ]
    title = _("How firm the first %(k)s are") % {"k": found.chosen or 0}
    return Chart(title, "bars", _("Submission"), [_("Probability to be among them")], rows, "%")


def changes_chart(found: Evaluation, names: Mapping[str, str] | None = None) -> Chart:
    """Reviewers without whom the first k would be others: how many would change, by two methods."""
    rows = [
        Row(
            (names or {}).get(one.reviewer, one.reviewer),
            [Cell(len(one.raw.leaves)), Cell(len(one.bayes.leaves))],
        )
        for one in sorted(found.left_out, key=lambda one: (-len(one.bayes.leaves), one.reviewer))
    ]
    title = _("Changes without one reviewer")
    return Chart(
        title,
        "bars",
        _("Reviewer"),
        [pgettext("scores", "Mean"), _("Bayesian")],
        rows,
        pgettext("counted", "submissions"),
    )
