"""What all imports share: rows with their problems, and the result of a check."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sheke.core.errors import BadInput, Problem
from sheke.core.tables import Table

from ..models import Account
from .columns import Column, match_columns

Say = Callable[[int, int], None]  # done, of how many


@dataclass
class Row:
    """One row: its number in the file and its values by column; a wrong cell is missing there."""

    number: int
    values: dict[str, Any]

    def __getitem__(self, key: str) -> Any:
        return self.values.get(key)


@dataclass(frozen=True)
class Step:
    """One write and the row that asks for it."""

    row: int
    write: Callable[[Account | None], object]


@dataclass
class Checked:
    """The result of a dry run. `counts` says what would happen, by what it is called in `words`."""

    counts: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not self.problems

    def count(self, what: str) -> None:
        self.counts[what] = self.counts.get(what, 0) + 1

    @property
    def in_words(self) -> list[tuple[str, int]]:
        """What would happen: (“new”, 12), in the language of the interface."""
        return [(words()[what], number) for what, number in self.counts.items()]

    @transaction.atomic
    def apply(self, *, by: Account | None, say: Say = lambda _done, _all: None) -> None:
        """Write everything. Raises BadInput with the problems when there are any."""
        if self.problems:
            raise BadInput(summary(self.problems), self.problems)
        for number, step in enumerate(self.steps, start=1):
            try:
                step.write(by)
            except BadInput as error:
                problem = Problem(step.row, "", str(error))
                raise BadInput(summary([problem]), [problem]) from error
            say(number, len(self.steps))

    def rehearse(self, *, by: Account | None) -> None:
        """Write everything and take it back, so that what only the writing finds is listed too.

        Afterwards check anew before applying: the objects at hand have been through the changes.
        """
        if self.problems:
            return
        with transaction.atomic():
            for step in self.steps:
                try:
                    with transaction.atomic():
                        step.write(by)
                except BadInput as error:
                    self.problems.append(Problem(step.row, "", str(error)))
            transaction.set_rollback(True)


class Reader:
    """Reads a table's rows by its columns and collects the problems."""

    def __init__(self, table: Table, columns: Sequence[Column]) -> None:
        self.table = table
        self.columns = match_columns(table, columns)
        self.headings = {column.key: heading for heading, column in self.columns.items()}
        self.problems: list[Problem] = []

    def rows(self) -> Iterator[Row]:
        for number, given in self.table.rows:
            row = Row(number, {})
            for heading, column in self.columns.items():
                self._read(row, column, heading, given.get(heading))
            yield row

    def has(self, key: str) -> bool:
        return key in self.headings

    def wrong(self, row: Row, key: str, message: str) -> None:
        """Note a problem of the row in the column `key`."""
        self.problems.append(Problem(row.number, self.headings.get(key, ""), message))

    def _read(self, row: Row, column: Column, heading: str, cell: Any) -> None:
        try:
            value = column.read(cell) if cell is not None else None
        except ValueError as error:
            self.problems.append(Problem(row.number, heading, str(error)))
            return
        if column.required and value in (None, ""):
            self.problems.append(Problem(row.number, heading, _("must not be empty")))
            return
        row.values[column.key] = value


def summary(problems: list[Problem]) -> str:
    """The first problem and how many there are."""
    first = problems[0]
    place = _("row %(row)s, %(column)s") % {"row": first.row, "column": first.column or "—"}
    text = f"{place}: {first.message}"
    if len(problems) > 1:
        text += _(" (and %(count)s more problems)") % {"count": len(problems) - 1}
    return text


def words() -> dict[str, str]:
    return {
        "new": _("new"), "renamed": _("renamed"), "moved": _("moved"), "ended": _("ended"),
        "changed": _("changed"), "unchanged": _("unchanged"),
    }  # fmt: skip
