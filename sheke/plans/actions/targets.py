"""Verbs of targets: an indicator and a value that an item is to reach."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from sheke.core import audit
from sheke.core.errors import BadInput
from sheke.definitions.models import Definition
from sheke.directory.models import Account, Organisation
from sheke.indicators.models import Goal

from ..models import Item, Target


@transaction.atomic
def set_target(
    *, item: Item, indicator: Definition, value: Decimal, by: Account | None,
    comparison: str = Goal.Comparison.AT_LEAST, organisation: Organisation | None = None,
    first_day: date | None = None, last_day: date | None = None, phrase: str = "",
    target: Target | None = None,
) -> Target:  # fmt: skip
    """Set a target on an item, or change `target`.

    It counts for the plan's organisation with all below it and for the plan's year unless said
    otherwise. BadInput when the days or the value make no sense.
    """
    plan = item.plan
    first_day = first_day or date(plan.year, 1, 1)
    last_day = last_day or date(plan.year, 12, 31)
    if last_day < first_day:
        raise BadInput(_("The end lies before the beginning."))
    if value < 0:
        raise BadInput(_("A target cannot be below zero."))
    goal = target.goal if target else Goal()
    goal.indicator, goal.organisation = indicator, organisation or plan.organisation
    goal.first_day, goal.last_day = first_day, last_day
    goal.comparison, goal.value = comparison, value
    goal.save()
    target = target or Target(item=item)
    target.goal, target.phrase = goal, phrase[:300]
    target.save()
    audit.record(
        "plan.set_target", item, by=by, indicator=indicator.key, value=str(value),
        comparison=comparison,
    )  # fmt: skip
    return target


@transaction.atomic
def dismiss_proposal(*, item: Item, phrase: str, by: Account | None) -> None:
    """Say that words which propose a target promise nothing that is counted."""
    dismissed = item.proposals.setdefault("dismissed", [])
    if phrase not in dismissed:
        dismissed.append(phrase)
        item.save(update_fields=["proposals"])
        audit.record("plan.dismiss_proposal", item, by=by, phrase=phrase)


@transaction.atomic
def drop_target(*, target: Target, by: Account | None) -> None:
    """Take a target away with its goal."""
    goal = target.goal
    audit.record("plan.drop_target", target.item, by=by, indicator=goal.indicator.key)
    target.delete()
    goal.delete()
