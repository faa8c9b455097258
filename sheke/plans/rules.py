"""Who may read and who may change a plan."""

from __future__ import annotations

import rules

from sheke.directory.models import Account, Organisation
from sheke.directory.queries import may_act_for

from .duties import visible_duties
from .models import Duty, Item, Plan
from .queries import visible_plans


def _plan(thing: Plan | Item) -> Plan:
    return thing.plan if isinstance(thing, Item) else thing


@rules.predicate
def sees(account: Account, thing: Plan | Item | None) -> bool:
    """The plans of one's own organisations, of those below, and of those above."""
    return thing is not None and visible_plans(account).filter(pk=_plan(thing).pk).exists()


@rules.predicate
def edits(account: Account, thing: Plan | Item | None) -> bool:
    """Who acts for the plan's organisation or one above it."""
    return thing is not None and may_act_for(account, _plan(thing).organisation)


@rules.predicate
def leads(account: Account, item: Item | None) -> bool:
    """Who acts for an organisation that leads the item may say that it is done."""
    if item is None:
        return False
    leading = Organisation.objects.filter(duties__item=item, duties__role="lead")
    return any(may_act_for(account, organisation) for organisation in leading)


@rules.predicate
def sees_duty(account: Account, duty: Duty | None) -> bool:
    """Sees the plan, or is the person whom the duty names."""
    return duty is not None and visible_duties(account).filter(pk=duty.pk).exists()


@rules.predicate
def reports(account: Account, duty: Duty | None) -> bool:
    """Acts for the duty's organisation or one above it, or is the person whom it names."""
    if duty is None or not account.is_active:
        return False
    named = duty.person_id is not None and duty.person_id == account.person_id
    return named or may_act_for(account, duty.organisation)


rules.add_perm("plans.view_plan", sees)
rules.add_perm("plans.view_duty", sees_duty)
rules.add_perm("plans.report_duty", reports)
rules.add_perm("plans.edit_plan", edits)
rules.add_perm("plans.complete_item", edits | leads)
