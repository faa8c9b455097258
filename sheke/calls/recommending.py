"""What an organisation has in a call: its places, what it recommended, what waits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from sheke.directory.models import Organisation

from .models import Call, Seat, Submission


@dataclass(frozen=True)
class Desk:
    """One organisation in one call."""

    organisation: Organisation
    seats: list[Seat]
    waiting: list[Submission]  # at the stage of recommending, without a place
    others: list[Submission]  # elsewhere on their way, or over

    @property
    def taken(self) -> list[Seat]:
        return [seat for seat in self.seats if seat.submission_id is not None]

    @property
    def free(self) -> int:
        return len(self.seats) - len(self.taken)


def taking_part(call: Call, organisations: QuerySet[Organisation]) -> QuerySet[Organisation]:
    """Those of the organisations that have places or submissions in the call, by path."""
    seats = Seat.objects.filter(call=call, organisation=OuterRef("pk"))
    sent = Submission.objects.sent_in().filter(call=call, organisation=OuterRef("pk"))
    return organisations.filter(Exists(seats) | Exists(sent)).order_by("path")


def desks_of(call: Call, organisations: Iterable[Organisation]) -> list[Desk]:
    """What each of them has, in their order. Two queries."""
    there = list(organisations)
    here = [one.pk for one in there]
    seats: dict[int, list[Seat]] = {}
    found = (
        call.seats.filter(organisation__in=here)
        .select_related("submission", "taken_by__person")
        .defer("submission__values")
    )
    for seat in found.order_by("organisation__path", "rank"):
        seats.setdefault(seat.organisation_id, []).append(seat)
    sent: dict[int, list[Submission]] = {}
    rows = Submission.objects.sent_in().filter(call=call, organisation__in=here)
    for submission in rows.select_related("seat").defer("values").order_by("number"):
        sent.setdefault(submission.organisation_id or 0, []).append(submission)
    return [_desk(call, o, seats.get(o.pk, []), sent.get(o.pk, [])) for o in there]


def _desk(
    call: Call, organisation: Organisation, seats: list[Seat], sent: list[Submission]
) -> Desk:
    stages = {stage.key for stage in call.programme.stages_of("recommend")}
    waiting: list[Submission] = []
    others: list[Submission] = []
    for each in sent:
        if not hasattr(each, "seat"):
            waits = each.stage in stages and each.state == Submission.State.IN
            (waiting if waits else others).append(each)
    return Desk(organisation, seats, waiting, others)
