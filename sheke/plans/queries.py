"""Named reads of plans: who sees which, and the tree with its progress."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone

from sheke.directory.models import STEP, Account
from sheke.directory.queries import reachable_organisations
from sheke.indicators.evaluation import Evaluate, evaluate_all
from sheke.indicators.questions import Question
from sheke.ledger.models import Record
from sheke.ledger.remembering import remembered

from .models import Duty, Item, Plan, Target
from .nodes import Node, TargetRow, Tree
from .progress import Measured, shares, state


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


def plan_tree(
    plan: Plan, *, measured: bool = True, today: date | None = None,
    evaluate: Evaluate = evaluate_all,
) -> Tree:  # fmt: skip
    """The tree with duties, targets, records and progress.

    A fixed number of queries whatever its size, and one statement for each target. `measured=False` leaves the
    targets' figures out; `evaluate` may remember them.
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
    _add_targets(plan, nodes, measured, evaluate)
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
        .filter(heading__in=list(by_heading))
        .order_by()
        .values_list("heading_id")
        .annotate(count=Count("pk"), latest=Max("happened_on"))
    )
    for heading, count, latest in remembered("filed", sorted(by_heading), lambda: list(filed)):
        by_heading[heading].records, by_heading[heading].latest = count, latest


def _add_targets(plan: Plan, nodes: dict[int, Node], measured: bool, evaluate: Evaluate) -> None:
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
        for row, figure in zip(rows, evaluate(questions, None), strict=True):
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
