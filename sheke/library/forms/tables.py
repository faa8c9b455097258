"""What a work has several of: authors, titles, numbers, relations; a table each in the form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..describing import Description
from ..models import Contribution, Identifier, OtherTitle, Relation

ROWS = 60  # at most in one table
Rows = list[dict[str, str]]
Tables = dict[str, Rows]


@dataclass(frozen=True)
class Column:
    """One column; `choices` make it a list to choose from, the first of which is set in a new row."""

    key: str
    label: str | Promise
    choices: list[tuple[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class Table:
    """One table. A row counts when its first column is filled."""

    name: str
    label: str | Promise
    columns: tuple[Column, ...]
    help: str | Promise = ""
    rows: int = ROWS

    def empty(self) -> dict[str, str]:
        return {
            column.key: column.choices[0][0] if column.choices else "" for column in self.columns
        }


TABLES = (
    Table("authors", _("Authors"), (
        Column("name", pgettext_lazy("author", "Name")),
        Column("organisation", _("Organisation at that time")),
        Column("role", pgettext_lazy("contribution", "Part"), Contribution.Role.choices),
    ), _("In the order of the title page; foreign names as “Family, Given”.")),
    Table("titles", _("Other titles"), (
        Column("text", pgettext_lazy("work", "Title")), Column("kind", _("Kind"), OtherTitle.Kind.choices),
    )),
    Table("identifiers", _("Numbers"), (
        Column("value", _("Number")), Column("scheme", _("Kind"), Identifier.Scheme.choices),
    )),
    Table("relations", pgettext_lazy("work", "Belongs to"), (
        Column("reference", _("Title or number")), Column("kind", _("Kind"), Relation.Kind.choices),
    ), _("A work of the library as #12, all else by its title or number.")),
)  # fmt: skip


def posted_tables(data: Mapping[str, Any]) -> Tables:
    """The rows of each table as they were typed: `authors-0-name` … Empty rows are left out."""
    return {table.name: _posted(data, table) for table in TABLES}


def tables_of(said: Description) -> Tables:
    """The rows of each table as they stand."""
    return {
        "authors": [
            {"name": a.name, "organisation": a.organisation_name, "role": a.role}
            for a in said.authors
        ],
        "titles": [{"text": text, "kind": kind} for kind, text in said.other_titles],
        "identifiers": [{"value": v, "scheme": scheme} for scheme, v in said.identifiers],
        "relations": [
            {"reference": f"#{other}" if other else reference, "kind": kind}
            for kind, other, reference in said.relations
        ],
    }


def drawn(tables: Tables) -> list[tuple[Table, list[list[tuple[Column, str]]]]]:
    """What the template prints: each table with its rows, cells with their columns; one empty row at least."""
    return [
        (table, [[(c, row.get(c.key, "")) for c in table.columns] for row in tables.get(table.name) or [table.empty()]])
        for table in TABLES
    ]  # fmt: skip


def _posted(data: Mapping[str, Any], table: Table) -> Rows:
    pattern = re.compile(rf"{table.name}-(\d{{1,6}})-\w+")
    numbers = sorted({int(found[1]) for key in data if (found := pattern.fullmatch(key))})
    rows = [
        {c.key: str(data.get(f"{table.name}-{n}-{c.key}", "")).strip() for c in table.columns}
        for n in numbers[:ROWS]
    ]
    return [row for row in rows if row[table.columns[0].key]]
