"""Reading a table with one row of headings."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import BinaryIO, TypeAlias

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from sheke.core.errors import BadInput

from .escaping import STARTS_A_FORMULA
from .extent import CELLS_LIMIT
from .guard import check_size, check_workbook

Cell: TypeAlias = str | int | float | bool | date | datetime | time | timedelta | None
Row: TypeAlias = tuple[int, dict[str, Cell]]

ROWS_LIMIT = 200_000
TITLE_ROWS = 6  # with text, above the headings that are looked for and with them
COLUMNS_LIMIT = 500
WORKBOOKS = (".xlsx", ".xls", ".xlsm", ".ods")
TEXTS = (".csv", ".txt", ".tsv")


@dataclass(frozen=True)
class Table:
    """The headings and the rows below them, by heading.

    `rows` may be walked more than once and makes each row when it is asked for: (row number as a
    spreadsheet shows it, {heading: value}); empty rows are left out, empty cells are None. Texts
    are stripped, whole numbers are ints, dates without a time are dates.
    """

    name: str
    headings: list[str]
    _lines: Callable[[], Iterator[tuple[int, Sequence[Cell]]]]

    @property
    def rows(self) -> Iterator[Row]:
        width = len(self.headings)
        for number, line in self._lines():
            cells = [_clean(cell) for cell in line[:width]]
            if any(cell is not None for cell in cells):
                cells += [None] * (width - len(cells))
                yield number, {h: cell for h, cell in zip(self.headings, cells, strict=True) if h}

    def require(self, *headings: str) -> None:
        """Raises BadInput naming the headings that the table lacks."""
        missing = [heading for heading in headings if heading not in self.headings]
        if missing:
            raise BadInput(
                _(
                    "“%(name)s” lacks the columns: %(columns)s. Its first row must hold the headings."
                )
                % {"name": self.name, "columns": "、".join(missing)}
            )


def read_table(
    source: str | Path | BinaryIO, name: str = "", sheet: str | None = None,
    known: Collection[str] = (),
) -> Table:  # fmt: skip
    """The table in an xlsx, xls, ods or csv file (UTF-8, UTF-16 or GB18030).

    `name` tells the kind of file and stands in messages; it may be left out for a path. The first
    visible sheet is read unless `sheet` names one. The headings stand in the first row that is not
    empty, or in the first that has one of the `known` headings: a title may stand above it. Raises BadInput when it is no such file, is too
    large or has no headings.
    """
    name = name or Path(str(source)).name
    kind = Path(name).suffix.lower()
    if kind not in WORKBOOKS + TEXTS:
        raise BadInput(
            _("“%(name)s” is no table that can be read; use xlsx or csv.") % {"name": name}
        )
    with _opened(source) as file:
        check_size(file, name)
        lines = (
            _sheet_lines(file, name, kind, sheet) if kind in WORKBOOKS else _csv_lines(file, name)
        )
    return _table(name, lines, known)


@contextmanager
def _opened(source: str | Path | BinaryIO) -> Iterator[BinaryIO]:
    if not isinstance(source, str | Path):
        yield source
        return
    try:
        with Path(source).open("rb") as file:
            yield file
    except FileNotFoundError:
        raise BadInput(_("There is no file “%(name)s”.") % {"name": source}) from None
    except OSError as error:
        raise BadInput(
            _("“%(name)s” cannot be read: %(why)s") % {"name": source, "why": error.strerror}
        ) from None


def _table(
    name: str, lines: Callable[[], Iterator[tuple[int, Sequence[Cell]]]], known: Collection[str]
) -> Table:
    found = ((n, _headings(line)) for n, line in lines())
    rows = list(
        islice(((n, texts) for n, texts in found if any(texts)), TITLE_ROWS if known else 1)
    )
    headed = [(n, texts) for n, texts in rows if any(text in known for text in texts)]
    first, headings = (headed or rows or [(0, [])])[0]
    if not headings:
        raise BadInput(
            _("“%(name)s” has no headings; its first row must hold them.") % {"name": name}
        )
    twice = sorted({h for h in headings if h and headings.count(h) > 1})
    if twice:
        raise BadInput(
            _("“%(name)s”, row %(row)s: the heading “%(heading)s” stands there twice.")
            % {"name": name, "row": first, "heading": twice[0]}
        )

    def below() -> Iterator[tuple[int, Sequence[Cell]]]:
        return ((n, line) for n, line in lines() if n > first)

    return Table(name, headings, below)


def _headings(line: Sequence[Cell]) -> list[str]:
    """Headings without the mark of a required column, spaces and line breaks."""
    texts = ["" if cell is None else " ".join(str(cell).split()) for cell in line]
    texts = [text.strip("*＊ ") for text in texts]
    while texts and not texts[-1]:
        texts.pop()
    return texts


def _sheet_lines(
    file: BinaryIO, name: str, kind: str, wanted: str | None
) -> Callable[[], Iterator[tuple[int, Sequence[Cell]]]]:
    check_workbook(file, name, kind)
    sheet = _sheet(file, name, wanted)
    if sheet.total_height > ROWS_LIMIT or sheet.total_width > COLUMNS_LIMIT:
        raise BadInput(
            _("“%(name)s” has %(rows)s rows and %(columns)s columns; at most %(most)s rows and "
              "%(wide)s columns are read. Delete empty rows and columns, or split it.")
            % {"name": name, "rows": sheet.total_height, "columns": sheet.total_width,
               "most": ROWS_LIMIT, "wide": COLUMNS_LIMIT}
        )  # fmt: skip

    def lines() -> Iterator[tuple[int, Sequence[Cell]]]:
        return enumerate(sheet.iter_rows(), start=1)

    return lines


def _sheet(file: BinaryIO, name: str, wanted: str | None) -> CalamineSheet:
    try:
        # calamine reads the whole file, so that the sheet outlives it.
        book = CalamineWorkbook.from_filelike(io.BytesIO(file.read()))
        if wanted is not None and wanted not in book.sheet_names:
            raise BadInput(
                _("“%(name)s” has no sheet “%(sheet)s”; it has: %(sheets)s.")
                % {"name": name, "sheet": wanted, "sheets": "、".join(book.sheet_names)}
            )
        return book.get_sheet_by_name(wanted or _first_visible(book))
    except PasswordError:
        raise BadInput(
            _("“%(name)s” is locked by a password; save it without one.") % {"name": name}
        ) from None
    except (CalamineError, OSError, IndexError) as error:
        raise BadInput(
            _("“%(name)s” cannot be read as a workbook (%(why)s). Open it in a spreadsheet program "
              "and save it anew as xlsx.") % {"name": name, "why": error}
        ) from None  # fmt: skip


def _first_visible(book: CalamineWorkbook) -> str:
    visible = [m.name for m in book.sheets_metadata if str(m.visible).endswith("Visible")]
    return visible[0] if visible else book.sheet_names[0]


def _csv_lines(file: BinaryIO, name: str) -> Callable[[], Iterator[tuple[int, Sequence[Cell]]]]:
    text = _decoded(file.read(), name)
    delimiter = _delimiter(text)
    if text.count(delimiter) + text.count("\n") > CELLS_LIMIT:
        raise BadInput(_("“%(name)s” has too many cells; split it.") % {"name": name})

    def lines() -> Iterator[tuple[int, Sequence[Cell]]]:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        try:
            for number, line in enumerate(reader, start=1):
                if number > ROWS_LIMIT + 1:
                    raise BadInput(
                        _("“%(name)s” has more than %(most)s rows; split it.")
                        % {"name": name, "most": ROWS_LIMIT}
                    )
                yield number, [_as_meant(cell) for cell in line]
        except csv.Error as error:
            raise BadInput(
                _("“%(name)s”, line %(line)s cannot be read: %(why)s")
                % {"name": name, "line": reader.line_num, "why": error}
            ) from None

    return lines


def _as_meant(cell: str) -> str:
    """Without the apostrophe that keeps a spreadsheet program from running a cell."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(STARTS_A_FORMULA) else cell


def _decoded(data: bytes, name: str) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise BadInput(
        _("“%(name)s” is no text in UTF-8 or GB18030; save it anew as xlsx.") % {"name": name}
    )


def _delimiter(text: str) -> str:
    """The sign that stands most often in the first line that is not empty."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(",\t;", key=first.count)


def _clean(cell: object) -> Cell:
    if isinstance(cell, str):
        return cell.strip() or None
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date()
    return cell  # type: ignore[return-value]
