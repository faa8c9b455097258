"""The table of people: known by their number, or by their name where it is only one person's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext as _

from sheke.core.tables import Table

from ..actions import change_person, create_person
from ..consents import mark_shown
from ..models import Account, Person
from ..rules import administers_person
from .columns import PEOPLE
from .importing import Checked, Reader, Row, Step

FIELDS = ("code", "name", "title", "phone", "email")
CONTACTS = ("title", "phone", "email")


def export_people(people: Iterable[Person], seen_by: Account | None = None) -> list[list[Any]]:
    """Rows of the table in the order of PEOPLE; contacts that `seen_by` may not see are empty."""
    listed = list(people)
    if seen_by is None:
        return [[p.code, p.name, p.title, p.phone, p.email] for p in listed]
    mark_shown(listed, seen_by)
    return [[p.code, p.name, *(_if_shown(p, f) for f in CONTACTS)] for p in listed]


def _if_shown(person: Person, field: str) -> str:
    return getattr(person, field) if field in person.shown else ""  # type: ignore[attr-defined]


class Known:
    """The people of the directory by number and by name."""

    def __init__(self) -> None:
        self.by_code: dict[str, Person] = {}
        self.by_name: dict[str, list[Person]] = defaultdict(list)
        for person in Person.objects.all():
            if person.code:
                self.by_code[person.code] = person
            self.by_name[person.name].append(person)


def check_people(table: Table, *, by: Account | None, **_options: Any) -> Checked:
    """What importing the table would do: new people, and changes of those who are there."""
    reader, known, checked = Reader(table, PEOPLE), Known(), Checked()
    seen: dict[tuple[str, str], Row] = {}
    for row in reader.rows():
        if not row["name"]:
            continue
        _check_mail(reader, row)
        person = _known(reader, row, known)
        if by is not None and person is not None and not administers_person(by, person):
            reader.wrong(row, "name", _("you do not administer this"))
        key = (row["code"] or "", "" if row["code"] else row["name"])
        if key in seen:
            message = _("stands already in row %(row)s") % {"row": seen[key].number}
            reader.wrong(row, "code" if row["code"] else "name", message)
        seen[key] = row
        _plan(checked, row, person)
    checked.problems = sorted(reader.problems, key=lambda p: p.row)
    return checked


def _check_mail(reader: Reader, row: Row) -> None:
    if not row["email"]:
        return
    try:
        EmailValidator()(row["email"])
    except ValidationError:
        reader.wrong(row, "email", _("“%(mail)s” is no mail address") % {"mail": row["email"]})


def _known(reader: Reader, row: Row, known: Known) -> Person | None:
    if row["code"]:
        person = known.by_code.get(row["code"])
        if person and person.name != row["name"]:
            message = _("the number belongs to %(name)s") % {"name": person.name}
            reader.wrong(row, "code", message)
        return person
    named = known.by_name.get(row["name"], [])
    if len(named) > 1:
        message = _("%(count)s people have this name; give the number") % {"count": len(named)}
        reader.wrong(row, "name", message)
    return named[0] if len(named) == 1 else None


def _plan(checked: Checked, row: Row, person: Person | None) -> None:
    fields = {key: row.values[key] or "" for key in FIELDS if key in row.values}
    if person is None:
        checked.count("new")
        checked.steps.append(Step(row.number, lambda by: create_person(by=by, **fields)))
        return
    if not fields.get("code"):
        fields.pop("code", None)
    if all(getattr(person, key) == value for key, value in fields.items()):
        checked.count("unchanged")
        return
    checked.count("changed")
    checked.steps.append(Step(row.number, partial(_change, person, fields)))


def _change(person: Person, fields: dict[str, str], by: Account | None) -> None:
    change_person(person=person, by=by, **fields)
