"""Verbs of duties: who leads or supports an item, by when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from sheke.core import audit
from sheke.core.errors import BadInput
from sheke.directory.models import Account, Organisation, Person, Tenure
from sheke.notices.actions import tell

from ..models import Duty, Item, Plan
from ..telling import doers


@dataclass(frozen=True)
class Assignment:
    """One row of a task breakdown, checked."""

    item: Item
    organisation: Organisation
    role: str
    due: date | None = None


@dataclass(frozen=True)
class Origin:
    """Where a duty comes from: words, and the path of the page that says so."""

    words: str
    url: str


@transaction.atomic
def assign_duty(
    *, item: Item, organisation: Organisation, role: str, by: Account | None,
    due: date | None = None, person: Person | None = None, origin: Origin | None = None,
) -> Duty:  # fmt: skip
    """Give an organisation (and a person of it) its part in an item; once more changes the part.

    Those who do it are told. BadInput when the person is not of the organisation.
    """
    _check_person(person, organisation)
    fields = {"role": role, "due": due} | _origin(origin)
    duty, _new = Duty.objects.update_or_create(
        item=item, organisation=organisation, person=person, defaults=fields
    )
    _told(duty, by)
    _recorded("plan.assign_duty", duty, by)
    return duty


@transaction.atomic
def change_duty(
    *, duty: Duty, organisation: Organisation, role: str, by: Account | None,
    due: date | None = None, person: Person | None = None,
) -> Duty:  # fmt: skip
    """Another part, day, person or organisation; what was reported stays with the duty."""
    _check_person(person, organisation)
    same = Duty.objects.filter(item=duty.item_id, organisation=organisation, person=person)
    if same.exclude(pk=duty.pk).exists():
        raise BadInput(
            _("%(name)s has a duty in this item already.") % {"name": person or organisation.label}
        )
    others = (duty.organisation_id, duty.person_id) != (organisation.pk, person and person.pk)
    duty.organisation, duty.person, duty.role, duty.due = organisation, person, role, due
    duty.save(update_fields=["organisation", "person", "role", "due"])
    if others:
        _told(duty, by)
    _recorded("plan.change_duty", duty, by)
    return duty


@transaction.atomic
def assign_duties(*, plan: Plan, assignments: Iterable[Assignment], by: Account | None) -> int:
    """Give many duties at once, from a task breakdown: all or none. Returns how many."""
    assignments = list(assignments)
    latest = {(a.item.pk, a.organisation.pk): a for a in assignments}
    items = {item for item, _organisation in latest}
    held = {
        (duty.item_id, duty.organisation_id): duty
        for duty in Duty.objects.filter(item__in=items, person=None)
        if (duty.item_id, duty.organisation_id) in latest
    }
    for place, duty in held.items():
        duty.role, duty.due = latest[place].role, latest[place].due
    Duty.objects.bulk_update(held.values(), ["role", "due"])
    new = [
        Duty(item=a.item, organisation=a.organisation, role=a.role, due=a.due)
        for place, a in latest.items()
        if place not in held
    ]
    Duty.objects.bulk_create(new)
    _told_together(plan, new, by)
    audit.record("plan.assign_duties", plan, by=by, duties=len(assignments))
    return len(assignments)


@transaction.atomic
def release_duty(*, duty: Duty, by: Account | None) -> None:
    """Take a duty away again. BadInput when something was reported on it: that is kept."""
    if duty.reports.exists():
        raise BadInput(
            _("Something was reported on this duty; it stays. Change it to hand it to others.")
        )
    audit.record("plan.release_duty", duty.item, by=by, organisation=duty.organisation.code)
    duty.delete()


def _check_person(person: Person | None, organisation: Organisation) -> None:
    if person is None:
        return
    if not Tenure.objects.filter(person=person, organisation=organisation).exists():
        raise BadInput(
            _("%(person)s is not of %(organisation)s.")
            % {"person": person, "organisation": organisation.label}
        )


def _origin(origin: Origin | None) -> dict[str, str]:
    return {"origin": origin.words[:200], "origin_url": origin.url} if origin else {}


def _told(duty: Duty, by: Account | None) -> None:
    tell(
        kind="plan.duty_given", to=doers(duty), by=by, url=reverse("plans:duty", args=[duty.pk]),
        item=str(duty.item), due=duty.due.isoformat() if duty.due else "—",
    )  # fmt: skip


def _told_together(plan: Plan, duties: list[Duty], by: Account | None) -> None:
    """One word to each organisation, however many duties it was given."""
    given: dict[int, list[Duty]] = {}
    for duty in duties:
        given.setdefault(duty.organisation_id, []).append(duty)
    for theirs in given.values():
        tell(
            kind="plan.duties_given", to=doers(theirs[0]), by=by, url=reverse("plans:my_duties"),
            plan=plan.title, count=len(theirs),
        )  # fmt: skip


def _recorded(verb: str, duty: Duty, by: Account | None) -> None:
    audit.record(
        verb, duty.item, by=by, organisation=duty.organisation.code, role=duty.role,
        due=duty.due.isoformat() if duty.due else None, person=duty.person_id,
    )  # fmt: skip
