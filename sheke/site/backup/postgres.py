"""One consistent moment of a PostgreSQL database through pg_dump, and putting one in its place."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import zstandard
from django.db import connection
from django.utils.translation import gettext as _

from sheke.core.errors import BadInput

from .disk import sync
from .facts import Columns

MEMBER = "database.sql.zst"
# All of ours in the way of what is to be restored; what an extension owns stays with it.
WIPE = """
SET client_min_messages = warning;
DO $wipe$
DECLARE one record;
BEGIN
  FOR one IN SELECT c.relname, c.relkind FROM pg_class c
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')
      AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e') LOOP
    IF one.relkind = 'm' THEN EXECUTE format('DROP MATERIALIZED VIEW IF EXISTS public.%I CASCADE', one.relname);
    ELSIF one.relkind = 'v' THEN EXECUTE format('DROP VIEW IF EXISTS public.%I CASCADE', one.relname);
    ELSE EXECUTE format('DROP TABLE IF EXISTS public.%I CASCADE', one.relname); END IF;
  END LOOP;
  FOR one IN SELECT c.relname FROM pg_class c
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'S' LOOP
    EXECUTE format('DROP SEQUENCE IF EXISTS public.%I CASCADE', one.relname);
  END LOOP;
  FOR one IN SELECT p.oid::regprocedure AS name FROM pg_proc p
      WHERE p.pronamespace = 'public'::regnamespace AND p.prokind IN ('f', 'p')
      AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e') LOOP
    EXECUTE format('DROP ROUTINE IF EXISTS %s CASCADE', one.name);
  END LOOP;
END $wipe$;
"""


class Snapshot:
    """A transaction that sees one moment, lent to pg_dump."""

    engine = "postgresql"
    member = MEMBER

    def __init__(self, database: Any) -> None:
        self.database = database
        self.version = str(self.database.info.server_version // 10000)
        self.key = next(self.rows("SELECT pg_export_snapshot()"))[0]

    def rows(self, statement: str) -> Iterator[tuple[Any, ...]]:
        with self.database.cursor(name="backup") as cursor:  # in portions, not all in memory
            cursor.execute(statement)
            yield from cursor

    def columns(self) -> Columns:
        found: Columns = {}
        for table, column in self.rows(
            "SELECT c.table_name, c.column_name FROM information_schema.columns c "
            "JOIN information_schema.tables t USING (table_schema, table_name) "
            "WHERE t.table_schema = 'public' AND t.table_type = 'BASE TABLE'"
        ):
            found.setdefault(table, set()).add(column)
        return found

    def dump(self, target: Path) -> None:
        command = [
            tool("pg_dump", int(self.version)), "--format=plain", "--no-owner", "--no-privileges",
            "--encoding=UTF8", "--no-comments", f"--snapshot={self.key}", "--dbname", address(),
        ]  # fmt: skip
        with subprocess.Popen(  # noqa: S603
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=surroundings()
        ) as process:
            with target.open("wb") as write:
                zstandard.ZstdCompressor(level=3, write_checksum=True).copy_stream(
                    process.stdout,  # type: ignore[arg-type]
                    write,
                )
            said = process.stderr.read() if process.stderr else b""
        if process.returncode:
            raise BadInput(_("pg_dump failed: %(why)s") % {"why": last_line(said)})
        sync(target)


@contextmanager
def snapshot(_work: Path) -> Iterator[Snapshot]:
    """All that was committed before now."""
    import psycopg

    wrapper = connection.copy()
    wrapper.ensure_connection()
    database = wrapper.connection
    database.cursor_factory = psycopg.Cursor
    database.server_cursor_factory = psycopg.ServerCursor
    database.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
    try:
        yield Snapshot(database)
    finally:
        wrapper.close()


def put(packed: Path, name: str = "") -> None:
    """Replace all that is in the database by what was dumped, in one transaction."""
    check_server(packed)
    command = [
        tool("psql", server_version()), "-X", "-q", "-o", os.devnull, "-v", "ON_ERROR_STOP=1",
        "--dbname", address(name),
    ]  # fmt: skip
    with subprocess.Popen(  # noqa: S603
        command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, env=surroundings()
    ) as process:
        try:
            with packed.open("rb") as read:
                process.stdin.write(b"BEGIN;" + WIPE.encode())  # type: ignore[union-attr]
                zstandard.ZstdDecompressor().copy_stream(read, process.stdin)  # type: ignore[arg-type]
                # Only now: psql's own --single-transaction would commit half of it when we are killed.
                process.stdin.write(b"\nCOMMIT;\n")  # type: ignore[union-attr]
            process.stdin.close()  # type: ignore[union-attr]
        except zstandard.ZstdError:
            process.kill()  # before it sees an end and commits
            raise BadInput(_("“%(path)s” is damaged.") % {"path": packed}) from None
        except BrokenPipeError:
            pass  # psql says below what it did not like
        said = process.stderr.read()  # type: ignore[union-attr]
    if process.returncode:
        raise BadInput(_("psql failed: %(why)s") % {"why": last_line(said)})


def check_server(packed: Path) -> None:
    """Raise BadInput for a dump of a newer server than ours."""
    with packed.open("rb") as read:
        head = zstandard.ZstdDecompressor().stream_reader(read).read(4096).decode(errors="replace")
    found = re.search(r"Dumped from database version (\d+)", head)
    if found and int(found[1]) > server_version():
        raise BadInput(
            _("The backup comes from PostgreSQL %(theirs)s, this server is PostgreSQL %(ours)s.")
            % {"theirs": found[1], "ours": server_version()}
        )


def server_version() -> int:
    """15 for 15.x."""
    connection.ensure_connection()
    return int(connection.connection.info.server_version // 10000)


def tool(name: str, version: int) -> str:
    """The program of the server's version or a later one. Raises BadInput when it is not installed."""
    folders = [Path("/usr/lib/postgresql") / str(n) / "bin" for n in range(version, version + 6)]
    folders += [Path(part) for part in os.environ.get("PATH", "").split(os.pathsep) if part]
    for folder in folders:
        if os.access(folder / name, os.X_OK) and _version(folder / name) >= version:
            return str(folder / name)
    raise BadInput(
        _("%(tool)s of PostgreSQL %(version)s is needed. Install postgresql-client-%(version)s.")
        % {"tool": name, "version": version}
    )


def _version(program: Path) -> int:
    said = subprocess.run(  # noqa: S603
        [str(program), "--version"], capture_output=True, text=True, check=False
    ).stdout
    found = re.search(r"(\d+)", said)
    return int(found[1]) if found else 0


def address(name: str = "") -> str:
    """How libpq finds the database, without the password (that goes through the environment)."""
    from psycopg.conninfo import make_conninfo

    settings = connection.settings_dict
    parts = {
        "host": settings["HOST"], "port": settings["PORT"], "user": settings["USER"],
        "dbname": name or settings["NAME"],
    }  # fmt: skip
    libpq = {k: v for k, v in settings.get("OPTIONS", {}).items() if isinstance(v, str)}
    return make_conninfo(**{k: str(v) for k, v in (libpq | parts).items() if v})


def surroundings() -> dict[str, str]:
    password = connection.settings_dict["PASSWORD"]
    return os.environ | {"LC_ALL": "C"} | ({"PGPASSWORD": password} if password else {})


def last_line(said: bytes) -> str:
    lines = said.decode(errors="replace").strip().splitlines()
    return next((line for line in lines if "ERROR" in line), lines[-1] if lines else "?")
