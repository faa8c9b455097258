"""The list of a call's submissions for the office: filtered, sorted, counted by stage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Q, QuerySet
from django.db.models.expressions import OrderBy
from django.utils.translation import pgettext

from sheke.core.numerals import whole_number
from sheke.definitions.programmes import Programme
from sheke.directory.models import Organisation, path_range

from .models import Call, Submission

SORTS = {
    "number": "number", "title": "title", "lead": "lead_name", "organisation": "organisation__name",
    # Versions are numbered as they are sent; their own rows are long.
    "amount": "amount", "sent": "sent", "state": "state", "stage": "stage",
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
    branch: int | None = None  # an organisation with all below it
    kind: str = ""  # of the applying organisation
    beyond: str = ""  # got further than this stage
    sort: str = "number"

    @classmethod
    def read(cls, given: Mapping[str, str]) -> Wanted:
        """From an address; what is no value is taken as empty."""
        sort = given.get("sort", "")
        return cls(
            q=given.get("q", "").strip()[:100], stage=given.get("stage", "")[:60],
            state=given.get("state", "")[:12], organisation=whole_number(given.get("organisation", "")),
            discipline=given.get("discipline", "")[:60], category=given.get("category", "")[:60],
            topic=whole_number(given.get("topic", "")), branch=whole_number(given.get("branch", "")),
            kind=given.get("kind", "")[:40], beyond=given.get("beyond", "")[:60],
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
    return _printable(numbers_of(call, wanted))


def numbers_of(call: Call, wanted: Wanted) -> QuerySet[Submission]:
    """The same bare: counted, and their primary keys read, from an index alone (see `rows_of`)."""
    found = Submission.objects.sent_in().filter(call=call).filter(_matching(call, wanted))
    order = _order(wanted.sort)
    if wanted.q and order[0].expression == F("number"):
        # Reading in this order from the short index would look up every row for its texts.
        order[0].set_source_expressions([F("number") + 0])
    return found.order_by(*order)


def page_of(call: Call, wanted: Wanted, number: str | None, size: int) -> Page[Submission]:
    """One page of the list. Two queries over an index, and one for the rows that are shown.

    Rows hold long texts: to sort or skip thousands of them would read every one.
    """
    page = Paginator(numbers_of(call, wanted).values_list("pk", flat=True), size).get_page(number)
    chosen = list(page.object_list)
    rows = {one.pk: one for one in _printable(Submission.objects.filter(pk__in=chosen))}
    page.object_list = [rows[pk] for pk in chosen if pk in rows]  # type: ignore[misc]
    return page  # type: ignore[return-value]


def _printable(found: QuerySet[Submission]) -> QuerySet[Submission]:
    return found.select_related("organisation", "topic", "sent").defer(
        "values", "sent__values", "sent__people", "sent__files", "sent__eligibility"
    )


def choices_of(call: Call) -> Choices:
    """Two queries."""
    programme = call.programme
    there = call.submissions.filter(sent__isnull=False).order_by().values("organisation_id")
    organisations = Organisation.objects.filter(pk__in=there).order_by("path")
    organisations = organisations.only("name", "short_name")
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


def beyond(programme: Programme, stage: str) -> Q:
    """What got further than a stage: stands at a later one, or was awarded at the last one."""
    keys = [each.key for each in programme.stages]
    if stage not in keys:
        return Q(pk__in=[])
    later = keys[keys.index(stage) + 1 :]
    return Q(stage__in=later) if later else Q(state=State.AWARDED)


def _matching(call: Call, wanted: Wanted) -> Q:
    held: dict[str, Any] = {
        "stage": wanted.stage, "state": wanted.state, "organisation": wanted.organisation,
        "discipline": wanted.discipline, "category": wanted.category, "topic": wanted.topic,
    }  # fmt: skip
    matching = Q(**{name: value for name, value in held.items() if value})
    if wanted.beyond:
        matching &= beyond(call.programme, wanted.beyond)
    if wanted.kind or wanted.branch:
        matching &= Q(organisation__in=_units(wanted).order_by().values("pk"))
    for word in wanted.q.split():
        text = Q(title__icontains=word) | Q(lead_name__icontains=word)
        if (number := whole_number(word, digits=9)) is not None:
            text |= Q(number=number)
        matching &= text
    return matching


def _units(wanted: Wanted) -> QuerySet[Organisation]:
    found = Organisation.objects.all()
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.branch:
        top = Organisation.objects.filter(pk=wanted.branch).first()
        low, high = path_range(top.path) if top else ("", "")
        found = found.filter(path__gte=low, path__lt=high)
    return found


def _order(sort: str) -> list[OrderBy]:
    column, down = F(SORTS[sort.removeprefix("-")]), sort.startswith("-")
    first = column.desc(nulls_last=True) if down else column.asc(nulls_last=True)
    return [first, F("pk").asc()]
