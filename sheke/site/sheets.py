"""The table beside a chart as a workbook."""

from __future__ import annotations

import json
import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.request import RawPostDataException
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sheke.core.attachments import attachment
from sheke.core.errors import BadInput
from sheke.core.tables import write_xlsx

MOST = 500_000  # bytes of a table; a chart has some hundred cells


@require_POST
def sheet(request: HttpRequest) -> HttpResponse:
    """The browser sends the table that it shows, and gets it as a workbook; nothing is read or kept."""
    try:
        body = request.body
    except RawPostDataException:  # sent as a form, which was read before
        body = b""
    title, columns, rows = read(body)
    return attachment(write_xlsx(columns, rows, title=title[:30]), f"{title}.xlsx")


def read(body: bytes) -> tuple[str, list[str], list[list[Any]]]:
    """Title, columns and rows of `{"title", "columns", "rows"}`. Raises BadInput for anything else."""
    try:
        data = json.loads(body if len(body) <= MOST else b"", parse_constant=_no_number)
        title = re.sub(r"[\\/*?:\[\]\x00-\x1f]", " ", data["title"]).strip()[:100] or _("Table")
        columns, rows = data["columns"], data["rows"]
    except (ValueError, TypeError, KeyError, RecursionError):
        raise BadInput(_("This is not a table.")) from None
    texts = isinstance(columns, list) and columns and all(isinstance(c, str) for c in columns)
    if (
        not texts
        or not isinstance(rows, list)
        or not all(_is_row(row, len(columns)) for row in rows)
    ):
        raise BadInput(_("This is not a table."))
    return title, columns, rows


def _no_number(name: str) -> None:
    raise ValueError(name)


def _is_row(row: Any, width: int) -> bool:
    return (
        isinstance(row, list)
        and len(row) == width
        and all(cell is None or isinstance(cell, str | int | float) for cell in row)
    )
