"""Reading an archive back: every entry against its SHA-256."""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

from sheke.core.errors import BadInput

from .package import CHUNK, MANIFEST, SUMS


@dataclass
class Verdict:
    """What the archive holds against what its list says."""

    files: int = 0
    missing: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unlisted: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        return not (self.missing or self.changed or self.unlisted)


def verify(path: Path) -> Verdict:
    """Compare every entry. Raises BadInput for what is no whole archive of a call."""
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = json.loads(archive.read(MANIFEST))
            verdict, rest = Verdict(), set(archive.namelist()) - {SUMS, MANIFEST}
            if _sha256(archive, SUMS) != manifest["sums"]["sha256"]:
                verdict.changed.append(SUMS)
            for digest, name in _listed(archive):
                verdict.files += 1
                if name not in rest:
                    verdict.missing.append(name)
                    continue
                rest.discard(name)
                if _sha256(archive, name) != digest:
                    verdict.changed.append(name)
            verdict.unlisted = sorted(rest)
            return verdict
    except (OSError, zipfile.BadZipFile, KeyError, ValueError, TypeError) as error:
        raise BadInput(
            _("“%(path)s” is no whole archive of a call: %(why)s") % {"path": path, "why": error}
        ) from None


def _listed(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    with archive.open(SUMS) as lines:
        for line in lines:
            digest, _space, name = line.decode().rstrip("\n").partition("  ")
            yield digest, name


def _sha256(archive: zipfile.ZipFile, name: str) -> str:
    """ "" where the entry cannot be read: it was damaged."""
    digest = hashlib.sha256()
    try:
        with archive.open(name) as entry:
            while piece := _piece(entry):
                digest.update(piece)
    except (zipfile.BadZipFile, zlib.error, EOFError):
        return ""
    return digest.hexdigest()


def _piece(entry: IO[bytes]) -> bytes:
    return entry.read(CHUNK)
