"""What may be put on an agenda: what stands at the stage, by number or by the reviewers' scores."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from ..models import Panel, PanelItem, Phase, Submission
from ..reviewing.scoring import evaluation_of
from .results import last_results
from .sight import ended_reviews


@dataclass(frozen=True)
class Candidate:
    """A submission that is not on the agenda; `score` as the model of scoring sees it."""

    submission: Submission
    score: float | None = None


def candidates(panel: Panel, category: str = "", sort: str = "number") -> list[Candidate]:
    """What stands at the panel's stage and was neither voted on nor stands on an open agenda.

    sort: “number”, or “score” for the best first, when scores may be seen.
    """
    standing = Submission.objects.filter(call=panel.call_id, stage=panel.stage).standing()
    busy = PanelItem.objects.filter(panel__call=panel.call_id, panel__stage=panel.stage).filter(
        panel__closed_at=None
    )
    voted = {pk for pk, r in last_results(panel.call, panel.stage).items() if r.quorate}
    found = standing.exclude(pk__in=busy.values("submission_id")).exclude(pk__in=voted)
    found = found.exclude(panel_items__panel=panel.pk)
    if category:
        found = found.filter(category=category)
    scores = scores_of(panel)
    rows = [
        Candidate(submission, scores.get(submission.pk))
        for submission in found.select_related("organisation").order_by("number")
    ]
    if sort == "score":
        rows.sort(key=lambda row: (row.score is None, -(row.score or 0)))
    return rows


def chosen(
    panel: Panel, wanted: Collection[int], *, everything: bool, category: str, sort: str
) -> list[Submission]:
    """The submissions of the candidates that were ticked, or all, in their order."""
    rows = candidates(panel, category, sort)
    return [row.submission for row in rows if everything or row.submission.pk in wanted]


def scores_of(panel: Panel) -> dict[int, float]:
    """{submission: score}, of the last stage of reviewing that is over; empty before."""
    ended = ended_reviews(panel.call)
    if not ended:
        return {}
    phase = Phase.objects.get(call=panel.call_id, stage=ended[-1])
    phase.call = panel.call
    return {int(one.id): one.bayes for one in evaluation_of(phase).submissions}
