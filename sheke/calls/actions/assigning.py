"""Verbs: propose a plan of who reviews what, put it in force, undo it; recusals; further reviews."""

from __future__ import annotations

import random
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.calls.assignment import assign, check, recuse, replan
from sheke.core import audit
from sheke.core.errors import BadInput
from sheke.directory.models import Account
from sheke.notices.actions import tell

from ..guarding import locked_call, locked_phase, needed, still_open
from ..models import (
    Assignment,
    AssignmentPlan,
    Conflict,
    ExtraReview,
    PairRule,
    Phase,
    Review,
    Reviewer,
    Step,
    Submission,
)
from ..reviewing import problems
from ..reviewing.standing import review_phase, under_review
from ..steps import take_step
from ..telling import tell_office
from .conflicts import declare_conflict, pin_conflicts
from .reviewers import tell_assigned

SEEDS = 2**31
RECUSED, UNDONE, REPLANNED = "recused", "undone", "replanned"


@transaction.atomic
def begin_plan(*, phase: Phase, by: Account | None, seed: int | None = None) -> AssignmentPlan:
    """Pin the conflicts and write down the problem; `compute_plan` solves it.

    Without a seed one is drawn; it is logged, so that the draw can be repeated.
    """
    phase = locked_phase(phase)
    if phase.ended_at is not None:
        raise BadInput(_("“%(stage)s” is over.") % {"stage": phase.definition.name})
    pin_conflicts(call=phase.call, by=by)
    stated = problems.state(phase)
    if not stated.submissions:
        raise BadInput(_("No submission stands at “%(stage)s”.") % {"stage": phase.definition.name})
    if not stated.reviewers:
        raise BadInput(_("Nobody accepted to review yet."))
    seed = random.SystemRandom().randrange(SEEDS) if seed is None else seed
    plan = AssignmentPlan.objects.create(
        call=phase.call, stage=phase.stage, seed=seed, digest=stated.digest,
        parameters=_parameters(stated), report={"state": "waiting"}, made_by=by,
    )  # fmt: skip
    take_step(
        Step.Act.PROPOSED, call=phase.call, by=by, stage=phase.stage, plan=plan.pk, seed=seed,
        digest=plan.digest,
    )  # fmt: skip
    return plan


@transaction.atomic
def compute_plan(
    *, plan: AssignmentPlan, by: Account | None, later: bool = False
) -> AssignmentPlan:
    """Solve the problem of a plan and let the independent checker confirm it. Who asked for it is told
    when it is done `later`, behind their back.

    What cannot be solved is told in the plan's report; nothing is raised for it.
    """
    plan = AssignmentPlan.objects.select_for_update().get(pk=plan.pk)
    if plan.report.get("state") == "done":
        return plan
    stated = problems.state(review_phase(plan.call, plan.stage))
    try:
        problem = stated.problem(plan.seed)
    except BadInput as error:
        plan.report = {"state": "failed", "error": str(error)}
    else:
        found = assign(problem).data()
        verdict = check(problem, found).data()
        plan.pairs = found.pop("pairs")
        found.pop("certificate", None)
        plan.report = {"state": "done", "verdict": verdict, **found}
        plan.digest = stated.digest
    plan.save(update_fields=["pairs", "report", "digest"])
    audit.record("call.plan_computed", plan.call, by=by, plan=plan.pk, state=plan.report["state"])
    if later and plan.made_by is not None:
        url = reverse("calls:assignment_plan", args=[plan.pk])
        tell(kind="calls.plan_ready", to=[plan.made_by], by=None, url=url, call=plan.call.title)
    return plan


@transaction.atomic
def propose_plan(*, phase: Phase, by: Account | None, seed: int | None = None) -> AssignmentPlan:
    """A plan, solved at once. For big calls begin it and let a job compute it."""
    return compute_plan(plan=begin_plan(phase=phase, by=by, seed=seed), by=by)


@transaction.atomic
def deploy_plan(*, plan: AssignmentPlan, by: Account | None) -> AssignmentPlan:
    """Put a plan in force; one that was in force before is undone by it.

    Raises BadInput when the plan is not ready, breaks a rule, was made of other data than stand now,
    or would take away a review that was sent.
    """
    plan, phase = _locked_plan(plan)
    _may_deploy(plan, phase)
    wanted = {(reviewer, submission) for reviewer, submission in plan.pairs}
    held = {(a.reviewer_id, a.submission_id): a for a in _in_force(phase)}
    _never_sent([a for pair, a in held.items() if pair not in wanted])
    _end([a for pair, a in held.items() if pair not in wanted], UNDONE)
    before = AssignmentPlan.objects.filter(
        call=plan.call, stage=plan.stage, deployed_at__isnull=False, undone_at=None
    )
    before.update(undone_at=timezone.now(), undone_by=by)
    kept = [a.pk for pair, a in held.items() if pair in wanted]
    Assignment.objects.filter(pk__in=kept).update(plan=plan)
    _begin(phase, wanted - held.keys(), plan)
    plan.deployed_at, plan.deployed_by = timezone.now(), by
    plan.save(update_fields=["deployed_at", "deployed_by"])
    take_step(
        Step.Act.DEPLOYED, call=plan.call, by=by, stage=plan.stage, plan=plan.pk, seed=plan.seed,
        digest=plan.digest, pairs=len(wanted),
    )  # fmt: skip
    tell_assigned(phase=phase, by=by)
    return plan


@transaction.atomic
def undo_plan(*, plan: AssignmentPlan, reason: str, by: Account | None) -> AssignmentPlan:
    """Take a plan out of force. Raises BadInput once a review was sent."""
    plan, phase = _locked_plan(plan)
    if plan.deployed_at is None or plan.undone_at is not None:
        raise BadInput(_("This plan is not in force."))
    reason = needed(reason)
    ended = _in_force(phase)
    _never_sent(ended)
    _end(ended, UNDONE)
    plan.undone_at, plan.undone_by = timezone.now(), by
    plan.save(update_fields=["undone_at", "undone_by"])
    take_step(Step.Act.UNDONE, call=plan.call, by=by, stage=plan.stage, reason=reason, plan=plan.pk)
    return plan


@transaction.atomic
def rule_pair(
    *, phase: Phase, reviewer: Reviewer, submission: Submission, forced: bool, reason: str,
    by: Account | None,
) -> PairRule:  # fmt: skip
    """Say by hand that a pair must be in every plan, or may be in none. Holds for plans from now on."""
    phase = locked_phase(phase)
    if reviewer.call_id != phase.call_id or submission.call_id != phase.call_id:
        raise BadInput(_("The submission belongs to another call."))
    conflict = Conflict.objects.filter(reviewer=reviewer, submission=submission, lifted_at=None)
    if forced and conflict.exists():
        raise BadInput(_("They have a conflict of interest; such a pair cannot be forced."))
    rule, _made = PairRule.objects.update_or_create(
        stage=phase.stage, reviewer=reviewer, submission=submission,
        defaults={"call": phase.call, "forced": forced, "reason": needed(reason)[:300], "by": by},
    )  # fmt: skip
    audit.record(
        "call.pair", phase.call, by=by, reviewer=reviewer.pk, submission=submission.pk,
        forced=forced,
    )  # fmt: skip
    return rule


@transaction.atomic
def drop_rule(*, rule: PairRule, by: Account | None) -> None:
    """Let a pair be settled by the plan again."""
    still_open(rule.call)
    audit.record(
        "call.pair_free", rule.call, by=by, reviewer=rule.reviewer_id, submission=rule.submission_id
    )
    rule.delete()


@transaction.atomic
def recuse_assignment(
    *, assignment: Assignment, kind: str, reason: str, by: Account | None, by_office: bool = False
) -> list[Assignment]:
    """A reviewer steps aside from a submission; it is given to somebody else at once, with as few
    other changes as can be. `kind` of a conflict pins it; empty, the pair is ruled out alone.

    Returns the assignments that are new. Raises BadInput without a reason or when the stage is over.
    """
    assignment = Assignment.objects.select_for_update(of=("self",)).select_related(
        "call__edition__definition", "reviewer__person", "submission"
    ).get(pk=assignment.pk)  # fmt: skip
    phase = locked_phase(assignment.call.phases.get(stage=assignment.stage))
    reason = needed(reason)[:300]
    if assignment.ended_at is not None:
        raise BadInput(_("This submission is not assigned to the reviewer any more."))
    if (
        phase.ended_at is not None
        and Review.objects.filter(assignment=assignment, sent_at__isnull=False).exists()
    ):
        raise BadInput(_("“%(stage)s” is over.") % {"stage": phase.definition.name})
    reviewer, submission = assignment.reviewer, assignment.submission
    before = problems.pairs_in_force(phase)
    source = Conflict.Source.OFFICE if by_office else Conflict.Source.REVIEWER
    if kind:
        declare_conflict(
            reviewer=reviewer, submission=submission, kind=kind, note=reason, by=by, source=source
        )
    else:
        rule_pair(phase=phase, reviewer=reviewer, submission=submission, forced=False,
                  reason=reason, by=by)  # fmt: skip
    _end([assignment], RECUSED, reason)
    new = _replanned(phase, before, (reviewer.pk, submission.pk))
    take_step(
        Step.Act.RECUSED, call=phase.call, by=by, stage=phase.stage, reason=reason,
        reviewer=reviewer.pk, about=submission.pk, kind=kind,
        instead=[[a.reviewer_id, a.submission_id] for a in new],
    )  # fmt: skip
    _tell_of_recusal(assignment, new, by)
    tell_assigned(phase=phase, by=by)
    return new


@transaction.atomic
def ask_extra_review(
    *, phase: Phase, submissions: Iterable[Submission], reason: str, by: Account | None
) -> list[Assignment]:
    """Ask one reviewer more for each submission, because its reviewers differ. Works after the end of
    the stage too. Raises BadInput where nobody is left who may review one of them.
    """
    phase = locked_phase(phase)
    reason = needed(reason)[:300]
    wanted = list(under_review(phase).filter(pk__in=[each.pk for each in submissions]))
    if not wanted:
        raise BadInput(_("Choose submissions that were reviewed at this stage."))
    before = problems.pairs_in_force(phase)
    for submission in wanted:
        ExtraReview.objects.create(
            call=phase.call, stage=phase.stage, submission=submission, reason=reason, by=by
        )
    new = _replanned(phase, before, None)
    served = {a.submission_id for a in new}
    if left := [each for each in wanted if each.pk not in served]:
        names = "、".join(each.audit_name for each in left[:5])
        raise BadInput(_("Nobody is left who may review: %(names)s") % {"names": names})
    take_step(
        Step.Act.EXTRA, call=phase.call, by=by, stage=phase.stage, reason=reason,
        about=[each.pk for each in wanted], pairs=[[a.reviewer_id, a.submission_id] for a in new],
    )  # fmt: skip
    return new


def _replanned(
    phase: Phase, before: list[tuple[int, int]], gone: tuple[int, int] | None
) -> list[Assignment]:
    """The assignments changed as little as can be, and those that are new."""
    stated = problems.state(phase)
    problem = stated.problem()
    if gone is not None and gone[0] in stated.reviewers and gone[1] in stated.submissions:
        plan = recuse(problem, before, gone[0], gone[1])
    else:
        plan = replan(problem, before)
    wanted = {(int(r), int(s)) for r, s in plan.pairs}
    held = {(a.reviewer_id, a.submission_id): a for a in _in_force(phase)}
    dropped = [
        a for pair, a in held.items() if pair not in wanted and pair[1] in stated.submissions
    ]
    _never_sent(dropped)
    _end(dropped, REPLANNED)
    plan_row = AssignmentPlan.objects.filter(
        call=phase.call, stage=phase.stage, deployed_at__isnull=False, undone_at=None
    ).first()
    return _begin(phase, wanted - held.keys(), plan_row)


def _begin(
    phase: Phase, pairs: Iterable[tuple[int, int]], plan: AssignmentPlan | None
) -> list[Assignment]:
    """New assignments, in an order by chance: their numbers tell nothing."""
    stated_units = problems.state(phase).units
    shuffled = sorted(pairs)
    random.SystemRandom().shuffle(shuffled)
    return Assignment.objects.bulk_create(
        [
            Assignment(
                call=phase.call, stage=phase.stage, reviewer_id=reviewer, submission_id=submission,
                organisation_id=stated_units.get(reviewer), plan=plan,
            )
            for reviewer, submission in shuffled
        ],
        batch_size=1000,
    )  # fmt: skip


def _end(assignments: list[Assignment], end: str, reason: str = "") -> None:
    numbers = [each.pk for each in assignments]
    Assignment.objects.filter(pk__in=numbers).update(
        ended_at=timezone.now(), end=end, reason=reason
    )


def _in_force(phase: Phase) -> list[Assignment]:
    found = Assignment.objects.in_force().filter(call=phase.call, stage=phase.stage)
    return list(found.select_for_update())


def _never_sent(assignments: list[Assignment]) -> None:
    numbers = [each.pk for each in assignments]
    sent = Review.objects.filter(assignment__in=numbers, sent_at__isnull=False).count()
    if sent:
        raise BadInput(_("%(n)s reviews were sent in already that this would take away; nothing was changed.")
                       % {"n": sent})  # fmt: skip


def _locked_plan(plan: AssignmentPlan) -> tuple[AssignmentPlan, Phase]:
    locked_call(plan.call)
    plan = (
        AssignmentPlan.objects.select_for_update(of=("self",))
        .select_related("call")
        .get(pk=plan.pk)
    )
    return plan, locked_phase(review_phase(plan.call, plan.stage))


def _may_deploy(plan: AssignmentPlan, phase: Phase) -> None:
    if plan.deployed_at is not None:
        raise BadInput(_("This plan was put in force before; propose a new one."))
    if phase.ended_at is not None:
        raise BadInput(_("“%(stage)s” is over.") % {"stage": phase.definition.name})
    if plan.report.get("state") != "done" or not plan.pairs:
        raise BadInput(_("This plan is not ready."))
    if not plan.report["verdict"]["holds"]:
        raise BadInput(_("The checker found that this plan breaks a rule; propose another one."))
    if problems.state(phase).digest != plan.digest:
        raise BadInput(
            _("Reviewers, submissions, conflicts or reviews have changed since this plan was made; "
              "propose a new one.")
        )  # fmt: skip


def _tell_of_recusal(assignment: Assignment, new: list[Assignment], by: Account | None) -> None:
    url = reverse("calls:assignment", args=[assignment.call_id])
    missing = not any(each.submission_id == assignment.submission_id for each in new)
    kind = "calls.recused_open" if missing else "calls.recused"
    tell_office(kind, assignment.call, by=by, url=url, reviewer=str(assignment.reviewer.person))


def _parameters(stated: problems.Stated) -> dict[str, Any]:
    """The problem without its people."""
    data = stated.data
    return {
        "reviews": data["reviews"], "load": data["load"],
        "per_organisation_cap": data["per_organisation_cap"],
        "submissions": len(stated.submissions), "reviewers": len(stated.reviewers),
        "conflicts": len(data["conflicts"]), "forced": data["forced"],
        "forbidden": data["forbidden"],
    }  # fmt: skip
