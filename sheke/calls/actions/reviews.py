"""Verbs of reviewing: save, send, take back; the example; comments opened to applicants."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.core import audit
from sheke.core.errors import BadInput
from sheke.definitions.programmes import Rubric
from sheke.directory.models import Account

from ..guarding import locked_call, still_open
from ..models import Assignment, Call, Example, Packet, Phase, Review, Step
from ..reviewing.desk import is_writable, phase_of
from ..reviewing.scoring import NotYet, missing, total_of
from ..steps import take_step
from ..telling import tell_writers

MOST_TEXT = 20_000


class Moved(BadInput):
    """Another window saved the review meanwhile."""


class Unready(BadInput):
    """The review lacks something; `findings` say what at which field."""

    def __init__(self, findings: dict[str, str]) -> None:
        self.findings = findings
        super().__init__(" ".join(findings.values()))


@transaction.atomic
def save_review(
    *, assignment: Assignment, scores: Mapping[str, str], comment: str, private: str, revision: int,
    by: Account | None,
) -> Review:  # fmt: skip
    """Keep what was written so far; `revision` is that of the draft it was read from, 0 for none.

    What is no score within its scale is left out. Raises Moved when another window was faster.
    """
    assignment = _locked(assignment)
    review = Review.objects.filter(assignment=assignment).first()
    if (review.revision if review else 0) != revision:
        raise Moved(_("This review was changed in another window."))
    if review is None:
        review = Review(assignment=assignment)
        audit.record("review.draft", assignment.call, by=by, assignment=assignment.pk)
    if review.sent_at is not None:
        raise BadInput(_("The review is sent; take it back to change it."))
    review.scores = _clean(_rubric(assignment), scores)
    review.comment, review.private = comment.strip()[:MOST_TEXT], private.strip()[:MOST_TEXT]
    review.revision += 1
    review.save()
    return review


@transaction.atomic
def send_review(*, assignment: Assignment, by: Account | None) -> Review:
    """Send the review in. Raises Unready where a score or the comment is missing."""
    assignment = _locked(assignment)
    review = Review.objects.filter(assignment=assignment).first()
    if review is None:
        raise BadInput(_("Nothing is written yet."))
    if review.sent_at is not None:
        return review
    rubric = _rubric(assignment)
    if findings := missing(rubric, review.scores, review.comment):
        raise Unready(findings)
    review.total, review.sent_at = total_of(rubric, review.scores), timezone.now()
    review.revision += 1
    review.save()
    # The submission's own log is read by its applicants: who reviews it stands in the call's.
    take_step(
        Step.Act.REVIEWED, call=assignment.call, by=by, stage=assignment.stage,
        assignment=assignment.pk,
    )  # fmt: skip
    return review


@transaction.atomic
def take_back_review(*, assignment: Assignment, by: Account | None) -> Review:
    """Make a sent review a draft again, as long as the stage runs."""
    assignment = _locked(assignment)
    review = Review.objects.filter(assignment=assignment).exclude(sent_at=None).first()
    if review is None:
        raise BadInput(_("Nothing was sent."))
    review.sent_at = None
    review.revision += 1
    review.save()
    audit.record("review.take_back", assignment.call, by=by, assignment=assignment.pk)
    return review


@transaction.atomic
def set_example(
    *, call: Call, title: str, text: str, scores: Mapping[str, str], explanation: str,
    by: Account | None,
) -> Example:  # fmt: skip
    """The sample that reviewers measure by, with its score explained. Raises BadInput where it lacks one."""
    call = locked_call(call)
    still_open(call)
    rubric = call.programme.rubric
    clean = _clean(rubric, scores) if rubric else {}
    if not (title.strip() and text.strip() and explanation.strip()):
        raise BadInput(_("An example needs a title, a text and an explanation."))
    if rubric and len(clean) < len(rubric.criteria):
        raise BadInput(_("Score every criterion of the example within its scale."))
    example, _made = Example.objects.update_or_create(
        call=call, defaults={
            "title": " ".join(title.split())[:200], "text": text.strip()[:MOST_TEXT],
            "scores": clean, "explanation": explanation.strip()[:MOST_TEXT], "changed_by": by,
        },
    )  # fmt: skip
    audit.record("call.example", call, by=by)
    return example


@transaction.atomic
def remove_example(*, call: Call, by: Account | None) -> None:
    """Take the example away."""
    still_open(call)
    Example.objects.filter(call=call).delete()
    audit.record("call.example_remove", call, by=by)


@transaction.atomic
def show_comments(*, phase: Phase, reviews: Iterable[Review], by: Account | None) -> list[Review]:
    """Open comments to the applicants, without the reviewers' names. Raises NotYet before the end."""
    call = locked_call(phase.call)
    if phase.ended_at is None:
        raise NotYet(
            _("Comments are opened when “%(stage)s” is over.") % {"stage": phase.definition.name}
        )
    found = Review.objects.select_for_update(of=("self",)).filter(
        pk__in=[each.pk for each in reviews], sent_at__isnull=False, shown_at=None,
        assignment__call=call, assignment__stage=phase.stage, assignment__ended_at=None,
    ).exclude(comment="")  # fmt: skip
    shown = list(
        found.select_related(
            "assignment__submission__call", "assignment__submission__edition__definition"
        )
    )
    now = timezone.now()
    Review.objects.filter(pk__in=[each.pk for each in shown]).update(shown_at=now)
    told = set()
    for review in shown:
        submission = review.assignment.submission
        if submission.pk not in told:
            told.add(submission.pk)
            tell_writers("calls.comments", submission, by=by)
    if shown:
        audit.record("call.comments", call, by=by, stage=phase.stage, reviews=len(shown))
    return shown


def _clean(rubric: Rubric, scores: Mapping[str, Any]) -> dict[str, float]:
    found = {}
    for each in rubric.criteria:
        try:
            value = float(str(scores.get(each.key, "")).strip())
        except ValueError:
            continue
        if math.isfinite(value) and each.least <= value <= each.most:
            found[each.key] = int(value) if value.is_integer() else round(value, 2)
    return found


def _rubric(assignment: Assignment) -> Rubric:
    rubric = assignment.call.programme.rubric
    if rubric is None:
        raise BadInput(_("The programme has no rubric."))
    return rubric


def _locked(assignment: Assignment) -> Assignment:
    """The assignment as it is now. Raises BadInput when nothing may be written."""
    found = Assignment.objects.select_for_update(of=("self",)).select_related(
        "call__edition__definition", "call__closure"
    )
    assignment = found.get(pk=assignment.pk)
    released = Packet.objects.filter(
        submission=assignment.submission_id, released_at__isnull=False
    ).exists()
    if assignment.ended_at is not None or not released:
        raise BadInput(_("This submission is not yours to review any more."))
    phase = phase_of(assignment)
    assignment.review = Review.objects.filter(assignment=assignment).first()
    if not is_writable(assignment, phase):
        raise BadInput(_("“%(stage)s” is over.") % {"stage": phase.definition.name})
    return assignment
