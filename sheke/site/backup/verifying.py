"""Whether a backup holds: it is restored in a scratch place and asked there."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.management import get_commands
from django.db import connection
from django.utils.translation import gettext as _

from sheke.core.errors import BadInput

from . import contents, facts, postgres, sqlite
from .manifest import Manifest
from .opening import Backup, is_older, opened, refuse_newer
from .scratch import Place, postgres_place, sqlite_place


@dataclass
class Verdict:
    """What was found; `problems` is empty when the backup holds."""

    backup: str
    records: int = 0
    files: int = 0
    seals: Any = None
    audit: Any = None
    database: str = "restored"
    problems: list[str] = field(default_factory=list)


def verify(path: Path, work: Path | None = None) -> Verdict:
    """Restore the database in a scratch place, compare it and every file with the manifest, and let
    `report seals` and `audit verify` judge it there. Raises BadInput when it is no backup at all.
    """
    scratch = Path(tempfile.mkdtemp(prefix=".verify-", dir=work))
    try:
        with opened(path, scratch) as backup:
            refuse_newer(backup.manifest)
            verdict = Verdict(str(path), backup.manifest.tables.get("ledger_record", 0))
            _check_files(backup, verdict)
            _check_database(backup, verdict, scratch)
            return verdict
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _check_files(backup: Backup, verdict: Verdict) -> None:
    for named in backup.files():
        verdict.files += 1
        if not contents.sound(backup.pool, named):
            verdict.problems.append(
                _("The content of “%(name)s” is missing or damaged.") % {"name": named.name}
            )
    manifest = backup.manifest
    if verdict.files != manifest.files:
        verdict.problems.append(_("The list of files is not as long as the manifest says."))


def _check_database(backup: Backup, verdict: Verdict, scratch: Path) -> None:
    if backup.manifest.engine == "sqlite":
        database = scratch / "sheke.sqlite3"
        sqlite.unpacked(backup.database, database)
        moment = sqlite.Snapshot(database)
        compare(moment, backup.manifest, verdict)
        moment.database.close()
        _ask(sqlite_place(scratch, database), backup.manifest, verdict)
    elif connection.vendor == "postgresql":
        with postgres_place(scratch) as (place, name):
            postgres.put(backup.database, name)
            _compare_postgres(name, backup.manifest, verdict)
            _ask(place, backup.manifest, verdict)
    else:
        raise BadInput(
            _("The backup is of PostgreSQL: set SHEKE_DATABASE_URL to a server to verify it on.")
        )


def _compare_postgres(name: str, manifest: Manifest, verdict: Verdict) -> None:
    wrapper = connection.copy()
    wrapper.settings_dict = wrapper.settings_dict | {"NAME": name}
    wrapper.ensure_connection()
    try:
        import psycopg

        wrapper.connection.cursor_factory = psycopg.Cursor
        wrapper.connection.server_cursor_factory = psycopg.ServerCursor
        wrapper.connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        compare(postgres.Snapshot(wrapper.connection), manifest, verdict)
    finally:
        wrapper.close()


def compare(
    moment: sqlite.Snapshot | postgres.Snapshot, manifest: Manifest, verdict: Verdict
) -> None:
    """Rows, migrations, the end of the log and of the chain of seals, against the manifest."""
    columns = moment.columns()
    now = facts.counts(moment.rows, columns)
    for table in sorted(now.keys() | manifest.tables.keys()):
        if now.get(table) != manifest.tables.get(table):
            verdict.problems.append(
                _("%(table)s: %(now)s rows, the manifest says %(then)s.")
                % {"table": table, "now": now.get(table), "then": manifest.tables.get(table)}
            )
    same = (
        facts.migrations(moment.rows) == manifest.migrations
        and facts.audit_head(moment.rows, columns) == manifest.audit
        and facts.last_seal(moment.rows, columns) == manifest.seal
    )
    if not same:
        verdict.problems.append(_("The database's end is not the one that the manifest tells."))


def _ask(place: Place, manifest: Manifest, verdict: Verdict) -> None:
    """What the commands say of it, as an administrator would ask on an empty machine."""
    if is_older(manifest):
        place.migrate()
    holds, verdict.seals = place.ask("report", "seals")
    if not holds:
        verdict.problems.append(
            _("The seals of the reports do not hold: %(said)s") % {"said": verdict.seals}
        )
    if "audit" in get_commands():
        holds, verdict.audit = place.ask("audit", "verify")
        if not holds:
            verdict.problems.append(
                _("The audit log does not hold: %(said)s") % {"said": verdict.audit}
            )
