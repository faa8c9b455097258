"""The files that the database names: kept by content, put back by name."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import zstandard
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from sheke.core.errors import BadInput

from .disk import settle
from .manifest import chunks

INDEX = "files.ndjson.zst"
POOL = "files"


@dataclass(frozen=True)
class Named:
    """A file of the installation: its name in the storage and what is in it."""

    name: str
    sha256: str
    size: int


def place(pool: Path, sha256: str) -> Path:
    return pool / sha256[:2] / sha256


def keep(name: str, expected: str, pool: Path) -> Named | None:
    """Copy a file of the storage into the pool, once by its content; None when it is not there."""
    if expected and (held := place(pool, expected)).exists():
        return Named(name, expected, held.stat().st_size)
    trial = pool / f".new-{os.getpid()}"
    try:
        with default_storage.open(name) as source, trial.open("wb") as target:
            sha256, size = _copied(source, target)  # type: ignore[arg-type]
    except FileNotFoundError:
        trial.unlink(missing_ok=True)
        return None
    held = place(pool, sha256)
    held.parent.mkdir(mode=0o700, exist_ok=True)
    trial.chmod(0o600)
    settle(trial, held)
    return Named(name, sha256, size)


def _copied(source: BinaryIO, target: BinaryIO) -> tuple[str, int]:
    sha, size = hashlib.sha256(), 0
    for chunk in chunks(source):
        sha.update(chunk)
        size += len(chunk)
        target.write(chunk)
    return sha.hexdigest(), size


def index_writer(path: Path) -> zstandard.ZstdCompressionWriter:
    return zstandard.ZstdCompressor(write_checksum=True).stream_writer(path.open("wb"))


def line(named: Named) -> bytes:
    parts = {"name": named.name, "sha256": named.sha256, "size": named.size}
    return (json.dumps(parts, ensure_ascii=False) + "\n").encode()


def read_index(path: Path) -> Iterator[Named]:
    """The files that a backup holds. Raises BadInput when the list is damaged."""
    pending = b""
    try:
        with path.open("rb") as packed:
            for chunk in chunks(zstandard.ZstdDecompressor().stream_reader(packed)):
                *lines, pending = (pending + chunk).split(b"\n")
                yield from (Named(**json.loads(one)) for one in lines)
    except (zstandard.ZstdError, ValueError, TypeError):
        raise BadInput(_("“%(path)s” is damaged.") % {"path": path}) from None


def sound(pool: Path, named: Named) -> bool:
    """Whether the pool holds just this content."""
    try:
        with place(pool, named.sha256).open("rb") as file:
            return _same(file, named)
    except OSError:
        return False


def in_storage(named: Named) -> bool | None:
    """Whether the storage holds the file with this content; None when there is none of the name."""
    if not default_storage.exists(named.name):
        return None
    with default_storage.open(named.name) as file:
        return _same(file, named)  # type: ignore[arg-type]


def _same(file: BinaryIO, named: Named) -> bool:
    sha, size = hashlib.sha256(), 0
    for chunk in chunks(file):
        sha.update(chunk)
        size += len(chunk)
    return (sha.hexdigest(), size) == (named.sha256, named.size)


def put_back(pool: Path, named: Named) -> None:
    """Let the storage hold the file under its name. Raises BadInput when the pool's is damaged."""
    if not sound(pool, named):
        raise BadInput(
            _("The content of “%(name)s” is missing or damaged in the backup (%(sha256)s).")
            % {"name": named.name, "sha256": named.sha256}
        )
    if default_storage.exists(named.name):
        default_storage.delete(named.name)
    with place(pool, named.sha256).open("rb") as file:
        saved = default_storage.save(named.name, file)
    if saved != named.name:
        raise BadInput(_("The storage kept “%(name)s” under another name.") % {"name": named.name})
