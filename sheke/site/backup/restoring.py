"""Restoring: the old state or the new one, never a mixture that nobody has marked."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from sheke.core import audit
from sheke.core.errors import BadInput

from . import contents, postgres, sqlite
from .disk import alone, private_folder, sync, write
from .making import KEY, make_backup
from .manifest import Manifest
from .opening import Backup, is_older, opened, refuse_newer
from .scratch import Place, sqlite_place

MARK = "restore-unfinished.json"
WORK = ".restoring"
SAFETY = "before-restore"
DATA = ("directory_organisation", "directory_account", "directory_person", "ledger_record")


def restore(path: Path, *, replace: bool = False, with_key: bool = True) -> Manifest:
    """Bring the installation to what the backup holds.

    Raises BadInput, with the old state kept, when the backup is damaged or newer than this version,
    when the database has data and `replace` is not set, or when a process still uses it. A killed
    restore leaves a mark (see `unfinished`); restoring again completes it.
    """
    var = private_folder(Path(settings.VAR))
    with alone(var):
        work = var / WORK
        shutil.rmtree(work, ignore_errors=True)
        private_folder(work)
        try:
            with opened(path, work) as backup:
                _check_fits(backup)
                if has_data() and not (replace or _was_begun(backup)):
                    raise BadInput(
                        _("The database has data already. To put the backup in its place: --replace (a safety backup is made first).")
                    )  # fmt: skip
                if replace and has_data():
                    make_backup(var / SAFETY)
                _restore(backup, var, work, with_key=with_key)
                return backup.manifest
        finally:
            shutil.rmtree(work, ignore_errors=True)


def _check_fits(backup: Backup) -> None:
    refuse_newer(backup.manifest)
    if backup.manifest.engine != connection.vendor:
        raise BadInput(
            _("The backup is of %(theirs)s and this installation uses %(ours)s. Set SHEKE_DATABASE_URL to a %(theirs)s database.")
            % {"theirs": backup.manifest.engine, "ours": connection.vendor}
        )  # fmt: skip
    if connection.vendor == "postgresql":
        postgres.check_server(backup.database)


def has_data() -> bool:
    """Whether anything that people entered is in the database; what setup loads does not count."""
    try:
        tables = set(connection.introspection.table_names())
        with connection.cursor() as cursor:
            for table in tables & set(DATA):
                cursor.execute(f'SELECT 1 FROM "{table}" LIMIT 1')  # noqa: S608
                if cursor.fetchone():
                    return True
    except DatabaseError as error:
        if connection.vendor == "postgresql":
            raise
        raise BadInput(
            _("The database cannot be read (%(why)s). Move %(path)s away, then restore.")
            % {"why": error, "path": connection.settings_dict["NAME"]}
        ) from None
    return False


def _restore(backup: Backup, var: Path, work: Path, *, with_key: bool) -> None:
    new = _prepared(backup, work)
    if connection.vendor == "sqlite":
        sqlite.free(Path(connection.settings_dict["NAME"]))  # before anything is touched
    with _marked(var, backup):
        others = _put_new_files(backup)
        _put_database(backup, new)
        for named in others:
            contents.put_back(backup.pool, named)
        if with_key:
            _put_key(backup, var)


def _prepared(backup: Backup, work: Path) -> Path:
    """SQLite: the database ready beside the old one, whole, sound and of this version."""
    if connection.vendor != "sqlite":
        return backup.database
    target = Path(connection.settings_dict["NAME"])
    target.parent.mkdir(parents=True, exist_ok=True)
    for left in target.parent.glob(f".new-{target.name}*"):
        left.unlink()
    new = target.with_name(f".new-{target.name}")  # beside it, so that one rename puts it in place
    sqlite.unpacked(backup.database, new)
    if is_older(backup.manifest):
        sqlite_place(work, new).migrate()
        sqlite.free(new)
    return new


def _put_new_files(backup: Backup) -> list[contents.Named]:
    """Files of names that are free yet: they do no harm to the old state. Gives the others."""
    others = []
    for named in backup.files():
        there = contents.in_storage(named)
        if there is None:
            contents.put_back(backup.pool, named)
        elif not there:
            others.append(named)
    return others


def _put_database(backup: Backup, new: Path) -> None:
    connection.close()
    if connection.vendor == "sqlite":
        sqlite.put(new, Path(connection.settings_dict["NAME"]))
        return
    postgres.put(new)
    if is_older(backup.manifest):
        from .scratch import _url

        Place(Path(settings.VAR), _url(connection.settings_dict["NAME"])).migrate()


def _put_key(backup: Backup, var: Path) -> None:
    if (backup.folder / KEY).exists():
        write(var / KEY, (backup.folder / KEY).read_bytes())


@contextmanager
def _marked(var: Path, backup: Backup) -> Iterator[None]:
    """A mark on disk from before the first change until all is done."""
    mark = {
        "backup": str(backup.folder), "made_at": backup.manifest.made_at,
        "started": datetime.now(UTC).isoformat(timespec="seconds"),
    }  # fmt: skip
    write(var / MARK, json.dumps(mark, ensure_ascii=False).encode())
    yield
    (var / MARK).unlink()
    sync(var)


def _was_begun(backup: Backup) -> bool:
    """The restore of this very backup that was killed may be done again without asking."""
    left = unfinished()
    return left is not None and left["made_at"] == backup.manifest.made_at


def unfinished() -> dict[str, str] | None:
    """What is known of a restore that did not come to its end: backup, made_at, started."""
    path = Path(settings.VAR) / MARK
    if not path.exists():
        return None
    try:
        found: dict[str, str] = json.loads(path.read_bytes())
        return found
    except (OSError, ValueError):
        return {"backup": "", "made_at": "", "started": ""}


@transaction.atomic
def note(verb: str, **data: Any) -> None:
    """Leave the event that a backup was made or restored.

    Before an upgrade the tables are older than the program and have no room for it: then not.
    """
    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        audit.record(verb, by=None, **data)
