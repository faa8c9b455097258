"""The list of a call's submissions for the office: filtered, sorted, counted by stage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.db.models.expressions import OrderBy
from django.utils.translation import pgettext

from sheke.definitions.programmes import Programme
from sheke.directory.models import Organisation

from .models import Call, Submission

SORTS = {
    "number": "number", "title": "title", "lead": "lead_name", "organisation": "organisation__name",
    "amount": "amount", "sent": "sent__sent_at", "state": "state", "stage": "stage",
}  # fmt: skip
State = Submission.State
# What stands before a stage, or is over; a draft is its author's alone.
LIVE = (State.IN, State.BACK)


@dataclass(frozen=True)
class Wanted:
    """What the list is narrowed to; empty means all."""

    q: str = ""
    stage: str = ""
    state: str = ""
    organisation: int | None = None
    discipline: str = ""
    category: str = ""
    topic: int | None = None
    sort: str = "number"

    @classmethod
    def read(cls, given: Mapping[str, str]) -> Wanted:
        """From an address; what is no value is taken as empty."""
        sort = given.get("sort", "")
        return cls(
            q=given.get("q", "").strip()[:100], stage=given.get("stage", "")[:60],
            state=given.get("state", "")[:12], organisation=_number(given.get("organisation", "")),
            discipline=given.get("discipline", "")[:60], category=given.get("category", "")[:60],
            topic=_number(given.get("topic", "")),
            sort=sort if sort.removeprefix("-") in SORTS else "number",
        )  # fmt: skip


@dataclass(frozen=True)
class Choices:
    """What the list can be narrowed to: (value, label)."""

    stages: list[tuple[str, str]]
    states: list[tuple[str, str]]
    organisations: list[tuple[int, str]]
    disciplines: list[tuple[str, str]] = field(default_factory=list)
    categories: list[tuple[str, str]] = field(default_factory=list)
    topics: list[tuple[int, str]] = field(default_factory=list)


def submissions_of(call: Call, wanted: Wanted) -> QuerySet[Submission]:
    """Those that were sent in, as wanted; ready to print with a constant number of queries."""
    found = Submission.objects.sent_in().filter(call=call).filter(_matching(wanted))
    found = found.select_related("organisation", "topic", "sent").defer(
        "values", "sent__values", "sent__people", "sent__files", "sent__eligibility"
    )
    return found.order_by(*_order(wanted.sort))


def choices_of(call: Call) -> Choices:
    """Two queries."""
    programme = call.programme
    there = call.submissions.filter(sent__isnull=False).order_by().values("organisation_id")
    organisations = Organisation.objects.filter(pk__in=there).order_by("path")
    states = [(s.value, str(s.label)) for s in State if s != State.DRAFT]
    return Choices(
        stages=[(stage.key, str(stage.name)) for stage in programme.stages],
        states=states,
        organisations=[(o.pk, o.label) for o in organisations],
        disciplines=_choices(programme, "discipline"),
        categories=_choices(programme, "category"),
        topics=[(topic.pk, str(topic)) for topic in call.topics.all()],
    )


@dataclass
class Tally:
    """How many submissions stand at one stage, and what became of those that stopped there."""

    waiting: int = 0  # under way
    back: int = 0  # being corrected
    refused: int = 0
    withdrawn: int = 0
    decided: int = 0


def tallies(call: Call) -> dict[str, Tally]:
    """By stage. One query."""
    places = {
        State.IN: "waiting", State.BACK: "back", State.REFUSED: "refused",
        State.WITHDRAWN: "withdrawn", State.AWARDED: "decided", State.NOT_AWARDED: "decided",
    }  # fmt: skip
    found = {stage.key: Tally() for stage in call.programme.stages}
    rows = call.submissions.filter(sent__isnull=False).order_by()
    for stage, state, count in rows.values_list("stage", "state").annotate(n=Count("pk")):
        tally, place = found.setdefault(stage, Tally()), places[State(state)]
        setattr(tally, place, getattr(tally, place) + count)
    return found


def named(programme: Programme, use: str, key: str) -> str:
    """The name of a choice of the field that is read as the discipline or the category."""
    return dict(_choices(programme, use)).get(key, key)


def no_organisation() -> str:
    return pgettext("submission", "Without an organisation")


def _choices(programme: Programme, use: str) -> list[tuple[str, str]]:
    used = programme.used_as(use)
    return [(choice.key, str(choice.name)) for choice in used.choices] if used else []


def _matching(wanted: Wanted) -> Q:
    held: dict[str, Any] = {
        "stage": wanted.stage, "state": wanted.state, "organisation": wanted.organisation,
        "discipline": wanted.discipline, "category": wanted.category, "topic": wanted.topic,
    }  # fmt: skip
    matching = Q(**{name: value for name, value in held.items() if value})
    for word in wanted.q.split():
        text = Q(title__icontains=word) | Q(lead_name__icontains=word)
        if word.isdecimal() and len(word) < 10:
            text |= Q(number=int(word))
        matching &= text
    return matching


def _order(sort: str) -> list[OrderBy]:
    column, down = F(SORTS[sort.removeprefix("-")]), sort.startswith("-")
    first = column.desc(nulls_last=True) if down else column.asc(nulls_last=True)
    return [first, F("pk").asc()]


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else None
