"""From the rows of a table to drafts, or to what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from sheke.core.errors import Problem
from sheke.core.tables import Cell
from sheke.directory.models import Organisation

from ..content import ContentError, Draft
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
        fields = layout.edition.record_type.fields
        self.kinds = {attribute.key: attribute.kind for attribute in fields}

    def read(self, number: int, values: Mapping[str, Cell]) -> Row:
        """The draft of one row, or every problem in it."""
        problems: list[Problem] = []
        fields: dict[str, Any] = {"amounts": {}, "attributes": {}}
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
        elif column.key in ("happened_on", "ended_on"):
            fields[column.key] = cells.day(cell)
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
        wrong = {problem.column for problem in problems}
        fields.setdefault("title", "")
        if "organisation" not in fields and self._heading("organisation") not in wrong:
            if self.organisation is None:
                problems.append(self._problem(number, "organisation", _("This is needed.")))
            fields["organisation"] = self.organisation
        if "happened_on" not in fields and self._heading("happened_on") not in wrong:
            problems.append(self._problem(number, "happened_on", _("This is needed.")))
        if not fields.get("organisation") or "happened_on" not in fields:
            self._check_rest(number, fields, problems)
            return None
        self._file_under(number, fields, problems)
        return self._checked(number, Draft(edition=self.edition, **fields), problems)

    def _check_rest(self, number: int, fields: dict[str, Any], problems: list[Problem]) -> None:
        """Without a date or an organisation there is no draft, but the title may be wanting too."""
        if not fields["title"]:
            problems.append(self._problem(number, "title", _("A title is needed.")))

    def _file_under(self, number: int, fields: dict[str, Any], problems: list[Problem]) -> None:
        text = fields.pop("heading", "")
        if not text:
            return
        try:
            fields["heading"] = self.lookups.heading(
                text, fields["organisation"], fields["happened_on"].year
            )
        except ValueError as error:
            problems.append(self._problem(number, "heading", str(error)))

    def _checked(self, number: int, draft: Draft, problems: list[Problem]) -> Draft | None:
        told = {problem.column for problem in problems}
        try:
            return draft.checked()
        except ContentError as error:
            for key, message in error.errors.items():
                if self._heading(key) not in told:
                    problems.append(self._problem(number, key, message))
        return None

    def _heading(self, key: str) -> str:
        return self.headings.get(key) or self.names.get(key, key)

    def _problem(self, number: int, key: str, message: str) -> Problem:
        return Problem(number, self._heading(key), message)


Progress = Callable[[int], None]
