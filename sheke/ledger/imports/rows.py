"""From the rows of a table to drafts, or to what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from sheke.core.errors import Problem
from sheke.core.tables import Cell
from sheke.directory.models import Organisation

from ..content import ContentError, Draft, happened
from . import cells
from .layout import Column, Layout
from .lookups import Lookups


@dataclass
class Row:
    """A row of the table: a checked draft, or problems."""

    number: int
    draft: Draft | None
    problems: list[Problem]


class RowReader:
    """Reads rows of a table whose headings matched `columns`."""

    def __init__(
        self,
        layout: Layout,
        columns: Mapping[str, Column],
        lookups: Lookups,
        organisation: Organisation | None,
    ) -> None:
        self.edition = layout.edition
        self.columns = columns
        self.lookups = lookups
        self.organisation = organisation
        self.headings = {column.key: heading for heading, column in columns.items()}
        self.names = {column.key: column.heading for column in layout.columns}
        # Their heading is told to be missing, once; not again in every row.
        self.missing = {
            column.key
            for column in layout.columns
            if column.required and column.key not in self.headings and column.key != "organisation"
        }
        fields = layout.edition.record_type.fields
        self.kinds = {attribute.key: attribute.kind for attribute in fields}

    def read(self, number: int, values: Mapping[str, Cell]) -> Row:
        """The draft of one row, or every problem in it."""
        problems: list[Problem] = []
        fields: dict[str, Any] = {"title": "", "amounts": {}, "attributes": {}}
        for heading, column in self.columns.items():
            cell = values.get(heading)
            if cell is None:
                continue
            try:
                self._take(fields, column, cell)
            except ValueError as error:
                problems.append(Problem(number, heading, str(error)))
        draft = self._draft(number, fields, problems)
        return Row(number, None if problems else draft, problems)

    def _take(self, fields: dict[str, Any], column: Column, cell: Cell) -> None:
        if column.part == "amount":
            fields["amounts"][column.key] = cells.amount(cell)
        elif column.part == "attribute":
            fields["attributes"][column.key] = self._attribute(column.key, cell)
        elif column.key == "happened_on":
            fields["happened_on"] = happened(cells.day(cell))
        elif column.key == "ended_on":
            fields["ended_on"] = cells.day(cell)
        elif column.key == "organisation":
            fields["organisation"] = self.lookups.own(cells.text(cell))
        elif column.key in ("cohosts", "supporters"):
            found = (self.lookups.organisation(name) for name in cells.parts(cell))
            fields[column.key] = tuple(found)
        else:
            fields[column.key] = cells.text(cell)

    def _attribute(self, key: str, cell: Cell) -> Any:
        match self.kinds[key]:
            case "date":
                return cells.day(cell)
            case "choices":
                return cells.parts(cell)
            case "number":
                return cells.amount(cell)
        return cells.text(cell)

    def _draft(self, number: int, fields: dict[str, Any], problems: list[Problem]) -> Draft | None:
        fields.setdefault("organisation", self.organisation)
        needed = {
            "organisation": _("This is needed."),
            "happened_on": _("This is needed."),
            "title": _("A title is needed."),
        }
        lacking = [key for key in needed if not fields.get(key)]
        if "organisation" in lacking or "happened_on" in lacking:
            for key in lacking:
                self._tell(problems, number, key, needed[key])
            self._probe(number, fields, problems)
            return None
        self._file_under(number, fields, problems)
        return self._checked(number, Draft(edition=self.edition, **fields), problems)

    def _probe(self, number: int, fields: dict[str, Any], problems: list[Problem]) -> None:
        """Check the rest of a row that makes no draft, so that all its problems are told at once."""
        given = {key: fields[key] for key in ("title", "amounts", "attributes")}
        stand_in = Organisation(pk=0)
        self._checked(number, Draft(self.edition, stand_in, date(2000, 1, 1), **given), problems)

    def _file_under(self, number: int, fields: dict[str, Any], problems: list[Problem]) -> None:
        text = fields.pop("heading", "")
        if not text:
            return
        try:
            fields["heading"] = self.lookups.heading(
                text, fields["organisation"], fields["happened_on"].year
            )
        except ValueError as error:
            self._tell(problems, number, "heading", str(error))

    def _checked(self, number: int, draft: Draft, problems: list[Problem]) -> Draft | None:
        try:
            return draft.checked()
        except ContentError as error:
            for key, message in error.errors.items():
                self._tell(problems, number, key, message)
        return None

    def _heading(self, key: str) -> str:
        return self.headings.get(key) or self.names.get(key, key)

    def _tell(self, problems: list[Problem], number: int, key: str, message: str) -> None:
        """One problem a cell; none for a column that is missing altogether."""
        heading = self._heading(key)
        if key not in self.missing and heading not in {problem.column for problem in problems}:
            problems.append(Problem(number, heading, message))


Progress = Callable[[int], None]
