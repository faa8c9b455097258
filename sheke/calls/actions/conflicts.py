"""Verbs: find conflicts of interest and pin them, declare one, lift one with a reason."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.core import audit
from sheke.core.errors import BadInput
from sheke.directory.models import Account

from ..guarding import locked_call, needed, still_open
from ..models import Call, Conflict, Reviewer, Step, Submission
from ..reviewing.finding import find_conflicts
from ..reviewing.standing import coming
from ..reviewing.units import unit_of
from ..steps import take_step


@transaction.atomic
def pin_conflicts(
    *, call: Call, by: Account | None, reviewers: Collection[Reviewer] | None = None
) -> int:
    """Find the conflicts that the records show and keep them. Returns how many are new.

    Found again or not, what is pinned stays; what was lifted stays lifted.
    """
    call = locked_call(call)
    if reviewers is None:
        reviewers = call.reviewers.select_related("person", "organisation")
    submissions = list(coming(call).select_related("organisation", "call"))
    held = set(call.conflicts.values_list("reviewer_id", "submission_id", "kind"))
    new = [
        Conflict(
            call=call, reviewer_id=each.reviewer, submission_id=each.submission, kind=each.kind,
            source=Conflict.Source.FOUND, note=each.note, by=by,
        )
        for each in find_conflicts(list(reviewers), submissions)
        if (each.reviewer, each.submission, each.kind) not in held
    ]  # fmt: skip
    Conflict.objects.bulk_create(new, batch_size=1000)
    if new:
        audit.record("call.conflicts", call, by=by, found=len(new))
    return len(new)


@transaction.atomic
def declare_conflict(
    *, reviewer: Reviewer, submission: Submission, kind: str, note: str, by: Account | None,
    source: str = Conflict.Source.OFFICE,
) -> Conflict:  # fmt: skip
    """Say that the reviewer must not see the submission. One that was lifted stands again."""
    still_open(reviewer.call)
    if kind not in Conflict.Kind.values:
        raise BadInput(_("Choose what kind of conflict it is."))
    if submission.call_id != reviewer.call_id:
        raise BadInput(_("The submission belongs to another call."))
    conflict, made = Conflict.objects.get_or_create(
        reviewer=reviewer, submission=submission, kind=kind,
        defaults={"call": reviewer.call, "source": source, "note": note[:300], "by": by},
    )  # fmt: skip
    if not made and conflict.lifted_at is not None:
        conflict.lifted_at = conflict.lifted_by = None
        conflict.source, conflict.note = source, note[:300]
        conflict.save()
    audit.record(
        "call.conflict", reviewer.call, by=by, reviewer=reviewer.pk, submission=submission.pk,
        kind=kind, source=source,
    )  # fmt: skip
    return conflict


@transaction.atomic
def lift_conflict(*, conflict: Conflict, reason: str, by: Account | None) -> Conflict:
    """Let the reviewer see the submission after all, with a reason for the log.

    Who takes part in it never may, nor who works at the same unit today.
    """
    conflict = Conflict.objects.select_for_update(of=("self",)).select_related(
        "call", "reviewer__organisation", "submission__organisation"
    ).get(pk=conflict.pk)  # fmt: skip
    still_open(conflict.call)
    reason = needed(reason)
    if conflict.lifted_at is not None:
        raise BadInput(_("This conflict was lifted already."))
    if conflict.kind == Conflict.Kind.SELF:
        raise BadInput(_("Nobody reviews what they take part in."))
    mine, theirs = (
        unit_of(conflict.reviewer.organisation),
        unit_of(conflict.submission.organisation),
    )
    if conflict.kind == Conflict.Kind.EMPLOYER and mine is not None and mine == theirs:
        raise BadInput(_("They work at the same unit today; nobody reviews for their own unit."))
    conflict.lifted_at, conflict.lifted_by = timezone.now(), by
    conflict.save(update_fields=["lifted_at", "lifted_by"])
    take_step(
        Step.Act.LIFTED, call=conflict.call, by=by, reason=reason, conflict=conflict.pk,
        reviewer=conflict.reviewer_id, about=conflict.submission_id, kind=conflict.kind,
    )  # fmt: skip
    return conflict
