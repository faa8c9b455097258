"""A database of its own for a benchmark, beside the product's settings."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def prepare(folder: Path, name: str) -> Path:
    """Set up Django on the SQLite file `name` in `folder`, migrated; returns the file's path.

    The name is joined with a hash of the migrations: another schema, another file.
    """
    folder.mkdir(parents=True, exist_ok=True)
    database = folder / f"{name}-{_schema()}.sqlite3"
    os.environ |= {
        "SHEKE_VAR": str(folder),
        "SHEKE_DATABASE_URL": f"sqlite:///{database}",
        "SHEKE_TASKS": "django_tasks.backends.immediate.ImmediateBackend",
        "DJANGO_SETTINGS_MODULE": "sheke.site.settings",
    }
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    return database


def switch_to_copy(database: Path) -> Path:
    """Work on a copy of the database from here on, so that a run leaves it as it was."""
    from django.db import connection

    connection.close()
    copy = database.with_suffix(".running")
    shutil.copyfile(database, copy)
    connection.settings_dict["NAME"] = copy
    return copy


def remove(copy: Path) -> None:
    """Delete a copy with the files that SQLite keeps beside it."""
    from django.db import connection

    connection.close()
    for path in copy.parent.glob(copy.name + "*"):
        path.unlink()


def _schema() -> str:
    migrations = sorted(ROOT.glob("sheke/*/migrations/0*.py"))
    text = b"".join(path.read_bytes() for path in (*migrations, ROOT / "bench/world.py"))
    return hashlib.sha256(text).hexdigest()[:8]
