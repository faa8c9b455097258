"""Who belongs to a meeting by their tenure."""

from __future__ import annotations

from datetime import date

from django.db.models import Case, IntegerField, Q, Value, When

from sheke.directory.models import Tenure

from .models import Meeting

_LED = Q(role=Tenure.Role.LEADER)
_SEATS = {
    Meeting.Kind.ASSEMBLY: Q(),
    Meeting.Kind.COUNCIL: _LED | Q(role=Tenure.Role.SECRETARY) | Q(post__contains="理事"),
    Meeting.Kind.STANDING: _LED | Q(role=Tenure.Role.SECRETARY) | Q(post__contains="常务"),
    Meeting.Kind.LEADERS: _LED,
}


def board_of(meeting: Meeting, day: date) -> list[Tenure]:
    """The tenures of the organisation that give a seat on `day`, leaders first, one for a person.

    General assembly: all; council and standing committee: leaders, secretary, and whose post says
    so; leaders' meeting: leaders; the others: whoever acts for the organisation.
    """
    seat = _SEATS.get(Meeting.Kind(meeting.kind), Q(role__in=Tenure.ACTING))
    rank = Case(
        When(role=Tenure.Role.LEADER, post__contains="副", then=Value(1)),
        When(role=Tenure.Role.LEADER, then=Value(0)),
        When(role=Tenure.Role.SECRETARY, then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )  # fmt: skip
    tenures = Tenure.objects.at(day).filter(seat, organisation=meeting.organisation)
    found = tenures.select_related("person").order_by(rank, "since", "id")
    return list({tenure.person_id: tenure for tenure in reversed(found)}.values())[::-1]
