"""Verbs of organisations: recommend within the quota, rank, take back, hand back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.core import audit
from sheke.core.errors import BadInput
from sheke.directory.models import Account, Organisation

from ..guarding import limits, locked_call, still_open
from ..models import Call, Seat, Step, Submission
from ..steps import locked, running_phase, take_step
from ..telling import tell_writers
from .checks import correction


@transaction.atomic
def recommend(*, submission: Submission, by: Account | None, reason: str = "") -> Seat:
    """Give the submission the organisation's next free place. Raises BadInput when none is left."""
    submission = _recommendable(submission)
    if Seat.objects.filter(submission=submission).exists():
        raise BadInput(_("It is recommended already."))
    seat = _free_seat(submission)
    seat.submission, seat.reason = submission, " ".join(reason.split())[:500]
    seat.taken_at, seat.taken_by = timezone.now(), by
    seat.save()
    take_step(
        Step.Act.RECOMMENDED, call=submission.call, submission=submission, by=by,
        reason=seat.reason, rank=seat.rank,
    )  # fmt: skip
    tell_writers("calls.recommended", submission, by=by)
    return seat


@transaction.atomic
def take_back(*, submission: Submission, by: Account | None, reason: str = "") -> None:
    """Free the submission's place again; those behind it move up."""
    submission = _recommendable(submission)
    seats = _seats(submission.call, submission.organisation)
    left = [s for s in seats if s.submission_id and s.submission_id != submission.pk]
    if len(left) == len([s for s in seats if s.submission_id]):
        raise BadInput(_("It is not recommended."))
    _seat_in_order(seats, left)
    take_step(
        Step.Act.UNRECOMMENDED, call=submission.call, submission=submission, by=by,
        reason=" ".join(reason.split())[:500],
    )  # fmt: skip


@transaction.atomic
def rank(
    *, call: Call, organisation: Organisation, order: Sequence[int], by: Account | None
) -> list[Seat]:
    """Put the organisation's recommended submissions (primary keys) in this order, the first first.

    Raises BadInput unless `order` holds just those that are recommended.
    """
    call = locked_call(call)
    still_open(call)
    stage = _stage(call)
    running_phase(call, stage)
    seats = _seats(call, organisation)
    held = {s.submission_id: s for s in seats if s.submission_id}
    if sorted(order) != sorted(held):
        raise BadInput(_("The list has changed meanwhile; look at it again."))
    before = [s.submission_id for s in seats if s.submission_id]
    if list(order) == before:
        return seats
    changed = _seat_in_order(seats, [held[pk] for pk in order])
    numbers = dict(Submission.objects.filter(pk__in=order).values_list("pk", "number"))
    audit.record(
        "call.rank", call, by=by, organisation=organisation.code,
        order=[numbers[pk] for pk in order],
    )  # fmt: skip
    return changed


@transaction.atomic
def hand_back(
    *, submission: Submission, reason: str, by: Account | None, due_on: date | None = None,
    fields: Mapping[str, str] | None = None,
) -> Step:  # fmt: skip
    """Give the submission back to its applicant before it is recommended; says what to correct."""
    submission = _recommendable(submission)
    if Seat.objects.filter(submission=submission).exists():
        raise BadInput(_("It is recommended; take that back first."))
    return correction(submission=submission, reason=reason, fields=fields, due_on=due_on, by=by)


def _recommendable(submission: Submission) -> Submission:
    """The submission locked, at the stage of recommending, which runs. Raises BadInput."""
    call = locked_call(submission.call)  # one after the other: places are counted
    still_open(call)
    submission = locked(submission)
    stage = _stage(call)
    if submission.organisation_id is None:
        raise BadInput(_("It was sent in without an organisation."))
    if submission.stage != stage or submission.state != Submission.State.IN:
        raise BadInput(_("It does not stand at the organisation's stage."))
    running_phase(call, stage)
    return submission


def _stage(call: Call) -> str:
    stages = call.programme.stages_of("recommend")
    if not stages:
        raise BadInput(_("This call has no stage in which organisations recommend."))
    return stages[0].key


def _seats(call: Call, organisation: Organisation | None) -> list[Seat]:
    found = Seat.objects.select_for_update().filter(call=call, organisation=organisation)
    return list(found.order_by("rank"))


def _free_seat(submission: Submission) -> Seat:
    """The first free place. Where the call limits nobody, one is added."""
    call, organisation = submission.call, submission.organisation
    if organisation is None:
        raise BadInput(_("It was sent in without an organisation."))
    seats = _seats(call, organisation)
    for seat in seats:
        if seat.submission_id is None:
            return seat
    if not limits(call):
        return Seat(call=call, organisation=organisation, rank=len(seats) + 1, added=True)
    if not seats:
        raise BadInput(
            _("%(organisation)s has no places in this call.") % {"organisation": organisation.label}
        )
    raise BadInput(
        _("All %(n)s places are taken; take a recommendation back first.") % {"n": len(seats)}
    )


def _seat_in_order(seats: list[Seat], taken: list[Seat]) -> list[Seat]:
    """Let the places hold what `taken` held, in its order; the rest become free."""
    contents = [(s.submission_id, s.reason, s.taken_at, s.taken_by_id) for s in taken]
    Seat.objects.filter(pk__in=[seat.pk for seat in seats]).update(submission=None)
    for seat, held in zip(seats, [*contents, *[(None, "", None, None)] * len(seats)], strict=False):
        seat.submission_id, seat.reason, seat.taken_at, seat.taken_by_id = held
        seat.save()
    return seats
