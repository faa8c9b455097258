"""Named reads of plans: who sees which, the tree with its progress, overviews."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import cast

from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone

from sheke.definitions.models import Edition
from sheke.directory.models import STEP, Account, Organisation
from sheke.directory.queries import reachable_organisations
from sheke.indicators.catalogue import Catalogue
from sheke.indicators.evaluation import evaluate_all
from sheke.indicators.questions import Figure, Question
from sheke.indicators.scopes import Scope
from sheke.ledger.models import Record

from .models import Completion, Duty, Item, Plan, Target
from .progress import Measured, State, met_share, shares, state
from .proposing import open_targets


def visible_plans(account: Account) -> QuerySet[Plan]:
    """Plans of organisations the account acts for, of those below, and of those above.

    A county office sees the city's plan, since it has duties in it.
    """
    if account.is_superuser and account.is_active:
        return Plan.objects.select_related("organisation")
    reach = reachable_organisations(account)
    paths = list(reach.values_list("path", flat=True))
    above = {path[:end] for path in paths for end in range(STEP, len(path), STEP)}
    return Plan.objects.filter(
        Q(organisation__in=reach) | Q(organisation__path__in=above)
    ).select_related("organisation")


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


def plan_tree(plan: Plan, *, measured: bool = True, today: date | None = None) -> Tree:
    """The tree with duties, targets, records and progress.

    A fixed number of queries whatever its size, and one statement for each target. `measured=False` leaves the
    targets' figures out.
    """
    today = today or timezone.localdate()
    nodes = {item.pk: Node(item, today=today) for item in plan.items.select_related("completion")}
    for node in nodes.values():
        node.completion = getattr(node.item, "completion", None)
        if node.item.parent_id:
            node.parent = nodes[node.item.parent_id]
            node.parent.children.append(node)
    _add_duties(plan, nodes)
    _add_records(plan, nodes)
    _add_targets(plan, nodes, measured)
    _add_progress(list(nodes.values()), today)
    return Tree(plan, list(nodes.values()), measured)


def _add_duties(plan: Plan, nodes: dict[int, Node]) -> None:
    duties = Duty.objects.filter(item__plan=plan).select_related("organisation", "person")
    for duty in duties.order_by("role", "id"):
        nodes[duty.item_id].duties.append(duty)


def _add_records(plan: Plan, nodes: dict[int, Node]) -> None:
    by_heading = {node.item.heading_id: node for node in nodes.values() if node.item.heading_id}
    filed = (
        Record.objects.standing()
        .filter(heading__item__plan=plan)
        .order_by()
        .values_list("heading_id")
        .annotate(count=Count("pk"), latest=Max("happened_on"))
    )
    for heading, count, latest in filed:
        by_heading[heading].records, by_heading[heading].latest = count, latest


def _add_targets(plan: Plan, nodes: dict[int, Node], measured: bool) -> None:
    targets = list(
        Target.objects.filter(item__plan=plan)
        .select_related("goal__indicator__current", "goal__organisation")
        .order_by("id")
    )
    for target in targets:
        edition = target.goal.indicator.current
        if edition is not None:
            edition.definition = target.goal.indicator  # spares a query when its schema is read
    rows = [TargetRow(target) for target in targets]
    if measured and rows:
        questions = [question_of(target) for target in targets]
        for row, figure in zip(rows, evaluate_all(questions, Catalogue.load()), strict=True):
            row.figure = figure
    for row in rows:
        nodes[row.target.item_id].targets.append(row)


def question_of(target: Target) -> Question:
    """What is asked of the ledger for a target."""
    row = TargetRow(target)
    return row.scope.question(row.edition)


def _add_progress(nodes: list[Node], today: date) -> None:
    for node in reversed(nodes):  # children stand behind their parents
        below = [c for c in node.children if c.item.kind != Item.Kind.PROBLEM]
        node.share = shares(
            completed=node.completion is not None,
            targets=[row.share for row in node.targets],
            children=[child.share for child in below],
        )
        node.state = state(
            Measured(node.share, node.all_records, node.due, node.completion is not None), today
        )


@dataclass
class Group:
    """Nodes that one chapter or one organisation answers for."""

    name: str
    nodes: list[Node]
    organisation: Organisation | None = None
    top: Node | None = None

    @property
    def share(self) -> float | None:
        return shares(completed=False, targets=[], children=[node.share for node in self.nodes])

    @property
    def percent(self) -> int | None:
        return None if self.share is None else int(self.share * 100)

    @property
    def records(self) -> int:
        return sum(node.all_records for node in self.nodes)

    @property
    def done(self) -> int:
        return sum(node.state == State.DONE for node in self.nodes)

    @property
    def late(self) -> int:
        return sum(node.state == State.LATE for node in self.nodes)

    @property
    def next_due(self) -> date | None:
        days = [n.due for n in self.nodes if n.due and n.state != State.DONE]
        return min(days, default=None)


def by_chapter(tree: Tree) -> list[Group]:
    """The work under each top node; a top without work below stands for itself."""
    work = {node.item.pk for node in tree.work}
    groups = []
    for top in tree.tops:
        below = [node for node in top.walk() if node.item.pk in work]
        if (
            not below
            and top.children
            and all(c.item.kind == Item.Kind.PROBLEM for c in top.children)
        ):
            continue  # a chapter that only names problems
        groups.append(Group(f"{top.item.number}{top.item.title}", below or [top], top=top))
    return groups


def by_organisation(tree: Tree) -> list[Group]:
    """What each organisation leads, most first; work that nobody leads comes last."""
    groups: dict[int, Group] = {}
    nobody = Group("", [])
    for node in tree.nodes:
        for duty in node.leads:
            organisation = duty.organisation
            group = groups.setdefault(
                organisation.pk, Group(organisation.label, [], organisation=organisation)
            )
            group.nodes.append(node)
    led = {node.item.pk for group in groups.values() for one in group.nodes for node in one.walk()}
    nobody.nodes = [node for node in tree.work if node.item.pk not in led]
    found = sorted(groups.values(), key=lambda group: -len(group.nodes))
    return found + ([nobody] if nobody.nodes else [])


def coming_due(trees: Iterable[Tree], organisation: Organisation, limit: int = 8) -> list[Node]:
    """What the organisation or one below it leads or supports and is not done, next due first."""
    nodes = [
        node
        for tree in trees
        for node in tree.nodes
        if node.due
        and node.state != State.DONE
        and any(organisation.contains(duty.organisation) for duty in node.duties)
    ]
    return sorted(nodes, key=lambda node: (node.due or date.max, node.item.pk))[:limit]
