"""Cursors: a page says where the next one begins, so that new rows shift nothing."""

from __future__ import annotations

import base64
import binascii
import json
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from ninja import Schema

from sheke.core.errors import BadInput

from .characters import can_be_kept

MOST = 200  # rows of one page


class Page(Schema):
    """`next` is the cursor of the following page, null on the last one."""

    items: list[Any]
    next: str | None = None


def page(
    rows: QuerySet[Any], *, by: tuple[str, ...], cursor: str, limit: int, descending: bool = False
) -> tuple[list[Any], str | None]:
    """Rows after the cursor in the order of the unique key `by`, and the next cursor."""
    if cursor:
        try:
            rows = rows.filter(_beyond(by, read(cursor, len(by)), "lt" if descending else "gt"))
        except (TypeError, ValueError, ValidationError):
            raise BadInput(_("cursor: not one that a page gave.")) from None
    order = [f"-{name}" if descending else name for name in by]
    found = list(rows.order_by(*order)[: limit + 1])
    if len(found) <= limit:
        return found, None
    last = found[limit - 1]
    return found[:limit], write([getattr(last, name) for name in by])


def _beyond(by: tuple[str, ...], values: list[Any], sign: str) -> Q:
    """(a, b) > (x, y), spelled out."""
    condition = Q()
    for depth, name in enumerate(by):
        same = dict(zip(by[:depth], values[:depth], strict=True))
        condition |= Q(**same, **{f"{name}__{sign}": values[depth]})
    return condition


def write(values: list[Any]) -> str:
    text = json.dumps([v if isinstance(v, int) else str(v) for v in values])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read(cursor: str, size: int) -> list[Any]:
    """Raises BadInput for anything but a cursor of ours."""
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        values = json.loads(text)
    except (binascii.Error, ValueError, RecursionError):
        values = None
    good = isinstance(values, list) and len(values) == size
    if not good or not all(
        (isinstance(v, int) and abs(v) < 2**63) or (isinstance(v, str) and can_be_kept(v))
        for v in values
    ):
        raise BadInput(_("cursor: not one that a page gave."))
    return list(values)
