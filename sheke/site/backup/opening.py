"""A backup as it lies on disk, whether folder or file."""

from __future__ import annotations

import re
import shutil
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import zstandard
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from sheke.core.errors import BadInput

from . import contents
from .disk import private_folder
from .making import ENDINGS, finished
from .manifest import NAME, Manifest, describe, read_manifest

OURS = re.compile(r"[a-z_.0-9]+|files(/[0-9a-f]{2}(/[0-9a-f]{64})?)?")


@dataclass(frozen=True)
class Backup:
    """Its own folder, and the pool with the contents of its files."""

    folder: Path
    pool: Path
    manifest: Manifest

    @property
    def database(self) -> Path:
        member = self.manifest.member("database.")
        if member is None:
            raise BadInput(_("“%(path)s” holds no database.") % {"path": self.folder})
        return self.folder / member.name

    def files(self) -> Iterator[contents.Named]:
        return contents.read_index(self.folder / contents.INDEX)


@contextmanager
def opened(path: Path, work: Path) -> Iterator[Backup]:
    """The backup at `path`: a file, a folder, or of a folder of backups the latest.

    A file is unpacked below `work`. Raises BadInput when it is no backup or its members are damaged.
    """
    if not path.exists():
        raise BadInput(_("There is no “%(path)s”.") % {"path": path})
    if path.is_file():
        scratch = private_folder(work / "unpacked")
        try:
            _unpack(path, scratch)
            yield _checked(Backup(scratch, scratch / contents.POOL, read_manifest(scratch)))
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
        return
    folder = path if (path / NAME).exists() else next(iter(reversed(finished(path))), path)
    yield _checked(Backup(folder, folder.parent / contents.POOL, read_manifest(folder)))


def _unpack(path: Path, target: Path) -> None:
    try:
        with path.open("rb") as file:
            stream = zstandard.ZstdDecompressor().stream_reader(file)
            zipped = file.read(4) == zstandard.FRAME_HEADER
            file.seek(0)
            with tarfile.open(fileobj=stream if zipped else file, mode="r|") as archive:
                for member in archive:
                    if not OURS.fullmatch(member.name) or not (member.isfile() or member.isdir()):
                        raise BadInput(_("“%(path)s” is no backup of Sheke.") % {"path": path})
                    archive.extract(member, target, filter="data")
    except (tarfile.TarError, zstandard.ZstdError, EOFError):
        raise BadInput(
            _("“%(path)s” is no backup, or it is damaged. A backup's file ends with %(endings)s.")
            % {"path": path, "endings": " / ".join(ENDINGS)}
        ) from None


def _checked(backup: Backup) -> Backup:
    for member in backup.manifest.members:
        path = backup.folder / member.name
        if not path.exists() or describe(path, member.name) != member:
            raise BadInput(_("“%(path)s” is missing or damaged.") % {"path": path})
    return backup


def unknown_migrations(manifest: Manifest) -> list[str]:
    """Steps of the backup's tables that this version does not know: it comes from a newer one."""
    known = MigrationLoader(None, ignore_no_migrations=True).disk_migrations or {}
    return [
        f"{app}.{name}"
        for app, names in manifest.migrations.items()
        for name in names
        if (app, name) not in known
    ]


def is_older(manifest: Manifest) -> bool:
    """Whether its tables must still be brought up to this version."""
    known = MigrationLoader(None, ignore_no_migrations=True).disk_migrations or {}
    return any(name not in manifest.migrations.get(app, ()) for app, name in known)


def refuse_newer(manifest: Manifest) -> None:
    if unknown := unknown_migrations(manifest):
        raise BadInput(
            _(
                "The backup was made by a newer Sheke (%(theirs)s; this one does not know "
                "%(step)s). Install that version, then restore."
            )
            % {"theirs": manifest.sheke, "step": unknown[0]}
        )
