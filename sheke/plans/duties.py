"""Duties as people see them: whose they are, when they are due, how they stand, in groups."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sheke.directory.models import Account
from sheke.directory.queries import acting_organisations, reachable_organisations
from sheke.indicators.evaluation import Evaluate, evaluate_all

from .models import Completion, Duty, DutyQuerySet, DutyReport, Item, Target
from .nodes import TargetRow
from .queries import question_of, visible_plans


class Group(models.TextChoices):
    """When a duty wants attention."""

    OVERDUE = "overdue", _("Overdue")
    WEEK = "week", _("Due in 7 days")
    MONTH = "month", _("Due in 30 days")
    LATER = "later", _("Later, or without a day")
    DONE = "done", _("Done")


class Standing(models.TextChoices):
    """How a duty stands, as one filters by it."""

    NEW = "new", _("Not reported yet")
    UNDER_WAY = "under_way", _("Under way")
    BLOCKED = "blocked", pgettext_lazy("duty", "Blocked")
    DONE = "done", _("Done")


@dataclass
class DutyRow:
    """A duty with its state on `today`. `met`: the item is done by a person's word or its targets."""

    duty: Duty
    today: date
    met: bool = False

    @cached_property
    def report(self) -> DutyReport | None:
        return self.duty.last

    @property
    def due(self) -> date | None:
        return due_of(self.duty)

    @property
    def done(self) -> bool:
        return self.met or (self.report is not None and self.report.state == Standing.DONE)

    @property
    def standing(self) -> Standing:
        if self.done:
            return Standing.DONE
        return Standing(self.report.state) if self.report else Standing.NEW

    @property
    def days(self) -> int | None:
        """Until it is due; negative behind that day."""
        return (self.due - self.today).days if self.due else None

    @property
    def days_late(self) -> int:
        return max(0, -(self.days or 0))

    @property
    def group(self) -> Group:
        if self.done:
            return Group.DONE
        if self.days is None:
            return Group.LATER
        if self.days < 0:
            return Group.OVERDUE
        return Group.WEEK if self.days <= 7 else Group.MONTH if self.days <= 30 else Group.LATER


def due_of(duty: Duty) -> date | None:
    """The duty's own day, else the one that the item's words name."""
    said = duty.item.proposals.get("date")
    return duty.due or (date.fromisoformat(said) if said else None)


def duties_of(account: Account, *, below: bool = False) -> DutyQuerySet:
    """Those of the organisations that the account acts for, and those that name its person.

    `below`: also those of all organisations below.
    """
    organisations = reachable_organisations(account) if below else acting_organisations(account)
    mine = Q(organisation__in=organisations.order_by().values("pk"))
    if account.is_active and account.person_id:
        mine |= Q(person=account.person_id)
    return Duty.objects.filter(mine)


def visible_duties(account: Account) -> DutyQuerySet:
    """Those of plans that the account sees, and those that name its person."""
    seen = Q(item__plan__in=visible_plans(account).order_by().values("pk"))
    if account.is_active and account.person_id:
        seen |= Q(person=account.person_id)
    return Duty.objects.filter(seen)


def duty_rows(
    duties: DutyQuerySet, today: date, evaluate: Evaluate = evaluate_all
) -> list[DutyRow]:
    """The duties with their state, the most urgent first. A fixed number of queries, and one
    statement for each target of their items; `evaluate` may remember them.
    """
    found = list(
        duties.select_related("item__plan__organisation", "organisation", "person").reported()
    )
    met = met_items({duty.item_id for duty in found}, evaluate)
    rows = [DutyRow(duty, today, duty.item_id in met) for duty in found]
    return sorted(rows, key=lambda row: (row.due is None, row.due or date.max, row.duty.pk))


def met_items(items: set[int], evaluate: Evaluate = evaluate_all) -> set[int]:
    """Those that are done by a person's word, or whose targets are all reached."""
    met = set(Completion.objects.filter(item__in=items).values_list("item_id", flat=True))
    targets = list(
        Target.objects.filter(item__in=items - met)
        .select_related("goal__indicator__current", "goal__organisation")
        .order_by("id")
    )
    if not targets:
        return met
    reached: dict[int, bool] = {}
    figures = evaluate([question_of(target) for target in targets], None)
    for target, figure in zip(targets, figures, strict=True):
        full = (TargetRow(target, figure).share or 0) >= 1
        reached[target.item_id] = reached.get(target.item_id, True) and full
    return met | {item for item, full in reached.items() if full}


def grouped(rows: Iterable[DutyRow]) -> list[tuple[Group, list[DutyRow]]]:
    """Groups with their duties in order of urgency, empty ones left out."""
    by_group: dict[Group, list[DutyRow]] = {}
    for row in rows:
        by_group.setdefault(row.group, []).append(row)
    return [(group, by_group[group]) for group in Group if group in by_group]


def chapters_of(rows: Iterable[DutyRow]) -> dict[int, Item]:
    """The top item above each row's item: for pages that filter by chapter. One query a level."""
    items = {row.duty.item_id: row.duty.item for row in rows}
    known = {item.pk: item for item in items.values()}
    while lacking := {i.parent_id for i in known.values() if i.parent_id} - known.keys():
        known |= Item.objects.in_bulk(lacking)
    tops = {}
    for pk, item in items.items():
        while item.parent_id:
            item = known[item.parent_id]
        tops[pk] = item
    return tops
