"""Verbs of people and their tenures."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sheke.core import audit
from sheke.core.errors import BadInput

from ..models import Account, Organisation, Person, Tenure
from ..rules import sees_contacts
from .checking import check, not_erased


@transaction.atomic
def create_person(*, by: Account | None, **fields: Any) -> Person:
    """Make a person; `fields` are name, code, phone, email, title. Raises BadInput."""
    person = Person(**fields)
    person.code = person.code or None
    check(person)
    person.save()
    audit.record("person.create", person, by=by)
    return person


@transaction.atomic
def change_person(*, person: Person, by: Account | None, **fields: Any) -> None:
    """Change name, code, phone, email or title. The audit event names the fields, not their values."""
    not_erased(person)
    if "code" in fields:
        fields["code"] = fields["code"] or None
    changed = [name for name, value in fields.items() if getattr(person, name) != value]
    for name in changed:
        setattr(person, name, fields[name])
    check(person)
    if changed:
        person.save(update_fields=changed)
        audit.record("person.change", person, by=by, fields=changed)


@transaction.atomic
def give_tenure(
    *, person: Person, organisation: Organisation, role: str, by: Account | None, post: str = "",
    since: date | None = None, until: date | None = None,
) -> Tenure:  # fmt: skip
    """Let the person hold an office or membership. Raises BadInput when they hold it already, or
    were erased.
    """
    not_erased(person)
    tenure = Tenure(
        person=person, organisation=organisation, role=role, post=post, since=since, until=until,
        shows_contacts=by is None or _knows(by, person),
    )  # fmt: skip
    check(tenure, exclude=("person", "organisation"))
    if held := _same(tenure):
        raise BadInput(
            _("%(tenure)s: holds this role already (%(since)s – %(until)s).")
            % {"tenure": tenure, "since": held.since or "…", "until": held.until or "…"}
        )
    tenure.save()
    audit.record("tenure.give", tenure, by=by, role=role)
    return tenure


def _knows(account: Account, person: Person) -> bool:
    """Sees the person's contacts, or is putting somebody in place who was just made."""
    return not person.tenures.exists() or sees_contacts(account, person)


@transaction.atomic
def end_tenure(*, tenure: Tenure, last_day: date, by: Account | None) -> None:
    """Let it end on `last_day`; what the person may do by it ends with that day."""
    tenure.until = last_day
    check(tenure, exclude=("person", "organisation"))
    tenure.save(update_fields=["until"])
    audit.record("tenure.end", tenure, by=by, until=last_day.isoformat())


def _same(tenure: Tenure) -> Tenure | None:
    """A tenure of the same role whose time meets this one's."""
    others = Tenure.objects.filter(
        person=tenure.person, organisation=tenure.organisation, role=tenure.role, post=tenure.post
    )
    if tenure.until:
        others = others.exclude(since__gt=tenure.until)
    if tenure.since:
        others = others.exclude(until__lt=tenure.since)
    return others.first()


@transaction.atomic
def change_tenure(*, tenure: Tenure, post: str, until: date | None, by: Account | None) -> None:
    """Correct the name of the post or the end of a tenure."""
    tenure.post, tenure.until = post, until
    check(tenure, exclude=("person", "organisation"))
    tenure.save(update_fields=["post", "until"])
    audit.record("tenure.change", tenure, by=by, until=until.isoformat() if until else None)
