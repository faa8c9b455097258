"""One moment of the database to read from, while people go on writing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection, connections, transaction

from sheke.site.backup import sqlite

ALIAS = "export"


@contextmanager
def moment(work: Path) -> Iterator[str]:
    """The name of a database connection that sees one moment; `work` has room for a SQLite copy."""
    if connection.vendor == "sqlite":
        with sqlite.snapshot(work) as copy, _alias({"NAME": copy.copy}):
            yield ALIAS
        return
    with _alias({}), transaction.atomic(using=ALIAS), connections[ALIAS].cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield ALIAS


@contextmanager
def _alias(changes: dict[str, object]) -> Iterator[None]:
    """A second connection like ours, under the name ALIAS for querysets."""
    wrapper = connection.copy()
    wrapper.settings_dict = wrapper.settings_dict | changes
    connections[ALIAS] = wrapper
    try:
        yield
    finally:
        wrapper.close()
        del connections[ALIAS]
