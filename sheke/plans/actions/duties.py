"""Verbs of duties: who leads or supports an item, by when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from sheke.core import audit
from sheke.directory.models import Account, Organisation, Person

from ..models import Duty, Item, Plan


@dataclass(frozen=True)
class Assignment:
    """One row of a task breakdown, checked."""

    item: Item
    organisation: Organisation
    role: str
    due: date | None = None


@transaction.atomic
def assign_duty(
    *, item: Item, organisation: Organisation, role: str, by: Account | None,
    due: date | None = None, person: Person | None = None,
) -> Duty:  # fmt: skip
    """Give an organisation (and a person of it) its part in an item; once more changes the part."""
    duty, _new = Duty.objects.update_or_create(
        item=item, organisation=organisation, person=person, defaults={"role": role, "due": due}
    )
    audit.record(
        "plan.assign_duty", item, by=by, organisation=organisation.code, role=role,
        due=due.isoformat() if due else None,
    )  # fmt: skip
    return duty


@transaction.atomic
def assign_duties(*, plan: Plan, assignments: Iterable[Assignment], by: Account | None) -> int:
    """Give many duties at once, from a task breakdown: all or none. Returns how many."""
    assignments = list(assignments)
    Duty.objects.bulk_create(
        [
            Duty(item=a.item, organisation=a.organisation, role=a.role, due=a.due)
            for a in _latest(assignments)
        ]
    )
    audit.record("plan.assign_duties", plan, by=by, duties=len(assignments))
    return len(assignments)


@transaction.atomic
def release_duty(*, duty: Duty, by: Account | None) -> None:
    """Take a duty away again."""
    audit.record("plan.release_duty", duty.item, by=by, organisation=duty.organisation.code)
    duty.delete()


def _latest(assignments: list[Assignment]) -> list[Assignment]:
    """One of each item and organisation; what stood there before is replaced."""
    by_place = {(a.item.pk, a.organisation.pk): a for a in assignments}
    held = Duty.objects.filter(item__in={item for item, _org in by_place}, person=None)
    replaced = [d.pk for d in held if (d.item_id, d.organisation_id) in by_place]
    Duty.objects.filter(pk__in=replaced).delete()
    return list(by_place.values())
