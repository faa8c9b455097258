"""The log of decisions, and where a submission stands after each of them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from sheke.core import audit
from sheke.core.errors import BadInput
from sheke.directory.models import Account

from .models import Call, Phase, Step, Submission

STATE_AFTER = {
    Step.Act.SENT: Submission.State.IN,
    Step.Act.WITHDRAWN: Submission.State.WITHDRAWN,
    Step.Act.RETURNED: Submission.State.BACK,
    Step.Act.REFUSED: Submission.State.REFUSED,
    Step.Act.RESTORED: Submission.State.IN,
    Step.Act.AWARDED: Submission.State.AWARDED,
    Step.Act.NOT_AWARDED: Submission.State.NOT_AWARDED,
    Step.Act.REVOKED: Submission.State.NOT_AWARDED,
}


def take_step(
    act: Step.Act, *, call: Call, by: Account | None, submission: Submission | None = None,
    stage: str = "", reason: str = "", **data: Any,
) -> Step:  # fmt: skip
    """Write a line of the log and its audit event, and move the submission as the act says.

    Call it inside the action's own transaction, with the submission locked. `data` must be JSON.
    PASSED moves to the next stage of the programme; RESTORED takes `stage` as the one to stand at.
    """
    where = stage or (submission.stage if submission else "")
    step = Step.objects.create(
        call=call, submission=submission, stage=where, act=act, reason=reason, data=data, by=by
    )
    audit.record(f"call.{act}", submission or call, by=by, stage=where, reason=reason, **data)
    if submission is not None:
        _move(submission, act, stage)
    return step


def _move(submission: Submission, act: Step.Act, stage: str) -> None:
    if act == Step.Act.PASSED:
        following = submission.edition.programme.after(submission.stage)
        if following is None:
            raise LookupError(f"no stage after {submission.stage}")
        submission.stage = following.key
    elif act in STATE_AFTER:
        submission.state = STATE_AFTER[act]
        if act == Step.Act.RESTORED and stage:
            submission.stage = stage
    else:
        return
    submission.save(update_fields=["state", "stage"])


def locked(submission: Submission) -> Submission:
    """The submission as it is now, locked until the transaction ends."""
    found = Submission.objects.select_for_update(of=("self",)).select_related("call", "edition")
    return found.get(pk=submission.pk)


def running_phase(call: Call, stage: str) -> Phase:
    """The stage's phase. Raises BadInput when it has not begun or is over."""
    phase = call.phases.get(stage=stage)
    phase.call = call
    if not phase.is_running:
        text = _("“%(stage)s” is over.") if phase.ended_at else _("“%(stage)s” has not begun yet.")
        raise BadInput(text % {"stage": phase.definition.name})
    return phase
