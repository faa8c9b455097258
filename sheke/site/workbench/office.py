"""What an office looks at: what waits for it, who has not reported, what is behind or blocked."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from sheke.directory.models import Account, Organisation, path_range
from sheke.indicators.models import Goal
from sheke.ledger.confirming.queries import MOST, confirmable_organisations
from sheke.ledger.models import Record
from sheke.plans.models import DutyReport
from sheke.plans.nodes import Node, TargetRow, Tree
from sheke.returns.models import Asked, Return
from sheke.returns.queries import late

SHOWN, NAMED = 5, 4  # late returns, and names of each
GROWING = ("count", "sum", "distinct")  # what grows over the year; the others hold all the time


@dataclass(frozen=True)
class Waiting:
    """Records that wait for confirmation, counted up to MOST of them, by organisation."""

    organisations: list[tuple[Organisation, int]]
    count: int

    @property
    def is_more(self) -> bool:
        return self.count >= MOST


@dataclass(frozen=True)
class Reporting:
    """How the organisations below answered the year's returns."""

    asked: int
    sent: int
    due: int
    on_time: int

    @property
    def completeness(self) -> int | None:
        return round(self.sent * 100 / self.asked) if self.asked else None

    @property
    def timeliness(self) -> int | None:
        return round(self.on_time * 100 / self.due) if self.due else None


@dataclass(frozen=True)
class Late:
    """A return whose day has passed, how many have not answered, and the first of them by name.

    `of` is read for the first SHOWN only.
    """

    of: Return | None
    count: int
    names: tuple[str, ...]


@dataclass(frozen=True)
class Behind:
    """A target that should be further by now: what was expected, and how far it is."""

    node: Node
    row: TargetRow
    expected: Decimal

    @property
    def percent(self) -> int:
        return int((self.row.share or 0) * 100)

    @property
    def lag(self) -> Decimal:
        """What is missing today, as a share of the goal; the most first."""
        value, goal = self.row.value or Decimal(0), self.row.target.goal.value
        return (self.expected - value) / goal if goal else Decimal(0)


def waiting(account: Account) -> Waiting:
    """Two queries, whatever waits.

    The organisations are named one by one: with a subselect SQLite sorts all that waits instead of
    reading the beginning of the index `record_waiting`.
    """
    mine = confirmable_organisations(account).in_bulk()
    waits = Record.objects.filter(settled=None, organisation__in=list(mine))
    latest = waits.order_by("-happened_on", "-id").values_list("organisation_id", flat=True)
    numbers = Counter(latest[:MOST])
    rows = [(mine[pk], count) for pk, count in numbers.most_common()]
    return Waiting(rows, numbers.total())


def reporting(organisation: Organisation, today: date) -> Reporting:
    """Over the returns of the year that are due by its end. One query."""
    low, high = path_range(organisation.path)
    found = Asked.objects.filter(
        organisation__path__gte=low, organisation__path__lt=high, of__due_on__year=today.year
    )
    came = Q(first_sent_on__isnull=False)
    return Reporting(
        **found.aggregate(
            asked=Count("pk"),
            sent=Count("pk", filter=came),
            due=Count("pk", filter=came | Q(of__due_on__lt=today)),
            on_time=Count("pk", filter=Q(first_sent_on__lte=F("of__due_on"))),
        )
    )


def late_returns(account: Account, organisation: Organisation) -> list[Late]:
    """Returns whose day has passed, with who has not answered; the longest overdue first. Three queries."""
    below = Q(of__organisation__path__startswith=organisation.path)
    found = late(account).filter(below).order_by("of__due_on", "of_id")
    counts = list(found.values_list("of_id").annotate(count=Count("pk")))
    shown = Return.objects.in_bulk([pk for pk, _count in counts[:SHOWN]])
    names: dict[int, list[str]] = {}
    if shown:
        rows = found.filter(of__in=shown).order_by("organisation__path")
        for pk, short, name in rows.values_list(
            "of_id", "organisation__short_name", "organisation__name"
        ):
            names.setdefault(pk, []).append(short or name)
    return [Late(shown.get(pk), count, tuple(names.get(pk, ())[:NAMED])) for pk, count in counts]


def behind(tree: Tree, today: date) -> list[Behind]:
    """The plan's targets that are not as far as the days that have passed, the farthest behind first."""
    rows = [(node, row) for node in tree.nodes for row in node.targets]
    found = [Behind(n, r, e) for n, r in rows if (e := _missed(n, r, today)) is not None]
    return sorted(found, key=lambda each: -each.lag)


def _missed(node: Node, row: TargetRow, today: date) -> Decimal | None:
    """What should have been reached today, if it was not."""
    goal, value = row.target.goal, row.value
    if node.completion is not None or today < goal.first_day:
        return None
    if goal.comparison == "at_most":
        return goal.value if value is not None and value > goal.value else None
    indicator = row.edition.indicator
    if indicator.aggregate not in GROWING:
        return goal.value if value is not None and value < goal.value else None
    last = _last_day(node, goal)
    span = (last - goal.first_day).days + 1
    days = min((today - goal.first_day).days + 1, span)
    places = Decimal(1).scaleb(-indicator.places)
    expected = (goal.value * days / span).quantize(places, ROUND_DOWN)
    return expected if (value or Decimal(0)) < expected else None


def _last_day(node: Node, goal: Goal) -> date:
    """The item's own day, if it lies within the target's."""
    own = node.due
    return own if own and goal.first_day < own < goal.last_day else goal.last_day


def blocked(organisation: Organisation) -> QuerySet[DutyReport]:
    """Reports by which duties are blocked now: of the organisation, of those below, or of its plans."""
    later = DutyReport.objects.filter(
        duty=OuterRef("duty"), withdrawn_at=None, pk__gt=OuterRef("pk")
    )
    path = organisation.path
    ours = Q(duty__organisation__path__startswith=path)
    ours |= Q(duty__item__plan__organisation__path__startswith=path)
    found = DutyReport.objects.filter(
        ours, ~Exists(later), state="blocked", withdrawn_at=None, duty__item__completion=None
    )
    return found.select_related("duty__item", "duty__organisation", "by__person").order_by("-at")
