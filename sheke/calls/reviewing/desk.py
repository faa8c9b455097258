"""What a reviewer sees: their invitations, their queue, a packet. Nothing of a submission beside."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from sheke.definitions.programmes import Field
from sheke.directory.models import Account

from ..models import Assignment, PacketFile, Phase, Review, Reviewer
from ..values import shown
from .packing import WITHHELD, shown_fields


def assignments_of(account: Account) -> QuerySet[Assignment]:
    """What the account is to review or has reviewed: in force, invitation accepted, packet released,
    stage begun.
    """
    if account.person_id is None or not account.is_active:
        return Assignment.objects.none()
    begun = Phase.objects.filter(
        call=OuterRef("call"), stage=OuterRef("stage"), begun_at__isnull=False
    )
    mine = Assignment.objects.in_force().filter(
        Exists(begun), reviewer__person=account.person_id, reviewer__accepted=True,
        submission__blind__released_at__isnull=False,
    )  # fmt: skip
    return mine.select_related(
        "call__edition__definition", "call__organisation", "submission__blind", "reviewer", "review"
    )


def invitations_of(account: Account) -> QuerySet[Reviewer]:
    """The calls in which the account's person was asked to review."""
    if account.person_id is None or not account.is_active:
        return Reviewer.objects.none()
    found = Reviewer.objects.filter(person=account.person_id, invited_at__isnull=False)
    return found.select_related("call__edition__definition", "call__organisation")


def phase_of(assignment: Assignment) -> Phase:
    phase = Phase.objects.get(call=assignment.call_id, stage=assignment.stage)
    phase.call = assignment.call
    return phase


def is_writable(assignment: Assignment, phase: Phase) -> bool:
    """While the stage runs; a further review that was asked for after its end until it is sent."""
    if assignment.ended_at is not None or hasattr(phase.call, "closure"):
        return False
    if phase.is_running:
        return True
    review = getattr(assignment, "review", None)
    late = phase.ended_at is not None and assignment.made_at > phase.ended_at
    return late and (review is None or review.sent_at is None)


@dataclass
class Part:
    """A field of a packet as it is printed; `html` is clean rich text."""

    field: Field
    text: str = ""
    html: str = ""
    rows: list[list[str]] = dataclasses.field(default_factory=list)
    files: list[PacketFile] = dataclasses.field(default_factory=list)


@dataclass
class Sheet:
    """A packet as reviewers read it."""

    number: int | None
    title: str
    parts: list[Part]
    people: list[dict[str, Any]]  # where the stage is not blind


def sheet_of(assignment: Assignment) -> Sheet:
    """The packet behind an assignment."""
    submission = assignment.submission
    stage = assignment.call.programme.stage(assignment.stage)
    if stage is None:
        raise LookupError(assignment.stage)
    return sheet(submission.blind, stage)


def sheet(packet: Any, stage: Any) -> Sheet:
    """A packet by the fields of its programme's edition."""
    submission = packet.submission
    programme, values = submission.edition.programme, packet.values
    topics = {t.pk: str(t) for t in submission.call.topics.all()}
    files: dict[str, list[PacketFile]] = {}
    for number, each in enumerate(packet.files.select_related("upload", "stored"), start=1):
        each.place = number
        withheld = packet.settled.get(f"file-{each.pk}") == WITHHELD
        if each.stored is not None and not withheld:
            files.setdefault(each.upload.field, []).append(each)
    parts = []
    for one in shown_fields(programme, stage):
        part = _part(one, values.get(one.key), topics, files.get(one.key, []))
        if part is not None:
            parts.append(part)
    title = programme.used_as("title")
    blind = stage.blind == "double"
    people = [] if blind else packet.version.people
    name = str(values.get(title.key, "")) if title else ""
    return Sheet(submission.packet, name, parts, people)


def _part(one: Field, value: Any, topics: dict[int, str], files: list[PacketFile]) -> Part | None:
    if one.kind == "files":
        return Part(one, files=files) if files else None
    if value in (None, "", []):
        return None
    if one.kind == "rich":
        return Part(one, html=str(value))
    if one.kind == "table":
        names = {c.key: {x.key: str(x.name) for x in c.choices} for c in one.columns}
        rows = [
            [
                names[c.key].get(str(row.get(c.key, "")), str(row.get(c.key, "")))
                for c in one.columns
            ]
            for row in value
        ]
        return Part(one, rows=rows)
    return Part(one, text=shown(one, value, topics=topics))


def progress(assignments: QuerySet[Assignment]) -> dict[str, int]:
    """Counts without scores: all, begun, sent."""
    sent = Q(review__sent_at__isnull=False)
    return {
        "all": assignments.count(),
        "sent": assignments.filter(sent).count(),
        "begun": assignments.filter(review__isnull=False).exclude(sent).count(),
    }


def review_of(assignment: Assignment) -> Review | None:
    return getattr(assignment, "review", None)
