"""One consistent moment of a SQLite database, and putting one in its place."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from sheke.core.errors import BadInput

from .disk import pack, settle, sync, unpack
from .facts import Columns, Rows

MEMBER = "database.sqlite3.zst"
BUSY = 60  # seconds to wait for a writer


class Snapshot:
    """A copy made by the online backup: readers and writers go on meanwhile."""

    engine = "sqlite"
    member = MEMBER

    def __init__(self, copy: Path) -> None:
        self.copy = copy
        self.database = sqlite3.connect(copy)
        self.version = sqlite3.sqlite_version

    def rows(self, statement: str) -> Iterator[tuple[Any, ...]]:
        yield from self.database.execute(statement)

    def columns(self) -> Columns:
        return columns(self.rows)

    def dump(self, target: Path) -> None:
        pack(self.copy, target)


@contextmanager
def snapshot(work: Path) -> Iterator[Snapshot]:
    """All that was committed before now. `work` must have room for the whole database."""
    copy = work / "copy.sqlite3"
    with closing(sqlite3.connect(copy)) as target:
        connection.ensure_connection()
        # In one step: the read transaction of the write-ahead log neither waits nor is waited for.
        connection.connection.backup(target, pages=-1)
        target.execute("PRAGMA journal_mode=DELETE")
    found = Snapshot(copy)
    try:
        yield found
    finally:
        found.database.close()
        copy.unlink(missing_ok=True)


def columns(rows: Rows) -> Columns:
    """Of every table that holds rows of ours; not what an index keeps beside itself."""
    found: Columns = {}
    virtual = [
        name for (name,) in rows("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL%'")
    ]
    names = "SELECT m.name, p.name FROM sqlite_master m, pragma_table_info(m.name) p WHERE m.type='table'"
    for table, column in list(rows(names)):
        if table.startswith("sqlite_") or any(f"{table}_".startswith(f"{v}_") for v in virtual):
            continue
        found.setdefault(table, set()).add(column)
    return found


def unpacked(packed: Path, target: Path) -> None:
    """Bring a dumped database to `target`. Raises BadInput when SQLite finds it broken."""
    unpack(packed, target)
    with closing(sqlite3.connect(target)) as database:
        try:
            said = database.execute("PRAGMA integrity_check").fetchone()[0]
            broken = database.execute("PRAGMA foreign_key_check").fetchone()
        except sqlite3.DatabaseError as error:
            said, broken = str(error), None
    if said != "ok" or broken:
        raise BadInput(
            _("The database in the backup is damaged: %(why)s") % {"why": broken or said}
        )


def free(path: Path) -> None:
    """Take the database out of everybody's use. Raises BadInput while a process has it open.

    Leaving the write-ahead log needs the only connection; it also writes back and removes the log,
    so that no old log can be taken for one of the new database.
    """
    if not path.exists():
        return
    connection.close()
    with closing(sqlite3.connect(path, timeout=2)) as database:
        try:
            database.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.OperationalError:
            raise BadInput(
                _("The database is in use. Stop the site and the worker, then try again.")
            ) from None
    sync(path)


def put(new: Path, target: Path) -> None:
    """Let the file `new` be the database; one rename, so the old or the new is there."""
    free(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    settle(new, target)
