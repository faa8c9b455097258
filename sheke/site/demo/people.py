"""People with their tenures, and the accounts of the demonstration."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from sheke.directory.actions import create_account, create_person, give_tenure
from sheke.directory.models import Account, Organisation, Person

from .clock import clock
from .organisations import Tree
from .source import dice, read

PASSWORD = "yunchuan-2026"  # noqa: S105  of the demonstration only, and printed when it is made


def names(random: Random, taken: set[str]) -> Iterator[str]:
    """Names that nobody has yet."""
    parts = read("people")
    while True:
        name = random.choice(parts["surnames"]) + random.choice(parts["first"])
        name += random.choice(parts["second"]) if random.random() < 0.85 else ""
        if name not in taken and len(set(name)) == len(name):
            taken.add(name)
            yield name


def make_people(tree: Tree, start: date) -> dict[str, Account]:
    """Make everybody; gives the accounts by user name."""
    data = read("people")
    with clock(start):
        named = [*data["office"], *data["accounts"]]
        people: dict[str, Person] = {}
        for entry in named:
            people[entry["name"]] = people.get(entry["name"]) or _person(entry["name"])
        for entry in named:
            if "role" in entry:
                _tenure(people[entry["name"]], tree.by_name[entry["of"]], entry)
        _fill_posts(tree, set(people))
        return {entry["user"]: _account(people, entry) for entry in data["accounts"]}


def _account(people: dict[str, Person], entry: dict[str, Any]) -> Account:
    return create_account(
        username=entry["user"], person=people[entry["name"]], password=PASSWORD, by=None
    )


def _fill_posts(tree: Tree, taken: set[str]) -> None:
    """A leader and a secretary for everyone; an organisation whose secretary has an account keeps it."""
    data = read("people")
    fresh = names(dice("people"), taken)
    random = dice("tenures")
    held = {(entry["of"], entry["role"]) for entry in data["accounts"] if "of" in entry}
    for organisation in tree.all:
        for post in data["posts"].get(organisation.kind, ()):
            if (organisation.label, post["role"]) in held:
                continue
            title = random.choice(data["titles"][post["role"]])
            phone = f"1000000{random.randrange(10000):04}"  # no mobile number begins so
            person = _person(next(fresh), title=title, phone=phone)
            since = date(2021, 1, 4) + timedelta(days=random.randrange(900))
            _tenure(
                person, organisation, post | {"since": max(since, organisation.valid_from or since)}
            )


def _person(name: str, title: str = "", phone: str = "") -> Person:
    code = f"R{Person.objects.count() + 1:04}"
    return create_person(name=name, code=code, title=title, phone=phone, by=None)


def _tenure(person: Person, organisation: Organisation, entry: dict[str, Any]) -> None:
    give_tenure(
        person=person, organisation=organisation, role=entry["role"], post=entry.get("post", ""),
        since=entry.get("since"), until=entry.get("until"), by=None,
    )  # fmt: skip
