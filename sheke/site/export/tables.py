"""A noun's rows as CSV and as NDJSON, in one pass."""

from __future__ import annotations

import base64
import csv
import json
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.duration import duration_iso_string

Field = models.Field[Any, Any]
PORTION = 2000  # rows in memory


def write_table(model: type[models.Model], fields: list[Field], using: str, folder: Path) -> int:
    """Write `<app>.<noun>.csv` and `.ndjson`; gives the number of rows."""
    names = [field.attname for field in fields]
    path = folder / f"{model._meta.label_lower}.csv"
    number = 0
    with (
        path.open("w", encoding="utf-8", newline="") as table,
        path.with_suffix(".ndjson").open("w", encoding="utf-8") as lines,
    ):
        writer = csv.writer(table, lineterminator="\n")
        writer.writerow(names)
        for row in _rows(model, names, using):
            writer.writerow([_cell(value) for value in row])
            plain = {name: _plain(value) for name, value in zip(names, row, strict=True)}
            lines.write(json.dumps(plain, ensure_ascii=False, separators=(",", ":")) + "\n")
            number += 1
    return number


def _rows(model: type[models.Model], names: list[str], using: str) -> Iterator[tuple[Any, ...]]:
    rows = model._base_manager.using(using).order_by("pk").values_list(*names)
    yield from rows.iterator(chunk_size=PORTION)


def _plain(value: Any) -> Any:
    """As JSON says it; decimals stay exact as strings."""
    match value:
        case datetime() | date() | time():
            return value.isoformat()
        case Decimal():
            return format(value, "f")
        case UUID():
            return str(value)
        case timedelta():
            return duration_iso_string(value)
        case bytes() | memoryview():
            return base64.b64encode(bytes(value)).decode()
    return value


def _cell(value: Any) -> Any:
    plain = _plain(value)
    if isinstance(plain, bool):
        return "true" if plain else "false"
    return json.dumps(plain, ensure_ascii=False) if isinstance(plain, dict | list) else plain
