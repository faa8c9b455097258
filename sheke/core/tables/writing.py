"""Writing tables that open in every spreadsheet program and run nothing there."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, BinaryIO

from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation

from .escaping import STARTS_A_FORMULA

HEAD = PatternFill("solid", fgColor="E4EAF4")
BAD = PatternFill("solid", fgColor="F9D5D0")
MARK_REQUIRED = " *"
LAST_ROW = 200_000  # how far drop-downs and date formats of a template reach


@dataclass(frozen=True)
class Note:
    """A cell that is marked, with a remark: what is wrong there."""

    value: Any
    remark: str


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook: a row of headings and the rows below."""

    title: str
    columns: Sequence[str]
    rows: Iterable[Sequence[Any]] = ()
    widths: Mapping[str, float] = field(default_factory=dict)  # in letters, by heading
    dropdowns: Mapping[str, Sequence[str]] = field(default_factory=dict)
    required: frozenset[str] = frozenset()
    remarks: Mapping[str, str] = field(default_factory=dict)  # on headings


def write_xlsx(
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    title: str = "",
    widths: Mapping[str, float] | None = None,
    dropdowns: Mapping[str, Sequence[str]] | None = None,
    required: Iterable[str] = (),
    remarks: Mapping[str, str] | None = None,
    more: Iterable[Sheet] = (),
) -> bytes:
    """A workbook with `rows` under the headings `columns`, then the sheets of `more`.

    `widths` (in letters), `dropdowns` (the values to choose from) and `remarks` go by heading;
    `required` headings get a star. Rows are written as they come, so a generator keeps memory small.
    Texts stay texts, whatever they begin with; a Decimal is a number, a `Note` is marked.
    """
    sheet = Sheet(
        title or _("Table"), columns, rows, widths or {}, dropdowns or {}, frozenset(required),
        remarks or {},
    )  # fmt: skip
    file = io.BytesIO()
    save_xlsx(file, sheet, *more)
    return file.getvalue()


def save_xlsx(file: BinaryIO, *sheets: Sheet) -> None:
    """Write a workbook into an open file. The rows go to the disk as they come: for long tables."""
    book = Workbook(write_only=True)
    for sheet in sheets:
        _write_sheet(book, sheet)
    book.save(file)


def write_csv(columns: Sequence[str] | None, rows: Iterable[Sequence[Any]]) -> bytes:
    """UTF-8 with a byte order mark, which spreadsheet programs need for Chinese.

    Without `columns` only the rows are written, to go on with a table begun before.
    """
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    if columns is not None:
        writer.writerow([_csv_cell(column) for column in columns])
    for row in rows:
        writer.writerow([_csv_cell(value) for value in row])
    return file.getvalue().encode("utf-8" if columns is None else "utf-8-sig")


def _write_sheet(book: Workbook, sheet: Sheet) -> None:
    made = book.create_sheet(_sheet_title(sheet.title))
    made.freeze_panes = "A2"
    for number, column in enumerate(sheet.columns, start=1):
        width = sheet.widths.get(column) or min(40, 4 + 2 * len(column))
        made.column_dimensions[get_column_letter(number)].width = width
    _add_dropdowns(book, made, sheet)
    made.append([_heading(made, sheet, column) for column in sheet.columns])
    for row in sheet.rows:
        made.append([_cell(made, value) for value in row])


def _add_dropdowns(book: Workbook, made: Any, sheet: Sheet) -> None:
    """Lists on a hidden sheet: inside the rule they could have 255 characters only."""
    choices = {c: list(sheet.dropdowns[c]) for c in sheet.columns if sheet.dropdowns.get(c)}
    if not choices:
        return
    hidden = book.create_sheet(_sheet_title(_("Choices of %(sheet)s") % {"sheet": sheet.title}))
    hidden.sheet_state = "hidden"
    longest = max(len(values) for values in choices.values())
    for n in range(longest):
        hidden.append([_cell(hidden, v[n]) if n < len(v) else None for v in choices.values()])
    for number, (column, values) in enumerate(choices.items(), start=1):
        letter = get_column_letter(number)
        source = f"{quote_sheetname(hidden.title)}!${letter}$1:${letter}${len(values)}"
        rule = DataValidation(type="list", formula1=source, allow_blank=True)
        rule.errorTitle = column[:30]
        rule.error = _("Choose one of the list.")
        # A warning, not a wall: what is typed is checked again on import.
        rule.errorStyle, rule.showErrorMessage = "warning", True
        place = get_column_letter(list(sheet.columns).index(column) + 1)
        rule.add(f"{place}2:{place}{LAST_ROW}")
        made.data_validations.append(rule)


def _heading(made: Any, sheet: Sheet, column: str) -> Cell:
    starred = column + (MARK_REQUIRED if column in sheet.required else "")
    cell = _text_cell(made, starred)
    cell.font = Font(bold=True)
    cell.fill = HEAD
    cell.alignment = Alignment(vertical="center", wrap_text=True)
    if remark := sheet.remarks.get(column):
        cell.comment = Comment(remark, "Sheke", width=280, height=110)
    return cell


def _cell(made: Any, value: Any) -> Any:
    if isinstance(value, Note):
        cell = _styled(made, value.value)
        cell.fill = BAD
        cell.comment = Comment(value.remark, "Sheke", width=280, height=90)
        return cell
    if isinstance(value, str):
        return _text_cell(made, value) if _needs_care(value) else value
    if isinstance(value, datetime):
        return timezone.make_naive(value) if timezone.is_aware(value) else value
    return value if value is None or isinstance(value, int | float | Decimal | date) else str(value)


def _styled(made: Any, value: Any) -> Cell:
    plain = _cell(made, value)
    return plain if isinstance(plain, Cell) else WriteOnlyCell(made, plain)


def _needs_care(text: str) -> bool:
    return text.startswith("=") or bool(ILLEGAL_CHARACTERS_RE.search(text)) or len(text) > 32_000


def _text_cell(made: Any, text: str) -> Cell:
    """A text that is no formula, without the control characters that the format forbids."""
    cell = WriteOnlyCell(made, ILLEGAL_CHARACTERS_RE.sub("", text)[:32_000])
    cell.data_type = "s"
    return cell


def _csv_cell(value: Any) -> str:
    """As text; what a spreadsheet program would run as a formula gets an apostrophe."""
    if value is None:
        return ""
    if isinstance(value, bool | int | float | Decimal):
        return str(value)
    if isinstance(value, datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).isoformat(
            " ", "minutes"
        )
    text = value.value if isinstance(value, Note) else value
    text = str(text)
    return f"'{text}" if text.startswith(STARTS_A_FORMULA) else text


def _sheet_title(text: str) -> str:
    """At most 31 characters, without the signs that sheets may not have."""
    kept = "".join("-" if letter in "[]:*?/\\" else letter for letter in text)
    return kept.strip("'")[:31] or "Sheet"
