"""Static files with a digest in their names, compressed; and when they must be collected anew."""

from __future__ import annotations

import hashlib
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage

STAMP = "collected"
UNUSED = ["django_htmx/*"]  # htmx comes with our own files; theirs import what they do not bring


class Hashed(CompressedManifestStaticFilesStorage):
    """The names in `import … from "…";` of our modules are rewritten too; the semicolon is needed."""

    support_js_module_import_aggregation = True


def collect_if_changed() -> int | None:
    """Fill SHEKE_STATIC_ROOT where it is set and not from just these files; the number of files.

    None: nothing was to do. Old names stay, for pages that are still open.
    """
    if settings.STATIC_ROOT is None:
        return None
    folder = Path(settings.STATIC_ROOT)
    stamp, now = folder / STAMP, _stamp()
    if stamp.is_file() and stamp.read_text() == now:
        return None
    folder.mkdir(parents=True, exist_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=UNUSED)
    stamp.write_text(now)
    return sum(1 for path in folder.rglob("*") if path.is_file())


def _stamp() -> str:
    """Of the version and of every file's name, size and time."""
    digest = hashlib.sha256(version("sheke").encode())
    for finder in get_finders():
        for name, storage in finder.list(UNUSED):
            stat = Path(storage.path(name)).stat()
            digest.update(f"{name} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()
