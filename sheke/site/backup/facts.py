"""What a snapshot of the database says, read by plain SQL: also of an older version's tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.apps import apps
from django.db.models import FileField

Rows = Callable[[str], Iterator[tuple[Any, ...]]]  # the rows of a statement, one by one
Columns = dict[str, set[str]]  # of each table


def migrations(rows: Rows) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for app, name in rows("SELECT app, name FROM django_migrations ORDER BY app, name"):
        found.setdefault(app, []).append(name)
    return found


def counts(rows: Rows, columns: Columns) -> dict[str, int]:
    return {
        table: next(rows(f'SELECT count(*) FROM "{table}"'))[0]  # noqa: S608  our own tables
        for table in sorted(columns)
    }


def audit_head(rows: Rows, columns: Columns) -> dict[str, Any]:
    """The number of events, the last of them, and the head of the chain where something is sealed."""
    if "core_auditevent" not in columns:
        return {}
    number, last = next(rows("SELECT count(*), max(id) FROM core_auditevent"))
    head = {"events": number, "last": last}
    if "core_auditseal" in columns:
        sealed = "SELECT digest FROM core_auditseal ORDER BY id DESC LIMIT 1"
        last_link = next(rows(sealed), None)
        head["seal"] = last_link[0] if last_link else ""
    return head


def last_seal(rows: Rows, columns: Columns) -> dict[str, Any]:
    if "reports_snapshot" not in columns:
        return {}
    last = next(rows("SELECT code, seal FROM reports_snapshot ORDER BY id DESC LIMIT 1"), None)
    return {"code": last[0], "seal": last[1]} if last else {}


def named_files(rows: Rows, columns: Columns) -> Iterator[tuple[str, str]]:
    """Name in the storage and SHA-256 ("" where the table keeps none) of every file that a row names."""
    for model in apps.get_models():
        table = model._meta.db_table
        for field in model._meta.concrete_fields:
            if not isinstance(field, FileField) or field.column not in columns.get(table, ()):
                continue
            digest = "sha256" if "sha256" in columns[table] else "''"
            yield from rows(
                f'SELECT "{field.column}", {digest} FROM "{table}" '  # noqa: S608
                f"WHERE \"{field.column}\" <> '' ORDER BY 1"
            )
