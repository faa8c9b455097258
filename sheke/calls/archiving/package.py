"""A zip file that grows entry by entry, with the SHA-256 of each in a list at its end."""

from __future__ import annotations

import hashlib
import json
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, Any, BinaryIO

from django.core.files import File
from django.utils import timezone

from .names import Names

SUMS, MANIFEST = "SHA256SUMS", "manifest.json"
CHUNK = 1 << 20
# What is packed already gains nothing by being packed again.
PACKED = (
    ".zip",
    ".docx",
    ".xlsx",
    ".pptx",
    ".pdf",
    ".jpg",
    ".jpeg",
    ".png",
    ".mp4",
    ".mp3",
    ".7z",
    ".rar",
)


class Package:
    """`files` counts the entries and `size` their bytes before packing. Memory does not grow with what
    is written, but for the zip's own directory.
    """

    def __init__(self, target: BinaryIO) -> None:
        self._zip = zipfile.ZipFile(
            target, "w", zipfile.ZIP_DEFLATED, allowZip64=True, compresslevel=4
        )
        self._names = Names()
        self._sums: IO[str] = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115  lives as long
        self._moment = timezone.localtime()
        self.files, self.size = 0, 0
        for name in (SUMS, MANIFEST):
            self._names.free(name)

    def add(self, path: str, data: bytes | str) -> str:
        """Write an entry; gives its path, which has a number where it was taken."""
        content = data.encode() if isinstance(data, str) else data
        with self.entry(path) as (name, write):
            write(content)
        return name

    def add_json(self, path: str, data: Any) -> str:
        return self.add(path, json.dumps(data, ensure_ascii=False, indent=1, default=str) + "\n")

    def add_file(self, path: str, file: BinaryIO | File[bytes]) -> tuple[str, str]:
        """Copy an open file in pieces; gives path and SHA-256."""
        digest = hashlib.sha256()
        with self.entry(path) as (name, write):
            while piece := file.read(CHUNK):
                digest.update(piece)
                write(piece)
        return name, digest.hexdigest()

    @contextmanager
    def entry(self, path: str) -> Iterator[tuple[str, Callable[[bytes], object]]]:
        """An entry to be written in pieces: its path and what writes."""
        name, digest, size = self._names.free(path), hashlib.sha256(), 0
        with self._zip.open(self._info(name), "w", force_zip64=True) as entry:

            def write(piece: bytes) -> None:
                nonlocal size
                digest.update(piece)
                size += len(piece)
                entry.write(piece)

            yield name, write
        self._sums.write(f"{digest.hexdigest()}  {name}\n")
        self.files, self.size = self.files + 1, self.size + size

    def close(self, about: dict[str, Any]) -> str:
        """Write the sums and the manifest, which names the sums' own SHA-256, and end; gives it."""
        self._sums.seek(0)
        digest = hashlib.sha256()
        with self._zip.open(self._info(SUMS), "w") as entry:
            for line in self._sums:
                digest.update(line.encode())
                entry.write(line.encode())
        self._sums.close()
        told = about | {
            "files": self.files,
            "bytes": self.size,
            "sums": {"file": SUMS, "sha256": digest.hexdigest()},
        }
        self._zip.writestr(
            self._info(MANIFEST), json.dumps(told, ensure_ascii=False, indent=1) + "\n"
        )
        self._zip.close()
        return digest.hexdigest()

    def drop(self) -> None:
        """End without a manifest: what was written is no archive."""
        self._sums.close()
        self._zip.close()

    def _info(self, name: str) -> zipfile.ZipInfo:
        at: datetime = self._moment
        info = zipfile.ZipInfo(name, (at.year, at.month, at.day, at.hour, at.minute, at.second))
        packed = Path(name).suffix.lower() in PACKED
        info.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
        info.external_attr = 0o600 << 16
        return info
