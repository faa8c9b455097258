"""How far posting has come, beside the database: its transaction shows nothing before it ends."""

from __future__ import annotations

from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage


def write(pk: int, done: int) -> None:
    forget(pk)
    default_storage.save(_path(pk), ContentFile(str(done).encode()))


def read(pk: int) -> int | None:
    """Rows done so far, or None where nothing is known."""
    try:
        with default_storage.open(_path(pk)) as file:
            return int(file.read() or 0)
    except (FileNotFoundError, ValueError):
        return None


def moved_at(pk: int) -> datetime | None:
    """When progress was last told."""
    try:
        return default_storage.get_modified_time(_path(pk))
    except FileNotFoundError:
        return None


def forget(pk: int) -> None:
    default_storage.delete(_path(pk))


def _path(pk: int) -> str:
    return f"progress/import-{pk}"
