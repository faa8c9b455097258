"""All methods over the same scores, with what one should know of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from .results import METHODS, Evaluation, LeftOut, Note, ReviewerResult, Spreads, SubmissionResult
from .scores import Rubric, Rules, Score

if TYPE_CHECKING:  # numpy is not needed before somebody evaluates
    from .posterior import Posterior
    from .stability import Firmness
    from .tables import Floats, Table


def evaluate(
    scores: Iterable[Score], rubric: Rubric | None = None, rules: Rules | None = None
) -> Evaluation:
    """Raw and trimmed means, z-scores and the Bayesian model, side by side.

    Without any score: an empty evaluation with a note. The same scores in any order give the
    same numbers. Raises BadInput for scores that the rubric does not allow.
    """
    from . import tables

    rubric, rules = rubric or Rubric(), rules or Rules()
    table = tables.read(scores, rubric)
    if not len(table.y):
        nothing = Note("nothing", _("There is no score yet."))
        return Evaluation((), (), None, rules.within, {}, (), (nothing, *table.notes))
    from threadpoolctl import threadpool_limits

    # On a busy machine matrix threads wait for each other longer than they work: one is quicker.
    with threadpool_limits(1, user_api="blas"):
        return _Evaluating(table, rubric, rules).result()


class _Evaluating:
    """The steps, each over the arrays of the table."""

    def __init__(self, table: Table, rubric: Rubric, rules: Rules) -> None:
        from . import means, mixed, posterior, stability

        self.table, self.rubric, self.rules = table, rubric, rules
        self.found: Posterior = posterior.posterior(
            mixed.Equations(table, rubric.low, rubric.width)
        )
        self.k = min(rules.within, len(table.submissions)) if rules.within else None
        raw = means.raw_means(table)
        trimmed, self.cut = means.trimmed_means(table, rules)
        z, self.kinds = means.z_scores(table, rules)
        mean, deviation = self.found.mixed(self.found.equations.submissions)
        bayes = rubric.low + rubric.width * mean
        self.points: dict[str, Floats] = dict(zip(METHODS, (raw, trimmed, z, bayes), strict=True))
        self.half = posterior.NINETY * rubric.width * deviation
        self.ranks = {method: stability.ranks(points) for method, points in self.points.items()}
        self.firm: Firmness = stability.firmness(self.found, self.k)

    def result(self) -> Evaluation:
        from . import stability

        reviewers, severity = self._reviewers()
        submissions = self._submissions(severity)
        changes: dict[str, tuple[str, ...]] = {}
        without: tuple[LeftOut, ...] = ()
        if self.k and self.k < len(self.table.submissions):
            changes = stability.between_methods(self.table, self.ranks, self.k)
            without = tuple(stability.left_out(self.found, self.points["raw"], self.k))
        return Evaluation(
            tuple(sorted(submissions, key=lambda one: (one.ranks["bayes"], one.id))),
            tuple(sorted(reviewers, key=lambda one: (-one.severity, one.id))),
            self._spreads(), self.k, changes, without, (*self.table.notes, *self._notes()),
        )  # fmt: skip

    def _submissions(self, severity: Floats) -> list[SubmissionResult]:
        from .disagreement import disagreements

        differ = disagreements(self.table, severity, self.rubric, self.rules)
        reviews, within = self.table.reviews, self.firm.within
        return [
            SubmissionResult(
                id=name, reviews=int(reviews[n]), was_trimmed=bool(self.cut[n]),
                **{method: float(points[n]) for method, points in self.points.items()},
                low=float(self.points["bayes"][n] - self.half[n]),
                high=float(self.points["bayes"][n] + self.half[n]),
                ranks={method: int(places[n]) for method, places in self.ranks.items()},
                rank_low=int(self.firm.low[n]), rank_high=int(self.firm.high[n]),
                within=None if within is None else float(within[n]), disagreement=differ[n],
            )
            for n, name in enumerate(self.table.submissions)
        ]  # fmt: skip

    def _reviewers(self) -> tuple[list[ReviewerResult], Floats]:
        import numpy as np

        from .posterior import NINETY

        table, width = self.table, self.rubric.width
        mean, deviation = self.found.mixed(self.found.equations.reviewers)
        severity, half = width * mean, NINETY * width * deviation
        off = table.y - self.points["bayes"][table.i] + severity[table.j]
        spread = np.sqrt(np.bincount(table.j, off**2) / table.done)
        own = np.bincount(table.j, table.y) / table.done
        return [
            ReviewerResult(
                id=name, reviews=int(table.done[n]), mean=float(own[n]),
                severity=float(severity[n]), low=float(severity[n] - half[n]),
                high=float(severity[n] + half[n]), spread=float(spread[n]),
                standardised=self.kinds[n],
            )
            for n, name in enumerate(table.reviewers)
        ], severity  # fmt: skip

    def _spreads(self) -> Spreads:
        import numpy as np

        at, weights = self.found.solutions, self.found.weights
        noise = np.sqrt([one.variance for one in at])
        by_work = noise * np.exp([one.ratios.submissions / 2 for one in at])
        by_reviewer = noise * np.exp([one.ratios.reviewers / 2 for one in at])
        parts = (by_work, by_reviewer, noise)
        return Spreads(*(float(weights @ part) * self.rubric.width for part in parts))

    def _notes(self) -> Iterable[Note]:
        from .noting import notes

        yield from notes(self.table, self.kinds, self.ranks["bayes"], self.k)
