"""Throwing the demonstration away, and nothing but the demonstration."""

from __future__ import annotations

import shutil
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils.translation import gettext as _

from sheke.core import guards
from sheke.core.errors import BadInput
from sheke.directory.models import Organisation

from .build import is_built


def clear() -> None:
    """Empty the database. Raises BadInput when it is not the demonstration's."""
    if not _has_tables():
        return
    if is_built():
        shutil.rmtree(Path(settings.VAR) / "files", ignore_errors=True)
    elif Organisation.objects.exists():
        raise BadInput(_("This database is not the demonstration's; it is left alone."))
    if connection.vendor == "sqlite":
        _delete_file(Path(str(settings.DATABASES["default"]["NAME"])))
    else:
        with guards.lifted(connection):
            call_command("flush", interactive=False, verbosity=0)


def _has_tables() -> bool:
    return Organisation._meta.db_table in connection.introspection.table_names()


def _delete_file(path: Path) -> None:
    connection.close()
    for suffix in ("", "-wal", "-shm"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)
