"""Which submissions are under review at a stage, and which stage is meant."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from sheke.core.errors import BadInput

from ..models import Assignment, Call, Phase, Submission


def review_phases(call: Call) -> list[Phase]:
    """The phases of the stages at which reviewers score, in order."""
    keys = [stage.key for stage in call.programme.stages_of("review")]
    found = list(call.phases.filter(stage__in=keys).order_by("position"))
    for phase in found:
        phase.call = call
    return found


def review_phase(call: Call, stage: str = "") -> Phase:
    """The phase of `stage`; else the one that runs, else the first. BadInput where none is."""
    found = review_phases(call)
    if stage:
        found = [phase for phase in found if phase.stage == stage]
    if not found:
        raise BadInput(_("This call has no stage of reviewing."))
    return next((phase for phase in found if phase.is_running), found[0])


def under_review(phase: Phase) -> QuerySet[Submission]:
    """What stands at the stage, and what is assigned there though it went on."""
    assigned = Assignment.objects.in_force().filter(call=phase.call_id, stage=phase.stage)
    here = Q(stage=phase.stage) | Q(pk__in=assigned.order_by().values("submission_id"))
    found = Submission.objects.filter(call=phase.call_id, sent__isnull=False)
    return found.standing().filter(here).order_by("number")


def coming(call: Call) -> QuerySet[Submission]:
    """Everything sent that may still come to a review: conflicts are found before it does."""
    S = Submission.State
    states = (S.IN, S.BACK)
    return Submission.objects.filter(call=call, sent__isnull=False, state__in=states)


def stage_of(submission: Submission) -> str:
    """The stage of reviewing at which it stands, if it stands at one."""
    stage = submission.edition.programme.stage(submission.stage)
    return submission.stage if stage is not None and stage.kind == "review" else ""
