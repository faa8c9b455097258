"""Reviews: saved, sent, sealed until the stage ends; scores afterwards."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from sheke.calls.actions import reviews as actions
from sheke.calls.models import Assignment, Example, Review
from sheke.calls.reviewing import desk, scoring
from sheke.core.errors import BadInput
from sheke.notices.models import Notice
from tests import factories

from .looking import texts
from .test_assigning import SCORES, send
from .worlds import World, world

pytestmark = pytest.mark.django_db


def ready(**sizes: int) -> tuple[World, list[Assignment]]:
    made = world(**sizes)
    made.released()
    return made, made.deployed()


def save(made: World, assignment: Assignment, **changes: object) -> Review:
    given = {"scores": SCORES, "comment": "好", "private": "", "revision": 0} | changes
    by = made.account_of(assignment.reviewer)
    return actions.save_review(assignment=assignment, by=by, **given)  # type: ignore[arg-type]


def test_a_draft_keeps_scores_within_their_scale() -> None:
    made, (one, *_rest) = ready()
    review = save(
        made, one, scores={"topic": "80", "argument": "101", "x": "1", "groundwork": "nan"}
    )
    assert review.scores == {"topic": 80} and review.total is None


def test_two_windows_do_not_overwrite_each_other() -> None:
    made, (one, *_rest) = ready()
    save(made, one)
    with pytest.raises(actions.Moved):
        save(made, one, comment="另一窗口")
    save(made, one, comment="接着写", revision=1)
    assert Review.objects.get().comment == "接着写"


def test_sending_needs_every_score_and_the_comment() -> None:
    made, (one, *_rest) = ready()
    save(made, one, scores={"topic": "80"}, comment=" ")
    with pytest.raises(actions.Unready) as error:
        actions.send_review(assignment=one, by=made.account_of(one.reviewer))
    assert set(error.value.findings) == {"argument", "groundwork", "comment"}
    assert Review.objects.get().sent_at is None


def test_the_total_is_weighted_and_a_sent_review_is_changed_by_taking_it_back() -> None:
    made, (one, *_rest) = ready()
    review = send(made, one)
    assert float(review.total or 0) == pytest.approx((3 * 80 + 5 * 70 + 2 * 90) / 10)
    with pytest.raises(BadInput):
        save(made, one, revision=review.revision)
    back = actions.take_back_review(assignment=one, by=made.account_of(one.reviewer))
    save(made, one, scores=SCORES | {"topic": "0"}, revision=back.revision)
    again = actions.send_review(assignment=one, by=made.account_of(one.reviewer))
    assert float(again.total or 0) == pytest.approx((5 * 70 + 2 * 90) / 10)


def test_nothing_is_written_after_the_end() -> None:
    made, (one, two, *_rest) = ready()
    send(made, one)
    made.end()
    with pytest.raises(BadInput):
        actions.take_back_review(assignment=one, by=made.account_of(one.reviewer))
    with pytest.raises(BadInput):
        save(made, two)


def test_nobody_reads_scores_before_the_end() -> None:
    """The office, the leader, other reviewers, the applicants: over every page that may show one."""
    made, assignments = ready()
    for one in assignments:
        review = send(made, one, {"topic": "73.25", "argument": "61.75", "groundwork": "88.5"})
        Review.objects.filter(pk=review.pk).update(comment="独有的评语乙丙丁")
    others = [factories.account(made.city, role) for role in ("leader", "administrator")]
    applicants = [s.made_by for s in made.submissions]
    pages = [
        reverse(f"calls:{name}", args=[made.call.pk])
        for name in ("scores", "scores_export", "reviewing_progress", "assignment", "packets", "log",
                     "office", "submissions", "submissions_export", "reviewers_export")
    ]  # fmt: skip
    pages += [reverse("calls:submission", args=[s.pk]) for s in made.submissions]
    pages += [reverse("calls:standing", args=[s.pk]) for s in made.submissions]
    for who in [made.office, *others, *applicants, *made.accounts]:
        mine = [reverse("calls:review", args=[a.pk]) for a in assignments
                if made.account_of(a.reviewer) != who]  # fmt: skip
        for url, text in texts(who, [*pages, *mine]):
            for secret in ("73.25", "61.75", "独有的评语", "70.49"):
                assert secret not in text, (who, url, secret)
    with pytest.raises(scoring.NotYet):
        scoring.evaluation_of(made.phase)


def test_scores_after_the_end_by_all_methods_and_as_json() -> None:
    made, assignments = ready(submissions=5, reviewers=6)
    for number, one in enumerate(assignments):
        send(made, one, SCORES | {"argument": str(40 + 5 * number)})
    made.end()
    found = scoring.scores_json(made.phase, within=2)
    assert len(found["submissions"]) == 5
    first = found["submissions"][0]
    assert {"raw", "trimmed", "z", "bayes", "low", "high", "number", "title"} <= set(first)
    assert first["low"] < first["bayes"] < first["high"]


def test_comments_are_opened_without_names_after_the_end() -> None:
    made, assignments = ready()
    review = send(made, assignments[0])
    with pytest.raises(scoring.NotYet):
        actions.show_comments(phase=made.phase, reviews=[review], by=made.office)
    made.end()
    (shown,) = actions.show_comments(phase=made.phase, reviews=[review], by=made.office)
    submission = shown.assignment.submission
    notice = Notice.objects.get(kind="calls.comments")
    assert notice.account == submission.made_by
    assert shown.assignment.reviewer.person.name not in str(notice.data)
    assert actions.show_comments(phase=made.phase, reviews=[review], by=made.office) == []


def test_an_example_is_whole_or_not_there() -> None:
    made, _assignments = ready()
    say = {"call": made.call, "title": "样例", "text": "一段样例", "by": made.office}
    with pytest.raises(BadInput):
        actions.set_example(scores={"topic": "80"}, explanation="因为", **say)
    actions.set_example(scores=SCORES, explanation="选题清楚", **say)
    assert Example.objects.get().scores == {"topic": 80, "argument": 70, "groundwork": 90}
    actions.remove_example(call=made.call, by=made.office)
    assert not Example.objects.exists()


def test_the_queue_is_ones_own_and_waits_for_the_release_and_the_stage() -> None:
    made = world()
    assignments = made.deployed()
    account = made.account_of(assignments[0].reviewer)
    assert not desk.assignments_of(account).exists()
    made.released()
    mine = desk.assignments_of(account)
    assert mine.exists() and {a.reviewer.person for a in mine} == {account.person}
    made.call.phases.filter(stage="review").update(begun_at=None)
    assert not desk.assignments_of(account).exists()
    made.call.phases.filter(stage="review").update(begun_at=timezone.now())
    assert not desk.assignments_of(made.office).exists()
