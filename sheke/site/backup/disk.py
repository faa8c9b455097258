"""Writing so that what has its final name is whole, also after a power failure."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import zstandard
from django.utils.translation import gettext as _

from sheke.core.errors import BadInput


def sync(path: Path) -> None:
    """Bring a file or a folder's list of names to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def settle(path: Path, target: Path) -> None:
    """Give a finished file or folder its final name."""
    sync(path)
    path.replace(target)
    sync(target.parent)


def write(path: Path, data: bytes, mode: int = 0o600) -> None:
    """Write a small file as a whole or not at all."""
    trial = path.with_name(f".{path.name}.{os.getpid()}")
    trial.unlink(missing_ok=True)
    trial.touch(mode=mode)
    trial.write_bytes(data)
    settle(trial, path)


def private_folder(path: Path) -> Path:
    """Make a folder that nobody else may look into. Raises BadInput when that cannot be."""
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise BadInput(
            _("The folder “%(path)s” cannot be made: %(why)s.")
            % {"path": path, "why": error.strerror}
        ) from None
    return path


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold the folder; raises BadInput while another process does."""
    handle = os.open(folder / ".lock", os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise BadInput(
            _("Another backup or restore is at work in “%(path)s”. Wait until it ends.")
            % {"path": folder}
        ) from None
    finally:
        os.close(handle)


def pack(source: Path, target: Path) -> None:
    """Compress a file, in pieces."""
    with source.open("rb") as read, target.open("wb") as write:
        zstandard.ZstdCompressor(level=3, write_checksum=True).copy_stream(read, write)
    sync(target)


def unpack(source: Path, target: Path) -> None:
    """The reverse of `pack`. Raises BadInput when the file is damaged."""
    try:
        with source.open("rb") as read, target.open("wb") as write:
            zstandard.ZstdDecompressor().copy_stream(read, write)
    except zstandard.ZstdError:
        raise BadInput(_("“%(path)s” is damaged.") % {"path": source}) from None
    sync(target)
