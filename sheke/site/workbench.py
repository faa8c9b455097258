"""What the first page after signing in shows: the plan, what is due, the year's work, the latest records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.core.cache import cache
from django.db.models import Count, Exists, Max, OuterRef, QuerySet

from sheke.definitions.models import Definition, Edition
from sheke.directory.models import Account, Organisation, path_range
from sheke.ledger.models import Line, Participation, Record, Version
from sheke.plans.models import Duty, Plan
from sheke.plans.nodes import Node, Tree
from sheke.plans.overviews import Group, by_chapter
from sheke.plans.progress import State
from sheke.plans.queries import plan_tree, visible_plans

SHOWN = 6
RECENT = timedelta(days=60)

Counts = dict[int, tuple[list[int], int]]  # by type: months of this year, the year before


@dataclass(frozen=True)
class TypeYear:
    """The records of one type this year: by month, and the same span of the year before."""

    edition: Edition
    months: list[int]
    before: int

    @property
    def count(self) -> int:
        return sum(self.months)

    @property
    def fall(self) -> int:
        """The percent without its sign."""
        return abs(self.change or 0)

    @property
    def change(self) -> int | None:
        """Percent more or less than a year ago; None where there was nothing then."""
        return round((self.count - self.before) * 100 / self.before) if self.before else None


@dataclass
class Workbench:
    """The page's parts, each read when it is printed."""

    account: Account
    organisation: Organisation
    today: date

    @cached_property
    def tree(self) -> Tree | None:
        plan = current_plan(self.account, self.organisation, self.today.year)
        return plan_tree(plan, today=self.today) if plan else None

    @cached_property
    def due(self) -> list[Node]:
        """What the organisation and those below it have to do next, the most urgent first."""
        nodes = self.tree.nodes if self.tree else []
        mine = [n for n in nodes if n.state != State.DONE and any(self._ours(d) for d in n.duties)]
        return sorted(mine, key=lambda node: (node.due is None, node.due or date.max))[:SHOWN]

    @cached_property
    def chapters(self) -> list[Group]:
        return by_chapter(self.tree) if self.tree else []

    @cached_property
    def types(self) -> list[TypeYear]:
        return year_by_type(self.organisation, self.today)[:SHOWN]

    @cached_property
    def latest(self) -> list[Record]:
        """The latest work of the last two months: bounded, so that one index range answers it."""
        here = Organisation.objects.below(self.organisation)
        shared = Participation.objects.filter(
            record=OuterRef("pk"), organisation__in=here.order_by().values("pk")
        )
        records = (
            Record.objects.standing()
            .filter(happened_on__range=(self.today - RECENT, self.today))
            .filter(Exists(here.filter(pk=OuterRef("organisation"))) | Exists(shared))
            .listed()
        )
        return list(records[:SHOWN])

    def _ours(self, duty: Duty) -> bool:
        return self.organisation.contains(duty.organisation)


def current_plan(account: Account, organisation: Organisation, year: int) -> Plan | None:
    """The year's plan of the organisation itself, else of the nearest one above it."""
    plans = visible_plans(account).filter(year=year)
    fitting = [plan for plan in plans if plan.organisation.contains(organisation)]
    return max(fitting, key=lambda plan: (len(plan.organisation.path), plan.pk), default=None)


def year_by_type(organisation: Organisation, today: date) -> list[TypeYear]:
    """Every record type of this year for the organisation and all below it, most records first.

    A record that several of them share counts once. Kept until the ledger moves: then three queries.
    """
    last = Version.objects.aggregate(last=Max("pk"))["last"]
    key = f"year_by_type:{organisation.pk}:{organisation.path}:{today}:{last}"
    counts: Counts | None = cache.get(key)
    if counts is None:
        counts = _counts(organisation, today)
        cache.set(key, counts, timeout=300)
    editions = _editions(counts)
    found = [TypeYear(editions[pk], *counts[pk]) for pk in counts if pk in editions]
    return sorted(found, key=lambda year: (-year.count, year.edition.definition.key))


def _counts(organisation: Organisation, today: date) -> Counts:
    """By type: this year's records by month, and last year's up to the same day."""
    months: dict[int, list[int]] = defaultdict(lambda: [0] * today.month)
    days = (
        _lines(organisation, date(today.year, 1, 1), today)
        .values_list("type_id", "happened_on")
        .annotate(count=Count("record_id", distinct=True))
    )
    for type_id, day, count in days:  # by day: to SQLite a month is a Python call for every row
        months[type_id][day.month - 1] += count
    before = dict(_last_year(organisation, today))
    return {type_id: (counts, before.get(type_id, 0)) for type_id, counts in months.items()}


def _last_year(organisation: Organisation, today: date) -> Iterable[tuple[int, int]]:
    last = today.replace(year=today.year - 1, day=min(today.day, 28 if today.month == 2 else 31))
    return (
        _lines(organisation, date(last.year, 1, 1), last)
        .values_list("type_id")
        .annotate(count=Count("record_id", distinct=True))
    )


def _lines(organisation: Organisation, first: date, last: date) -> QuerySet[Line]:
    low, high = path_range(organisation.path)
    within = Organisation.objects.filter(path__gte=low, path__lt=high).order_by().values("pk")
    types = Definition.objects.filter(kind=Definition.Kind.RECORD_TYPE).order_by().values("pk")
    return Line.objects.filter(
        type__in=types, measure="", happened_on__range=(first, last), organisation__in=within
    ).order_by()


def _editions(types: Iterable[int]) -> dict[int, Edition]:
    editions = {}
    for definition in Definition.objects.filter(pk__in=types).select_related("current"):
        if definition.current is not None:
            definition.current.definition = definition
            editions[definition.pk] = definition.current
    return editions
