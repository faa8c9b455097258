"""Named reads of meetings: the list, decisions with the state of their duties."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Prefetch, Q

from sheke.directory.models import Account
from sheke.plans.duties import DutyRow, Standing, duty_rows
from sheke.plans.models import Duty

from .models import AgendaItem, Approval, Decision, Meeting, MeetingQuerySet, Paper


def listed(meetings: MeetingQuerySet) -> MeetingQuerySet:
    """With what a row of the list shows."""
    points = Count("agenda", distinct=True)
    approved = Exists(Approval.objects.filter(meeting=OuterRef("pk")))
    return (
        meetings.select_related("organisation")
        .annotate(points=points, decided=Count("decisions", distinct=True), approved=approved)
        .order_by("-starts_at", "-id")
    )


def found(meetings: MeetingQuerySet, text: str) -> MeetingQuerySet:
    """Those in whose title, place, agenda, minutes or decisions every word of `text` stands."""
    for word in text.split():
        points = AgendaItem.objects.filter(Q(title__icontains=word) | Q(minutes__icontains=word))
        decisions = Decision.objects.filter(text__icontains=word)
        meetings = meetings.filter(
            Q(title__icontains=word) | Q(place__icontains=word) | Q(note__icontains=word)
            | Q(pk__in=points.values("meeting_id")) | Q(pk__in=decisions.values("meeting_id"))
        )  # fmt: skip
    return meetings


@dataclass
class DecisionRow:
    """A decision with the state of its duties."""

    decision: Decision
    duties: list[DutyRow]

    @property
    def done(self) -> bool:
        """By a person's word, or since all its duties are done."""
        settled = getattr(self.decision, "settlement", None) is not None
        return settled or (bool(self.duties) and all(row.done for row in self.duties))

    @property
    def blocked(self) -> bool:
        return any(row.standing == Standing.BLOCKED for row in self.duties)

    @property
    def due(self) -> date | None:
        return min((row.due for row in self.duties if row.due and not row.done), default=None)

    @property
    def late(self) -> bool:
        return any(row.days_late and not row.done for row in self.duties)


def decision_rows(decisions: list[Decision], today: date) -> list[DecisionRow]:
    """With their duties' state; a fixed number of queries, one statement for each target."""
    links = [(one, link.duty_id) for one in decisions for link in one.links.all()]
    rows = duty_rows(Duty.objects.filter(pk__in={duty for _one, duty in links}), today)
    by_duty = {row.duty.pk: row for row in rows}
    return [
        DecisionRow(one, [by_duty[link.duty_id] for link in one.links.all()]) for one in decisions
    ]


def decisions_of(meeting: Meeting) -> list[Decision]:
    """Of one meeting, in order, with what a row shows."""
    return list(meeting.decisions.select_related("settlement", "item").prefetch_related("links"))


def followed(account: Account) -> list[Decision]:
    """All decisions of meetings that the account sees, the latest meeting first."""
    meetings = Meeting.objects.visible_to(account).order_by().values("pk")
    return list(
        Decision.objects.filter(meeting__in=meetings)
        .select_related("meeting__organisation", "settlement")
        .prefetch_related("links")
        .order_by("-meeting__starts_at", "meeting", "number")
    )


def agenda_of(meeting: Meeting) -> list[AgendaItem]:
    """In order, with papers that were not withdrawn."""
    papers = Paper.objects.filter(withdrawn_at=None).select_related("stored")
    return list(
        meeting.agenda.select_related("item", "written_by__person").prefetch_related(
            Prefetch("papers", queryset=papers, to_attr="standing_papers")
        )
    )
