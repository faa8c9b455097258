"""Forms that turn proposed targets into targets, with the likeliest indicators first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import QueryDict

from sheke.definitions.models import Definition, Edition
from sheke.definitions.queries import indicators

from .forms import TargetForm
from .models import Item, Target
from .nodes import Node
from .ranking import Ranked, rank

_OFTEN = {"week": 52, "month": 12, "quarter": 4, "half-year": 2, "term": 2}


@dataclass
class Proposed:
    """A proposed target of an item with the form that confirms it."""

    node: Node
    proposal: dict[str, Any]
    form: TargetForm
    likely: bool


def proposal_forms(node: Node) -> list[Proposed]:
    """One form for each proposal that no target was made of yet."""
    found = node.unconfirmed
    if not found:
        return []
    editions = list(indicators().values())
    return [_proposed(node, number, one, editions) for number, one in enumerate(found)]


def _proposed(
    node: Node, number: int, proposal: dict[str, Any], editions: list[Edition]
) -> Proposed:
    ranked = rank(proposal, editions)
    form = TargetForm(
        ranked=ordered_indicators(ranked, editions),
        auto_id=f"target-{node.item.pk}-{number}-%s",
        initial=_initial(node.item, proposal, ranked),
    )
    return Proposed(node, proposal, form, bool(ranked) and ranked[0].score >= 60)


def _initial(item: Item, proposal: dict[str, Any], ranked: list[Ranked]) -> dict[str, Any]:
    """What a person would most likely enter."""
    value = Decimal(str(proposal["value"])) * _OFTEN.get(str(proposal.get("every")), 1)
    if proposal["kind"] == "ordinal":
        value = Decimal(1)  # “第三批” promises one batch
    if ranked and ranked[0].edition.indicator.unit.zh == f"万{proposal['unit']}":
        value /= 10_000
    comparison = proposal["comparison"] if proposal["comparison"] == "at_most" else "at_least"
    said = item.proposals.get("date")
    year = item.plan.year
    due = date.fromisoformat(said) if said else date(year, 12, 31)
    return {
        "indicator": ranked[0].edition.definition_id if ranked else None,
        "comparison": comparison,
        "value": f"{value.normalize():f}",
        "first_day": date(year, 1, 1),
        "last_day": due if due >= date(year, 1, 1) else date(year, 12, 31),
        "phrase": proposal["phrase"],
    }


def target_form(
    item: Item, target: Target | None = None, data: QueryDict | None = None
) -> TargetForm:
    """An empty form, or one that changes `target`."""
    year = item.plan.year
    initial: dict[str, Any] = {"first_day": date(year, 1, 1), "last_day": date(year, 12, 31)}
    if target:
        goal = target.goal
        initial = {
            "indicator": goal.indicator_id, "comparison": goal.comparison,
            "value": goal.value.normalize(), "first_day": goal.first_day,
            "last_day": goal.last_day, "phrase": target.phrase,
        }  # fmt: skip
    return TargetForm(data, ranked=ordered_indicators(None), initial=initial)


def ordered_indicators(
    ranked: list[Ranked] | None, editions: list[Edition] | None = None
) -> list[Definition]:
    """All indicators in use, the proposed ones first."""
    editions = list(indicators().values()) if editions is None else editions
    first = [one.edition for one in ranked or []]
    rest = [edition for edition in editions if edition not in first]
    found = []
    for edition in [*first, *rest]:
        definition = edition.definition
        definition.current = edition
        found.append(definition)
    return found
