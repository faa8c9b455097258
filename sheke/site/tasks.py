"""What the site does by the clock."""

from __future__ import annotations

from datetime import time
from pathlib import Path

from django.conf import settings
from django_tasks import task

from sheke.core.schedule import daily

from .backup.making import make_backup
from .backup.restoring import note


@daily(time(2))
@task()
def backup_nightly() -> None:
    """A backup into SHEKE_BACKUP_FOLDER, the latest SHEKE_BACKUP_KEEP are kept; nothing without one."""
    if not settings.BACKUP_FOLDER:
        return
    path, manifest = make_backup(Path(settings.BACKUP_FOLDER), keep=settings.BACKUP_KEEP)
    note("backup.make", backup=path.name, files=manifest.files, bytes=manifest.size)
