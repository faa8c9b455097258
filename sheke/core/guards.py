"""Triggers that keep append-only tables so, also from those who write SQL by hand.

They are put back after every migration, because SQLite loses a table's triggers when Django remakes
the table. `lifted` takes them away for a moment: the demonstration is thrown away with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from .append_only import AppendOnly

FUNCTION = """
CREATE OR REPLACE FUNCTION sheke_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the rows of % are never changed or deleted', TG_TABLE_NAME; END $$
"""


def install(sender: object = None, using: str = "default", **_signal: Any) -> None:
    """Make every guard that is missing; a receiver of post_migrate."""
    from django.db import connections

    if settings.APPEND_ONLY_GUARDS:
        make(connections[using])


def make(connection: BaseDatabaseWrapper) -> None:
    """Guard all append-only tables that there are."""
    tables = set(connection.introspection.table_names())
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(FUNCTION)
        for model in guarded_models():
            if model._meta.db_table in tables:
                for name, statement in _statements(model, connection.vendor):
                    cursor.execute(_drop(name, model, connection.vendor))
                    cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take every guard away."""
    tables = set(connection.introspection.table_names())
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for model in guarded_models():
            if model._meta.db_table in tables:
                for name, _statement in _statements(model, connection.vendor):
                    cursor.execute(_drop(name, model, connection.vendor))


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The tables that should be guarded and are not."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        there = {name for (name,) in cursor.fetchall()}
    wanted = [
        (m, name) for m in guarded_models() for name, _sql in _statements(m, connection.vendor)
    ]
    return sorted({model._meta.db_table for model, name in wanted if name not in there})


@contextmanager
def lifted(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Without guards for the block."""
    remove(connection)
    try:
        yield
    finally:
        if settings.APPEND_ONLY_GUARDS:
            make(connection)


def guarded_models() -> list[type[AppendOnly]]:
    return [model for model in apps.get_models() if issubclass(model, AppendOnly)]


def _statements(model: type[AppendOnly], vendor: str) -> list[tuple[str, str]]:
    """Names and statements of the table's triggers."""
    table, condition = model._meta.db_table, _kept(model, vendor)
    if vendor == "postgresql":
        call = "EXECUTE FUNCTION sheke_append_only()"
        return [
            (f"{table}_change", f'CREATE TRIGGER {table}_change BEFORE UPDATE ON "{table}" '
                                f"FOR EACH ROW WHEN ({condition}) {call}"),
            (f"{table}_delete", f'CREATE TRIGGER {table}_delete BEFORE DELETE ON "{table}" '
                                f"FOR EACH ROW {call}"),
            (f"{table}_empty", f'CREATE TRIGGER {table}_empty BEFORE TRUNCATE ON "{table}" {call}'),
        ]  # fmt: skip
    refuse = f"BEGIN SELECT RAISE(ABORT, 'the rows of {table} are never changed or deleted'); END"
    return [
        (f"{table}_change", f'CREATE TRIGGER {table}_change BEFORE UPDATE ON "{table}" '
                            f"WHEN {condition} {refuse}"),
        (f"{table}_delete", f'CREATE TRIGGER {table}_delete BEFORE DELETE ON "{table}" {refuse}'),
    ]  # fmt: skip


def _kept(model: type[AppendOnly], vendor: str) -> str:
    """True when an update touches anything but an empty column that is to be filled later."""
    differs = "IS DISTINCT FROM" if vendor == "postgresql" else "IS NOT"
    parts = []
    for field in model._meta.concrete_fields:
        test = f'OLD."{field.column}"{_comparable(field, vendor)} {differs} ' \
               f'NEW."{field.column}"{_comparable(field, vendor)}'  # fmt: skip
        if field.name in model.filled_later:
            test = f'(OLD."{field.column}" IS NOT NULL AND {test})'
        parts.append(test)
    return " OR ".join(parts)


def _comparable(field: models.Field[Any, Any], vendor: str) -> str:
    return "::text" if vendor == "postgresql" and isinstance(field, models.JSONField) else ""


def _drop(name: str, model: type[AppendOnly], vendor: str) -> str:
    on = f' ON "{model._meta.db_table}"' if vendor == "postgresql" else ""
    return f"DROP TRIGGER IF EXISTS {name}{on}"
