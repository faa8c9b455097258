"""What is given: scores, the rubric they follow and the rules declared before they are read."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from sheke.core.errors import BadInput


@dataclass(frozen=True)
class Criterion:
    """A line of the rubric. weight > 0; its scale is the rubric's where it has none of its own."""

    key: str
    weight: float = 1.0
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Rubric:
    """The scale of totals (1–5, 0–100) and the weighted criteria, if any.

    total = low + (high − low) · Σ weight · (value − its low)/(its high − its low) / Σ weight,
    over the criteria that have a value. Where each criterion counts points up to its weight, that
    is their sum.
    """

    low: float = 0.0
    high: float = 100.0
    criteria: tuple[Criterion, ...] = ()

    def __post_init__(self) -> None:
        keys = [criterion.key for criterion in self.criteria]
        if len(set(keys)) < len(keys):
            raise BadInput(_("A criterion stands twice in the rubric."))
        for low, high, weight in [(self.low, self.high, 1.0), *map(self._scale, self.criteria)]:
            if not (math.isfinite(low) and math.isfinite(high) and low < high):
                raise BadInput(_("A scale must end above its beginning."))
            if not (math.isfinite(weight) and weight > 0):
                raise BadInput(_("A weight must be a number above zero."))

    def _scale(self, criterion: Criterion) -> tuple[float, float, float]:
        low = self.low if criterion.low is None else criterion.low
        high = self.high if criterion.high is None else criterion.high
        return low, high, criterion.weight

    @property
    def width(self) -> float:
        return self.high - self.low

    def total(self, score: Score) -> float | None:
        """The score as one number on the rubric's scale; None if nothing is filled in.

        Raises BadInput, naming review and criterion, for what the rubric does not know.
        """
        values = {key: value for key, value in score.values.items() if value is not None}
        if not values:
            return None if score.total is None else self._checked(score, score.total, "")
        known = {criterion.key: criterion for criterion in self.criteria}
        share = weights = 0.0
        for key in sorted(values):
            if key not in known:
                raise BadInput(_("%(where)s: the rubric has no criterion “%(key)s”.") % {
                    "where": place(score), "key": key,
                })  # fmt: skip
            low, high, weight = self._scale(known[key])
            value = self._checked(score, values[key], key, low, high)
            share += weight * (value - low) / (high - low)
            weights += weight
        return self.low + self.width * share / weights

    def _checked(
        self, score: Score, value: float, key: str,
        low: float | None = None, high: float | None = None,
    ) -> float:  # fmt: skip
        low, high = self.low if low is None else low, self.high if high is None else high
        number = float(value)
        if not low <= number <= high:  # NaN too
            raise BadInput(_("%(where)s: %(value)s is outside the scale from %(low)s to %(high)s.") % {
                "where": place(score) + (f" ({key})" if key else ""),
                "value": value, "low": f"{low:g}", "high": f"{high:g}",
            })  # fmt: skip
        return number


@dataclass(frozen=True)
class Score:
    """One review: a value for each criterion, or a total on the rubric's scale."""

    reviewer: str
    submission: str
    values: Mapping[str, float | None] = field(default_factory=dict)
    total: float | None = None


@dataclass(frozen=True)
class Rules:
    """What is declared before anybody reads the scores.

    trim_from: reviews from which the highest and the lowest are dropped.
    few: a reviewer with fewer reviews is not standardised.
    extra_at: difference between reviewers, in shares of the scale, that asks for another reviewer.
    within: how many submissions are chosen; None where that is open.
    """

    trim_from: int = 5
    few: int = 3
    extra_at: float = 0.2
    within: int | None = None

    def __post_init__(self) -> None:
        if self.trim_from < 3:
            raise BadInput(_("Dropping the highest and the lowest needs three reviews or more."))
        if self.few < 2:
            raise BadInput(_("Standardising needs two reviews or more of each reviewer."))
        if not 0 < self.extra_at <= 1:
            raise BadInput(_("The difference that asks for a reviewer is a share between 0 and 1."))
        if self.within is not None and self.within < 1:
            raise BadInput(_("At least one submission must be chosen."))


def place(score: Score) -> str:
    """Which review is meant, in words."""
    return _("Review of %(submission)s by %(reviewer)s") % {
        "submission": score.submission, "reviewer": score.reviewer,
    }  # fmt: skip
