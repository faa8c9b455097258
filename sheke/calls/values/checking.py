"""A whole form: clean values, and the faults that keep it from being sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from sheke.definitions.programmes import Field, Programme

from .kinds import Topics, clean_value, organisations_in
from .rich import clean_rich
from .tables import clean_table, filled_rows
from .texts import LONGEST, clean_line, clean_lines

Uploads = Mapping[str, Sequence[int]]  # {field's key: numbers of the files that it holds}


@dataclass(frozen=True)
class Fault:
    """What is missing or wrong, where, and what to do. `row` counts from 1, `column` is a key."""

    section: int  # from 1
    section_name: str
    field: str
    name: str
    message: str
    missing: bool = False
    row: int | None = None
    column: str = ""

    def __str__(self) -> str:
        place = f"{self.name}"
        if self.row is not None:
            place += " · " + _("row %(n)s") % {"n": self.row}
        return f"{place}: {self.message}"


def check_values(
    programme: Programme, values: Mapping[str, Any], *, topics: Topics | None = None,
    uploads: Uploads | None = None,
) -> tuple[dict[str, Any], list[Fault]]:  # fmt: skip
    """Clean values of all fields, and every fault in the order of the form.

    topics: the call's guide. uploads: the files that the submission holds; without it the numbers in
    `values` are taken as they stand, as in a version. What has a fault is left out of the clean
    values, but for tables: those keep the cells that are right. Keys of no field are left out.
    """
    clean: dict[str, Any] = {}
    faults: list[Fault] = []
    for number, section in enumerate(programme.sections, start=1):
        for field in section.fields:
            value, wrong = _check(field, values.get(field.key), topics or {}, uploads)
            if value is not None:
                clean[field.key] = value
            faults += [
                Fault(
                    number,
                    str(section.name),
                    field.key,
                    str(field.name),
                    message,
                    missing,
                    row,
                    column,
                )
                for message, missing, row, column in wrong
            ]
    return clean, faults


def kept_values(
    programme: Programme, values: Mapping[str, Any], *, topics: Topics | None = None,
) -> dict[str, Any]:  # fmt: skip
    """What a draft keeps: clean where it can be read, as it was typed where not; files left out."""
    kept = {}
    for field in programme.fields:
        given = values.get(field.key)
        if field.kind == "files" or given is None or given == "" or given == []:
            continue
        held = _kept(field, given, topics or {})
        if held not in (None, "", []):
            kept[field.key] = held
    return kept


def _kept(field: Field, given: Any, topics: Topics) -> Any:
    if field.kind == "table":
        return list(filled_rows(field, given))[:1000]
    try:
        return clean_value(field, given, topics)
    except ValueError:
        if field.kind == "rich":  # never kept as it came
            return clean_rich(str(given)[: LONGEST * 2])
        if field.kind == "organisations":  # more than are taken
            return organisations_in(given)[:200]
        if isinstance(given, list | tuple):  # choices that are no longer there
            parts = [clean_line(part)[:200].strip() for part in given[:200]]
            return [part for part in parts if part] if field.kind == "choices" else None
        return clean_lines(given)[: LONGEST * 2].strip()


Wrong = tuple[str, bool, int | None, str]  # message, missing, row, column


def _check(
    field: Field, given: Any, topics: Topics, uploads: Uploads | None
) -> tuple[Any, list[Wrong]]:
    value: Any
    wrong: list[Wrong]
    if field.kind == "files":
        value, wrong = _files(field, given, uploads), []
        if len(value or []) > field.files:
            wrong = [(_("At most %(n)s files.") % {"n": field.files}, False, None, "")]
    elif field.kind == "table":
        value, wrong = _table(field, given)
    else:
        try:
            value, wrong = clean_value(field, given, topics), []
        except ValueError as error:
            return None, [(str(error), False, None, "")]
    needless = field.kind == "topic" and not topics  # a call without a guide
    if value is None and field.required and not wrong and not needless:
        wrong = [(_missing(field), True, None, "")]
    return value, wrong


def _table(field: Field, given: Any) -> tuple[Any, list[Wrong]]:
    rows, bad = clean_table(field, given)
    wrong: list[Wrong] = [(message, False, row, column) for row, column, message in bad]
    if len(rows) > field.rows:
        wrong.append((_("At most %(n)s rows.") % {"n": field.rows}, False, None, ""))
    return rows or None, wrong


def _files(field: Field, given: Any, uploads: Uploads | None) -> list[int] | None:
    held = given if uploads is None else uploads.get(field.key)
    if not isinstance(held, Sequence) or isinstance(held, str):
        return None
    return list(_numbers(held)) or None


def _numbers(held: Sequence[Any]) -> Iterator[int]:
    seen = set()
    for number in held:
        if isinstance(number, int) and not isinstance(number, bool) and number not in seen:
            seen.add(number)
            yield number


def _missing(field: Field) -> str:
    match field.kind:
        case "files":
            return _("Add the file that is asked for.")
        case "choice" | "choices" | "topic" | "boolean" | "organisations":
            return _("Choose here.")
        case "table":
            return _("Fill in at least one row.")
    return _("Fill this in.")
