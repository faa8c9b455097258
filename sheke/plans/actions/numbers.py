"""The verb that numbers a tree anew."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from sheke.core.errors import BadInput
from sheke.directory.models import Account

from ..models import Item, Plan, PlanEdit
from ..numbering import renumbered
from .history import edit


@transaction.atomic
def renumber(*, plan: Plan, by: Account | None) -> PlanEdit:
    """Number the items as they stand now; one edit that can be undone. BadInput when all fit."""

    def change(plan: Plan) -> None:
        changes = renumbered(plan.items.all())
        if not changes:
            raise BadInput(_("All numbers fit the order already."))
        for item, number in changes:
            item.number = number
        Item.objects.bulk_update([item for item, _number in changes], ["number"])

    return edit(plan=plan, verb="renumber", by=by, change=change)
