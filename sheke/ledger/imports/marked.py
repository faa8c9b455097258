"""A table given back with its wrong cells marked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO, cast

from django.utils.translation import gettext as _

from sheke.core.tables import Note, Sheet, Table, read_table, write_xlsx

from ..models import ImportRun

Problems = dict[int, dict[str, str]]  # row: column: messages


def marked(run: ImportRun) -> bytes:
    """Only the rows with problems, in their order, each cell with its remark; then the list of all."""
    with run.file.open("rb") as file:
        table = read_table(cast(BinaryIO, file), run.name)
    problems: Problems = {}
    for row, column, message in run.problems:
        held = problems.setdefault(row, {})
        held[column] = f"{held[column]}; {message}" if column in held else message
    listed = Sheet(
        _("Problems"), [_("Row"), _("Column"), _("What is wrong")], run.problems,
        {_("Column"): 20, _("What is wrong"): 70},
    )  # fmt: skip
    headings = [heading for heading in table.headings if heading]
    return write_xlsx(
        [_("Row"), *headings], _rows(table, headings, problems), title=_("Rows"),
        remarks=problems.get(1, {}), more=[listed],
    )  # fmt: skip


def _rows(table: Table, headings: list[str], problems: Problems) -> Iterator[list[Any]]:
    for number, values in table.rows:
        if number in problems:
            wrong = problems[number]
            cells = (
                Note(values.get(h), wrong[h]) if h in wrong else values.get(h) for h in headings
            )
            yield [number, *cells]
