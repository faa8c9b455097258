"""The years' work points: imported from their documents, targets set, finished items marked."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from sheke.core.documents import read_document
from sheke.definitions.models import Edition
from sheke.definitions.queries import indicators
from sheke.directory.models import Account
from sheke.ledger.models import Heading
from sheke.plans.actions import complete_item, import_plan, set_target
from sheke.plans.models import Item, Plan
from sheke.plans.proposing import open_targets
from sheke.plans.reading import read_plan

from .clock import clock
from .organisations import Tree
from .source import folder, read


def make_plans(tree: Tree, by: Account, today: date) -> dict[int, list[Heading]]:
    """Import the plans that were there until `today`; gives the headings of their items by year."""
    headings: dict[int, list[Heading]] = {}
    for entry in read("plans"):
        if entry["issued"] > today:
            continue
        with clock(entry["issued"]):
            plan = _import(tree, entry, by)
            _set_targets(plan, entry["targets"], by)
        items = plan.items.filter(kind=Item.Kind.ITEM).select_related("heading")
        headings[plan.year] = [item.heading for item in items if item.heading]
    return headings


def complete_items(by: Account, today: date) -> None:
    """Of past years' plans, the items that name a day were done by it."""
    for item in Item.objects.filter(plan__year__lt=today.year, kind=Item.Kind.ITEM):
        due = item.proposals.get("date")
        if due and date.fromisoformat(due) < today:
            with clock(date.fromisoformat(due)):
                complete_item(item=item, note="按要点完成", by=by)


def _import(tree: Tree, entry: dict[str, Any], by: Account) -> Plan:
    path = folder() / entry["file"]
    document = read_document(path)
    return import_plan(
        organisation=tree.root, read=read_plan(document.text, name=path.name), by=by,
        document=document, data=path.read_bytes(),
    )  # fmt: skip


def _set_targets(plan: Plan, wanted: dict[str, str], by: Account) -> None:
    known = indicators()
    left = dict(wanted)
    for item in plan.items.all():
        texts, after = {"title": item.title, "text": item.text}, {"title": 0, "text": 0}
        for proposal in open_targets(item.proposals, set()):
            name = proposal["in"]
            words = texts[name][after[name] : proposal["end"]]
            after[name] = proposal["end"]
            if key := next((w for w in left if w in words), None):
                _set_target(item, proposal, known[left.pop(key)], by)
    if left:
        raise LookupError(f"{plan}: nothing proposes {', '.join(left)}")


def _set_target(item: Item, proposal: dict[str, Any], edition: Edition, by: Account) -> None:
    value = Decimal(str(proposal["value"]))
    if edition.indicator.unit.zh == "万元" and proposal["unit"] == "元":
        value /= 10_000
    comparison = "at_most" if proposal["comparison"] == "at_most" else "at_least"
    set_target(
        item=item, indicator=edition.definition, value=value, comparison=comparison,
        phrase=proposal["phrase"], by=by,
    )  # fmt: skip
