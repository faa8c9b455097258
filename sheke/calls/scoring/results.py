"""What comes out: a result for each submission and reviewer, changes and notes."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

METHODS = ("raw", "trimmed", "z", "bayes")


@dataclass(frozen=True)
class Note:
    """Something to know before one trusts the numbers. about: the submissions or reviewers meant."""

    key: str
    message: str
    about: tuple[str, ...] = ()


@dataclass(frozen=True)
class Disagreement:
    """Largest difference between two reviewers of a submission, in points of the scale.

    raw: as scored; adjusted: after taking out how severe each is. Both None with one review.
    """

    raw: float | None
    adjusted: float | None
    asks_for_reviewer: bool
    words: str


@dataclass(frozen=True)
class SubmissionResult:
    """Scores on the rubric's scale; `low` and `high` hold the Bayesian score with 90 %.

    ranks: by method, 1 is best, equal scores share the better rank. within: probability to be
    among the first k, None without k. rank_low and rank_high hold the true rank with 90 %.
    """

    id: str
    reviews: int
    raw: float
    trimmed: float
    was_trimmed: bool
    z: float
    bayes: float
    low: float
    high: float
    ranks: dict[str, int]
    rank_low: int
    rank_high: int
    within: float | None
    disagreement: Disagreement


@dataclass(frozen=True)
class ReviewerResult:
    """severity: points given below the average reviewer, with its 90 % interval.

    standardised: “own” (by own mean and spread), “few” (too few reviews: as scored) or
    “constant” (all equal: each counts as average). spread: points by which scores lie off what
    the model expects (root mean square).
    """

    id: str
    reviews: int
    mean: float
    severity: float
    low: float
    high: float
    spread: float
    standardised: str


@dataclass(frozen=True)
class Spreads:
    """Standard deviations in points: between submissions, between reviewers, and what is left."""

    submissions: float
    reviewers: float
    noise: float


@dataclass(frozen=True)
class Exchange:
    """Who would come into the first k and who would fall out of them."""

    enters: tuple[str, ...] = ()
    leaves: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.enters or self.leaves)


@dataclass(frozen=True)
class LeftOut:
    """What would change among the first k without this reviewer, by two of the methods."""

    reviewer: str
    raw: Exchange
    bayes: Exchange


@dataclass(frozen=True)
class Evaluation:
    """All of it. Submissions by Bayesian rank, reviewers by severity, the most severe first.

    between_methods: submissions among the first k by some methods only → those methods.
    left_out: reviewers without whom the first k would be others.
    """

    submissions: tuple[SubmissionResult, ...]
    reviewers: tuple[ReviewerResult, ...]
    spreads: Spreads | None
    chosen: int | None
    between_methods: dict[str, tuple[str, ...]]
    left_out: tuple[LeftOut, ...]
    notes: tuple[Note, ...]

    def as_dict(self) -> dict[str, Any]:
        """For JSON: plain lists, numbers and texts."""
        return asdict(self)
