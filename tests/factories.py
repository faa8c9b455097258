"""What tests make: organisations, people, accounts, record types, indicators, records."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

from sheke.definitions.canonical import digest
from sheke.definitions.models import Definition, Edition
from sheke.directory.models import Account, Organisation, Person, Tenure
from sheke.ledger.actions import post_record
from sheke.ledger.content import Draft
from sheke.ledger.models import Record

_numbers = count(1)


def organisation(parent: Organisation | None = None, **fields: Any) -> Organisation:
    from sheke.directory.actions import create_organisation

    n = next(_numbers)
    fields = {"code": f"org{n}", "name": f"第{n}学会", "kind": "society"} | fields
    return create_organisation(parent=parent, by=None, **fields)


def account(of: Organisation | None = None, role: str = "secretary", **fields: Any) -> Account:
    """An account whose person holds `role` in `of`; the password is “secret-pass”."""
    n = next(_numbers)
    person = Person.objects.create(name=f"人员{n}")
    if of is not None:
        Tenure.objects.create(person=person, organisation=of, role=role)
    fields = {"username": f"user{n}"} | fields
    return Account.objects.create_user(password="secret-pass", person=person, **fields)


def definition(kind: str, data: dict[str, Any]) -> Edition:
    """A definition with one edition, past the publishing action."""
    made = Definition.objects.create(kind=kind, key=data["key"])
    edition = Edition.objects.create(definition=made, number=1, data=data, digest=digest(data))
    edition.schema  # noqa: B018  raises when the data is not valid
    made.current = edition
    made.save()
    return edition


LECTURE = {
    "key": "lecture",
    "name": {"zh": "讲座", "en": "Lecture"},
    "unit": {"zh": "场", "en": ""},
    "group": "popularisation",
    "about": {"zh": "面向公众的讲座", "en": "A lecture for the public"},
    "measures": [
        {"key": "attendance", "name": {"zh": "参加人次"}, "unit": {"zh": "人次"}},
        {"key": "cost", "name": {"zh": "经费"}, "unit": {"zh": "万元"}, "places": 2},
    ],
    "fields": [
        {
            "key": "level",
            "name": {"zh": "级别", "en": "Level"},
            "choices": [
                {"key": "city", "name": {"zh": "市级", "en": "City"}},
                {"key": "county", "name": {"zh": "县级", "en": "County"}},
            ],
        },
        {"key": "online", "name": {"zh": "线上"}, "kind": "boolean"},
        {"key": "speaker", "name": {"zh": "主讲人"}, "kind": "text"},
        {"key": "hours", "name": {"zh": "时长"}, "kind": "number"},
    ],
}


def lecture_type() -> Edition:
    return definition("record_type", LECTURE)


def indicator(key: str = "lectures_held", **fields: Any) -> Edition:
    """An indicator over lectures; a count unless said otherwise."""
    data = {
        "key": key,
        "name": {"zh": "举办讲座", "en": "Lectures held"},
        "unit": {"zh": "场"},
        "group": "popularisation",
        "definition": {"zh": "期内举办的讲座场数"},
        "aggregate": "count",
    }
    if fields.get("aggregate") not in ("ratio", "completion"):
        data["types"] = ["lecture"]
    return definition("indicator", data | fields)


def record(edition: Edition, organisation: Organisation, **fields: Any) -> Record:
    by = fields.pop("by", None)
    n = next(_numbers)
    fields = {"happened_on": date(2025, 5, 1), "title": f"第{n}讲"} | fields
    return post_record(draft=Draft(edition=edition, organisation=organisation, **fields), by=by)
