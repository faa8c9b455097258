"""Bodies of the commands of assignment and scores."""

from __future__ import annotations

from typing import Any

from sheke.core.errors import BadInput
from sheke.directory.models import Account

from ..actions.assigning import deploy_plan, propose_plan
from ..models import AssignmentPlan, Call
from ..reviewing import problems
from ..reviewing.scoring import scores_json
from ..reviewing.standing import review_phase


def assigned(
    call: Call, *, stage: str, seed: int | None, deploy: bool, by: Account | None
) -> dict[str, Any]:
    """Propose a plan, and put it in force with `deploy`. Pairs are numbers of reviewers and submissions.

    Raises BadInput when it cannot be put in force; the proposal stays.
    """
    plan = propose_plan(phase=review_phase(call, stage), by=by, seed=seed)
    if plan.report["state"] == "failed":
        raise BadInput(plan.report["error"])
    if deploy:
        plan = deploy_plan(plan=plan, by=by)
    return described(plan)


def described(plan: AssignmentPlan) -> dict[str, Any]:
    """A plan as JSON: what stands in its report, with its pairs."""
    report = {key: value for key, value in plan.report.items() if key != "state"}
    return {
        "call": plan.call.key, "stage": plan.stage, "plan": plan.pk, "digest": plan.digest,
        "deployed": plan.deployed_at is not None, "pairs": plan.pairs, **report,
    }  # fmt: skip


def checked(call: Call, *, stage: str) -> dict[str, Any]:
    """What the independent checker says of the assignments in force."""
    phase = review_phase(call, stage)
    pairs = problems.pairs_in_force(phase)
    verdict = problems.verdict_on(problems.state(phase), pairs)
    return {"call": call.key, "stage": phase.stage, "pairs": len(pairs), **verdict}


def scored(call: Call, *, stage: str, within: int | None) -> dict[str, Any]:
    """Scores by all methods. Raises BadInput before the stage is over."""
    return scores_json(review_phase(call, stage), within=within)
