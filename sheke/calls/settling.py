"""What is not settled yet when a stage is to end, and what ending it does, by kind of stage.

An engine's part adds its own: a function in CHECKS says what is open, one in ENDINGS moves what
stands at the stage. Both are given the phase; an ending also `by`, inside the action's transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.directory.models import Account

from .models import Phase, Step, Submission
from .steps import take_step


@dataclass(frozen=True)
class Unsettled:
    """Something that is open: `count` of it; `query` filters the list of submissions to it.

    What `stops` must be settled first; the rest is only said before the stage ends.
    """

    text: str
    count: int
    query: str = ""
    stops: bool = False


def standing(phase: Phase) -> QuerySet[Submission]:
    """The submissions under way that stand at the phase's stage."""
    found = Submission.objects.filter(call=phase.call_id, stage=phase.stage)
    return found.standing()


def unsettled(phase: Phase) -> list[Unsettled]:
    """Everything open at the phase, what stops it first."""
    checks = CHECKS.get(phase.definition.kind, [])
    found = [each for check in checks for each in check(phase) if each.count]
    return sorted(found, key=lambda each: not each.stops)


def settle(phase: Phase, *, by: Account | None) -> None:
    """Move on what the end of the phase moves on."""
    if ending := ENDINGS.get(phase.definition.kind):
        ending(phase, by)


def _collecting(phase: Phase) -> Iterable[Unsettled]:
    """Drafts are their authors' alone: only how many there are is said."""
    call = phase.call
    early = int(timezone.now() < call.closes_at)
    yield Unsettled(_("The closing date has not been reached."), early)
    drafts = call.submissions.filter(state=Submission.State.DRAFT).count()
    yield Unsettled(_("Drafts that were not sent in; they stay out."), drafts)


def _unjudged(phase: Phase) -> Iterable[Unsettled]:
    query = f"stage={phase.stage}&state=in"
    yield Unsettled(_("Neither passed nor refused."), standing(phase).count(), query, stops=True)
    yield from _being_corrected(phase)


def _being_corrected(phase: Phase) -> Iterable[Unsettled]:
    back = phase.call.submissions.filter(stage=phase.stage, state=Submission.State.BACK).count()
    query = f"stage={phase.stage}&state=back"
    yield Unsettled(_("Still being corrected by their applicants."), back, query, stops=True)


def _unrecommended(phase: Phase) -> Iterable[Unsettled]:
    left = standing(phase).filter(seat=None).count()
    yield Unsettled(
        _("Not recommended; they are refused when the stage ends."), left,
        f"stage={phase.stage}&state=in",
    )  # fmt: skip
    yield from _being_corrected(phase)


def _unreviewed(phase: Phase) -> Iterable[Unsettled]:
    missing = phase.call.assignments.filter(stage=phase.stage, ended_at=None)
    missing = missing.exclude(review__sent_at__isnull=False)
    yield Unsettled(_("Reviews that were not sent in."), missing.count())


def _hand_over_recommended(phase: Phase, by: Account | None) -> None:
    """What has a place goes on; what has none is refused."""
    for submission in _locked(phase):
        if hasattr(submission, "seat"):
            rank = submission.seat.rank
            take_step(Step.Act.PASSED, call=phase.call, submission=submission, by=by, rank=rank)
        else:
            take_step(
                Step.Act.REFUSED, call=phase.call, submission=submission, by=by,
                reason=_("Not recommended by the organisation."),
            )  # fmt: skip


def pass_all(phase: Phase, by: Account | None) -> None:
    """Everything that stands at the stage goes on to the next one."""
    for submission in _locked(phase):
        take_step(Step.Act.PASSED, call=phase.call, submission=submission, by=by)


def _locked(phase: Phase) -> list[Submission]:
    found = standing(phase).select_for_update(of=("self",)).order_by("pk")
    return list(found.select_related("seat", "edition__definition"))


CHECKS: dict[str, list[Callable[[Phase], Iterable[Unsettled]]]] = {
    "collect": [_collecting],
    "recommend": [_unrecommended],
    "check": [_unjudged],
    "copycheck": [_unjudged],
    "review": [_unreviewed],
}
ENDINGS: dict[str, Callable[[Phase, Account | None], None]] = {
    "recommend": _hand_over_recommended,
    "review": pass_all,
}
