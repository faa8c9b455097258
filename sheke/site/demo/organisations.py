"""The federation's tree and what changed in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sheke.directory.actions import (
    create_organisation,
    end_organisation,
    move_organisation,
    rename_organisation,
)
from sheke.directory.models import Organisation

from .clock import clock
from .source import read

LETTERS = {
    "office": "K",
    "county_federation": "X",
    "university_federation": "G",
    "society": "S",
    "research_base": "Y",
    "popularisation_base": "P",
}


@dataclass
class Tree:
    """All organisations by the names they have in the source; `topics` by code."""

    root: Organisation
    by_name: dict[str, Organisation] = field(default_factory=dict)
    topics: dict[str, str] = field(default_factory=dict)

    kinds: dict[str, list[Organisation]] = field(default_factory=dict)

    @property
    def all(self) -> list[Organisation]:
        return [o for members in self.kinds.values() for o in members]

    def add(self, organisation: Organisation, topic: str = "") -> None:
        for name in filter(None, (organisation.name, organisation.short_name)):
            self.by_name[name] = organisation
        self.kinds.setdefault(organisation.kind, []).append(organisation)
        self.topics[organisation.code] = topic

    def of_kind(self, kind: str) -> list[Organisation]:
        return self.kinds.get(kind, [])


def make_organisations(start: date) -> Tree:
    """Make the tree as it stood on the day `start`."""
    data = read("organisations")
    with clock(start):
        root = create_organisation(
            parent=None, by=None, **_fields("federation", data["federation"])
        )
        tree = Tree(root)
        tree.add(root)
        for kind, letter in LETTERS.items():
            for number, entry in enumerate(data[kind], start=1):
                code = f"{root.code}-{letter}{number:0{3 if kind == 'society' else 2}}"
                _add(tree, kind, {"code": code, **entry})
    return tree


def change_organisations(tree: Tree, today: date) -> None:
    """Rename, move and end what the source names, each at its day."""
    for change in read("organisations")["changes"]:
        day = change.get("since") or change["ended"]
        if day > today:
            continue
        with clock(day):
            _change(tree, tree.by_name[change["of"]], change)


def _add(tree: Tree, kind: str, entry: dict[str, Any]) -> None:
    parent = tree.by_name[entry["under"]] if "under" in entry else tree.root
    made = create_organisation(parent=parent, by=None, **_fields(kind, entry))
    tree.add(made, entry.get("topic", ""))


def _fields(kind: str, entry: dict[str, Any]) -> dict[str, Any]:
    return {
        "kind": kind, "code": entry["code"], "name": entry["name"],
        "short_name": entry.get("short_name", ""), "valid_from": entry["since"],
    }  # fmt: skip


def _change(tree: Tree, organisation: Organisation, change: dict[str, Any]) -> None:
    organisation.refresh_from_db()
    given = {"organisation": organisation, "reason": change["reason"], "by": None}
    if "ended" in change:
        end_organisation(last_day=change["ended"], **given)
    elif "under" in change:
        parent = tree.by_name[change["under"]]
        parent.refresh_from_db()
        move_organisation(parent=parent, since=change["since"], **given)
    else:
        rename_organisation(
            name=change["name"], short_name=change.get("short_name", ""), since=change["since"],
            **given,
        )  # fmt: skip
