"""A plan's tree as pages show it: items with duties, targets, records and progress."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import cast

from sheke.definitions.models import Edition
from sheke.indicators.questions import Figure
from sheke.indicators.scopes import Scope

from .models import Completion, Duty, Item, Plan, Target
from .progress import State, met_share
from .proposing import open_targets


@dataclass
class TargetRow:
    """A target with the figure that stands now."""

    target: Target
    figure: Figure | None = None

    @property
    def value(self) -> Decimal | None:
        """What was reached, with as many places as the indicator prints."""
        if self.figure is None:
            return None
        return self.figure.rounded(self.edition.indicator.places)

    @property
    def edition(self) -> Edition:
        # What is in use has a current edition.
        return cast(Edition, self.target.goal.indicator.current)

    @property
    def scope(self) -> Scope:
        """Where the records behind the figure are shown."""
        goal = self.target.goal
        return Scope(goal.organisation, goal.first_day, goal.last_day)

    @property
    def share(self) -> float | None:
        goal = self.target.goal
        value = self.figure.value if self.figure else None
        return None if value is None else met_share(goal.comparison, value, goal.value)


@dataclass
class Node:
    """An item with all that a page shows of it."""

    item: Item
    children: list[Node] = field(default_factory=list)
    parent: Node | None = None
    duties: list[Duty] = field(default_factory=list)
    targets: list[TargetRow] = field(default_factory=list)
    completion: Completion | None = None
    records: int = 0  # filed under it alone
    latest: date | None = None
    share: float | None = None  # 0 to 1; None where nothing measures it
    state: State = State.OPEN
    today: date = date.min

    @property
    def due(self) -> date | None:
        """The latest day of its duties, else what its own words say, else when its targets end."""
        days = [duty.due for duty in self.duties if duty.due]
        if days:
            return max(days)
        if said := self.item.proposals.get("date"):
            return date.fromisoformat(said)
        return max((row.target.goal.last_day for row in self.targets), default=None)

    @property
    def leads(self) -> list[Duty]:
        return [duty for duty in self.duties if duty.role == Duty.Role.LEAD]

    @property
    def led_by(self) -> list[str]:
        """The organisations that lead it, by their short names."""
        return [duty.organisation.label for duty in self.leads]

    @property
    def supports(self) -> list[Duty]:
        return [duty for duty in self.duties if duty.role == Duty.Role.SUPPORT]

    @property
    def percent(self) -> int | None:
        return None if self.share is None else int(self.share * 100)

    @property
    def all_records(self) -> int:
        """Filed under it and all below it."""
        return self.records + sum(child.all_records for child in self.children)

    @property
    def unconfirmed(self) -> list[dict[str, object]]:
        """Proposed targets that no target was made of yet."""
        return open_targets(self.item.proposals, {row.target.phrase for row in self.targets})

    @property
    def is_work(self) -> bool:
        """Not only a heading over others."""
        return self.item.kind != Item.Kind.CHAPTER or not self.children

    @property
    def is_alone(self) -> bool:
        """A chapter with nothing below it that has targets, duties, records or a person's word."""
        set_for = self.targets or self.duties or self.records or self.completion
        return self.item.kind == Item.Kind.CHAPTER and not self.children and bool(set_for)

    def walk(self) -> Iterable[Node]:
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass
class Tree:
    """A plan's nodes in reading order, and its top."""

    plan: Plan
    nodes: list[Node]
    measured: bool = True  # whether targets were counted, so that shares and states are right

    @property
    def tops(self) -> list[Node]:
        return [node for node in self.nodes if node.parent is None]

    @property
    def work(self) -> list[Node]:
        """What is to be done: the items, and chapters without items that something was set for."""
        found = [node for node in self.nodes if node.item.kind == Item.Kind.ITEM or node.is_alone]
        return found or [n for n in self.nodes if n.item.kind != Item.Kind.PROBLEM]

    @property
    def by_pk(self) -> dict[int, Node]:
        return {node.item.pk: node for node in self.nodes}

    def count(self, *states: State) -> int:
        return sum(node.state in states for node in self.work)

    @property
    def done(self) -> int:
        return self.count(State.DONE)

    @property
    def late(self) -> int:
        return self.count(State.LATE)
