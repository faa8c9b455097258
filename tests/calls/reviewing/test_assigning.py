"""Plans of assignment on the database: proposed, checked, put in force, undone; recusals."""

from __future__ import annotations

from collections import Counter

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from sheke.calls.actions import assigning as actions
from sheke.calls.actions.conflicts import declare_conflict
from sheke.calls.actions.reviews import save_review, send_review
from sheke.calls.models import Assignment, AssignmentPlan, Conflict, PairRule, Review, Step
from sheke.calls.reviewing import problems
from sheke.core.errors import BadInput
from sheke.notices.models import Notice
from tests import factories

from .worlds import World, add_reviewer, world

pytestmark = pytest.mark.django_db
SCORES = {"topic": "80", "argument": "70", "groundwork": "90"}


def send(made: World, assignment: Assignment, scores: dict[str, str] | None = None) -> Review:
    by = made.account_of(assignment.reviewer)
    save_review(
        assignment=assignment,
        scores=scores or SCORES,
        comment="论证充分",
        private="",
        revision=0,
        by=by,
    )
    return send_review(assignment=assignment, by=by)


def test_a_plan_is_confirmed_by_the_checker_and_repeatable() -> None:
    made = world(submissions=6, reviewers=8)
    first = actions.propose_plan(phase=made.phase, by=made.office, seed=7)
    again = actions.propose_plan(phase=made.phase, by=made.office, seed=7)
    assert first.report["verdict"]["holds"] and first.report["missing"] == 0
    assert (first.digest, first.pairs) == (again.digest, again.pairs)
    assert Counter(s for _r, s in first.pairs) == {s.pk: 2 for s in made.submissions}
    assert [s.data["seed"] for s in Step.objects.filter(act="proposed")] == [7, 7]
    assert not Assignment.objects.exists()


def test_who_asked_for_a_plan_that_is_computed_later_is_told() -> None:
    made = world()
    plan = actions.begin_plan(phase=made.phase, by=made.office)
    actions.compute_plan(plan=plan, by=made.office, later=True)
    notice = Notice.objects.get(kind="calls.plan_ready")
    assert (notice.account, notice.url) == (made.office, f"/calls/plans/{plan.pk}/")


def test_a_discipline_and_words_decide() -> None:
    made = world(submissions=2, reviewers=3, reviews=1)
    first, second = made.submissions
    first.title, second.title = "水利史研究", "数字金融监管"
    first.save()
    second.save()
    for reviewer, words in zip(made.reviewers, (["水利史"], ["数字金融"], ["考古"]), strict=True):
        reviewer.words, reviewer.disciplines = words, []
        reviewer.save()
    plan = actions.propose_plan(phase=made.phase, by=made.office, seed=1)
    assert {tuple(pair) for pair in plan.pairs} == {
        (made.reviewers[0].pk, first.pk), (made.reviewers[1].pk, second.pk),
    }  # fmt: skip


def test_deploying_tells_reviewers_and_replaces_the_plan_before() -> None:
    made = world()
    made.released()
    first = actions.propose_plan(phase=made.phase, by=made.office, seed=1)
    actions.deploy_plan(plan=first, by=made.office)
    assert Notice.objects.filter(kind="calls.to_review").count() > 0
    second = actions.propose_plan(phase=made.phase, by=made.office, seed=99)
    actions.deploy_plan(plan=second, by=made.office)
    in_force = problems.pairs_in_force(made.phase)
    assert sorted(in_force) == sorted(tuple(pair) for pair in second.pairs)
    first.refresh_from_db()
    assert first.undone_at is not None
    assert AssignmentPlan.objects.filter(deployed_at__isnull=False, undone_at=None).get() == second
    with pytest.raises(BadInput):
        actions.deploy_plan(plan=first, by=made.office)


def test_a_plan_of_other_data_is_out_of_date() -> None:
    made = world()
    plan = actions.propose_plan(phase=made.phase, by=made.office, seed=1)
    declare_conflict(
        reviewer=made.reviewers[0], submission=made.submissions[0], kind="other", note="", by=None
    )
    with pytest.raises(BadInput):
        actions.deploy_plan(plan=plan, by=made.office)


def test_undoing_stops_at_the_first_review_that_was_sent() -> None:
    made = world()
    made.released()
    assignment = made.deployed()[0]
    plan = AssignmentPlan.objects.get()
    send(made, assignment)
    with pytest.raises(BadInput):
        actions.undo_plan(plan=plan, reason="重来", by=made.office)
    assert Assignment.objects.in_force().count() == 8
    later = actions.propose_plan(phase=made.phase, by=made.office, seed=5)
    pair = [assignment.reviewer_id, assignment.submission_id]
    assert pair in later.pairs  # what was sent stays in every plan
    actions.deploy_plan(plan=later, by=made.office)
    assignment.refresh_from_db()
    assert assignment.ended_at is None and assignment.plan == later


def test_undoing_frees_everybody() -> None:
    made = world()
    made.deployed()
    actions.undo_plan(plan=AssignmentPlan.objects.get(), reason="名单有误", by=made.office)
    assert not Assignment.objects.in_force().exists()
    assert Step.objects.get(act="undone").reason == "名单有误"


def test_pairs_by_hand_hold_and_conflicts_cannot_be_forced() -> None:
    made = world(reviews=1)
    must, never = made.reviewers[0], made.reviewers[1]
    about = made.submissions[0]
    say = {"phase": made.phase, "submission": about, "reason": "专长", "by": made.office}
    actions.rule_pair(reviewer=must, forced=True, **say)
    actions.rule_pair(reviewer=never, forced=False, **say)
    plan = actions.propose_plan(phase=made.phase, by=made.office, seed=3)
    assert [must.pk, about.pk] in plan.pairs and [never.pk, about.pk] not in plan.pairs
    declare_conflict(reviewer=never, submission=about, kind="family", note="", by=made.office)
    with pytest.raises(BadInput):
        actions.rule_pair(reviewer=never, forced=True, **say)
    actions.drop_rule(rule=PairRule.objects.get(forced=True), by=made.office)
    assert PairRule.objects.count() == 1


def test_what_blocks_a_plan_is_named() -> None:
    made = world(submissions=2, reviewers=1, reviews=2)
    add_reviewer(made, made.units[0])
    plan = actions.propose_plan(phase=made.phase, by=made.office, seed=1)
    blocking = plan.report["infeasible"]
    assert plan.report["missing"] == 1
    assert [each["submission"] for each in blocking] == [made.submissions[0].pk]
    assert blocking[0]["organisations"] == [made.units[0].pk]


def test_a_recusal_is_planned_anew_with_one_change() -> None:
    made = world(submissions=6, reviewers=9)
    made.released()
    assignments = made.deployed()
    before = set(problems.pairs_in_force(made.phase))
    gone = assignments[0]
    new = actions.recuse_assignment(
        assignment=gone,
        kind="teacher",
        reason="申请人似为本人学生",
        by=made.account_of(gone.reviewer),
    )
    after = set(problems.pairs_in_force(made.phase))
    assert len(new) == 1 and len(before - after) == 1
    assert new[0].submission_id == gone.submission_id
    conflict = Conflict.objects.get()
    assert (conflict.kind, conflict.source) == ("teacher", "reviewer")
    gone.refresh_from_db()
    assert (gone.end, gone.reason) == ("recused", "申请人似为本人学生")
    assert Step.objects.get(act="recused").submission is None  # applicants read their own log
    assert Notice.objects.filter(kind="calls.recused", account=made.office).exists()


def test_a_recusal_without_anybody_left_tells_the_office() -> None:
    made = world(submissions=1, reviewers=1, reviews=1)
    (gone,) = made.deployed()
    new = actions.recuse_assignment(assignment=gone, kind="", reason="不熟悉", by=made.accounts[0])
    assert new == [] and Notice.objects.filter(kind="calls.recused_open").exists()
    assert PairRule.objects.get().forced is False


def test_one_reviewer_more_also_after_the_end() -> None:
    made = world(submissions=2, reviewers=6)
    made.released()
    for assignment in made.deployed():
        send(made, assignment)
    made.end()
    (new,) = actions.ask_extra_review(
        phase=made.phase, submissions=[made.submissions[0]], reason="分歧过大", by=made.office
    )
    assert new.submission == made.submissions[0]
    send(made, new)
    assert Review.objects.filter(sent_at__isnull=False).count() == 5
    assert Step.objects.get(act="extra").reason == "分歧过大"


def test_one_reviewer_more_where_nobody_is_left_changes_nothing() -> None:
    made = world(submissions=1, reviewers=2)
    made.deployed()
    with pytest.raises(BadInput):
        actions.ask_extra_review(
            phase=made.phase, submissions=made.submissions, reason="分歧", by=made.office
        )
    assert Assignment.objects.in_force().count() == 2


def test_the_database_allows_one_reviewer_of_a_unit() -> None:
    made = world(submissions=1, reviewers=1)
    (one,) = made.deployed() if made.phase.definition.reviews == 1 else made.deployed()[:1]
    colleague = add_reviewer(made, factories.organisation(made.reviewers[0].organisation))
    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.create(
            call=made.call, stage="review", submission=one.submission, reviewer=colleague,
            organisation=one.organisation,
        )  # fmt: skip


def test_the_checker_finds_what_a_later_conflict_breaks() -> None:
    made = world()
    assignment = made.deployed()[0]
    stated = problems.state(made.phase)
    assert problems.verdict_on(stated, problems.pairs_in_force(made.phase))["holds"]
    declare_conflict(
        reviewer=assignment.reviewer,
        submission=assignment.submission,
        kind="family",
        note="",
        by=None,
    )
    verdict = problems.verdict_on(problems.state(made.phase), problems.pairs_in_force(made.phase))
    assert not verdict["holds"]


def test_nobody_plans_a_stage_that_is_over_or_empty() -> None:
    made = world(reviewers=0)
    with pytest.raises(BadInput):
        actions.propose_plan(phase=made.phase, by=made.office)
    made.call.phases.filter(stage="review").update(ended_at=timezone.now())
    with pytest.raises(BadInput):
        actions.propose_plan(phase=made.phase, by=made.office)
