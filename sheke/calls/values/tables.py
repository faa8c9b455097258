"""Tables: rows of a field's columns. A row in which nothing stands does not count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from sheke.definitions.programmes import Column, Field

from .kinds import choice_key, date_text, decimal_text
from .texts import clean_line, count_characters

CELL = 2000  # characters


def clean_table(
    field: Field, given: Any
) -> tuple[list[dict[str, str]], list[tuple[int, str, str]]]:
    """Clean rows, and what is wrong in them: (row from 1, column's key, message).

    A cell that cannot be read is left out, and a row of which nothing is left.
    """
    rows, wrong = [], []
    for number, row in enumerate(filled_rows(field, given), start=1):
        clean: dict[str, str] = {}
        for column in field.columns:
            try:
                if text := _cell(column, row.get(column.key, "")):
                    clean[column.key] = text
                elif column.required:
                    raise ValueError(_("Fill this in."))
            except ValueError as error:
                wrong.append((number, column.key, str(error)))
        if clean:
            rows.append(clean)
    return rows, wrong


def filled_rows(field: Field, given: Any) -> Iterator[dict[str, str]]:
    """The rows in which something stands, their cells as lines of text."""
    keys = [column.key for column in field.columns]
    for row in given if isinstance(given, list | tuple) else []:
        if isinstance(row, Mapping):
            cells = {key: clean_line(row.get(key) or "") for key in keys}
            if any(cells.values()):
                yield {key: text for key, text in cells.items() if text}


def _cell(column: Column, text: str) -> str:
    if not text:
        return ""
    match column.kind:
        case "number":
            return decimal_text(text, places=4)
        case "date":
            return date_text(text)
        case "choice":
            return choice_key(column.choices, text) if column.choices else text
    if count_characters(text) > CELL:
        raise ValueError(_("The text is longer than %(n)s characters.") % {"n": CELL})
    return text
