"""Reviews of a stage that is over, as scores by all methods. Nobody reads scores before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from sheke.core.errors import BadInput
from sheke.definitions.programmes import Rubric as Declared

from ..models import Phase, Review, Submission
from ..scoring import Evaluation, Rubric, Rules, Score, evaluate
from .kept import kept


class NotYet(BadInput):
    """The stage is not over: scores are their writers' alone."""


def total_of(rubric: Declared, scores: Mapping[str, float]) -> float:
    """The weighted total on 0–100, to three places. Every criterion must have a score."""
    share = weights = 0.0
    for each in rubric.criteria:
        share += each.weight * (float(scores[each.key]) - each.least) / (each.most - each.least)
        weights += each.weight
    return round(100 * share / weights, 3)


def missing(rubric: Declared, scores: Mapping[str, Any], comment: str) -> dict[str, str]:
    """What a review lacks, by criterion; “comment” for the comment."""
    found = {
        each.key: _("“%(name)s” has no score from %(least)s to %(most)s.")
        % {"name": each.name, "least": f"{each.least:g}", "most": f"{each.most:g}"}
        for each in rubric.criteria
        if each.key not in scores
    }
    least = max(rubric.comment_least, int(rubric.comment == "required"))
    if len("".join(comment.split())) < least:
        found["comment"] = _("The comment needs at least %(n)s characters.") % {"n": least}
    return found


def counting(phase: Phase) -> QuerySet[Review]:
    """The reviews that count. Raises NotYet before the end of the stage."""
    if phase.ended_at is None:
        raise NotYet(
            _("Scores are shown when “%(stage)s” is over.") % {"stage": phase.definition.name}
        )
    return Review.objects.filter(
        sent_at__isnull=False, assignment__ended_at=None, assignment__call=phase.call_id,
        assignment__stage=phase.stage,
    )  # fmt: skip


def sent_reviews(phase: Phase, submissions: Iterable[int] | None = None) -> list[Review]:
    """The reviews that count, of some submissions or of all. Raises NotYet before the end of the stage."""
    found = counting(phase)
    if submissions is not None:
        found = found.filter(assignment__submission__in=list(submissions))
    found = found.select_related("assignment__reviewer__person")
    return list(found.order_by("assignment__submission", "pk"))


def evaluation_of(phase: Phase, *, within: int | None = None) -> Evaluation:
    """All methods over the reviews of a stage; ids are primary keys as texts. Raises NotYet.

    Worked out once for the same reviews.
    """
    found = counting(phase)
    return kept(phase, found, within, lambda: _evaluated(phase, found, within))


def _evaluated(phase: Phase, found: QuerySet[Review], within: int | None) -> Evaluation:
    pairs = found.order_by("assignment__submission", "pk").values_list(
        "assignment__reviewer_id", "assignment__submission_id", "total"
    )
    scores = [
        Score(reviewer=str(reviewer), submission=str(submission), total=float(total or 0))
        for reviewer, submission, total in pairs
    ]
    return evaluate(scores, Rubric(), _rules(phase.call.programme.rubric, within))


def _rules(rubric: Declared | None, within: int | None) -> Rules:
    if rubric is None:
        return Rules(within=within)
    trim = max(3, 2 * rubric.trim + 1) if rubric.trim else Rules().trim_from
    return Rules(trim_from=trim, extra_at=rubric.disagreement / 100, within=within)


def places(phase: Phase) -> int | None:
    """How many are chosen at most, where every level of the outcome says so."""
    most = [level.most for level in phase.call.programme.outcome.levels]
    if not most or any(each is None for each in most):
        return None
    return sum(each or 0 for each in most) or None


def named(phase: Phase, found: Evaluation) -> dict[int, Submission]:
    """The submissions of an evaluation by number."""
    return about([int(each.id) for each in found.submissions])


def about(numbers: Iterable[int]) -> dict[int, Submission]:
    """Submissions by their primary key, without their long values."""
    rows = Submission.objects.filter(pk__in=list(numbers)).select_related("organisation", "topic")
    return {each.pk: each for each in rows.defer("values")}


def scores_json(phase: Phase, *, within: int | None = None) -> dict[str, Any]:
    """For the command line and other programs: every submission and reviewer with all methods."""
    found = evaluation_of(phase, within=within or places(phase))
    about = named(phase, found)
    reviewers = {r.pk: r for r in phase.call.reviewers.select_related("person")}
    data = found.as_dict()
    for one in data["submissions"]:
        submission = about[int(one["id"])]
        one |= {"number": submission.number, "packet": submission.packet, "title": submission.title}
    for one in data["reviewers"]:
        one["name"] = str(reviewers[int(one["id"])])
    return {"call": phase.call.key, "stage": phase.stage, **data}


def by_submission(reviews: list[Review]) -> dict[int, list[Review]]:
    """The reviews of each submission."""
    found: dict[int, list[Review]] = defaultdict(list)
    for review in reviews:
        found[review.assignment.submission_id].append(review)
    return found
