"""What a backup says of itself."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from sheke.core.errors import BadInput

FORMAT = 1
NAME = "manifest.json"
CHUNK = 1 << 20


@dataclass(frozen=True)
class Member:
    """One file of a backup beside the contents: its name, bytes and SHA-256."""

    name: str
    size: int
    sha256: str


@dataclass
class Manifest:
    """Complete when it can be read: it is written after everything that it names."""

    sheke: str
    made_at: str  # ISO, UTC
    engine: str  # sqlite, postgresql
    engine_version: str
    migrations: dict[str, list[str]]
    tables: dict[str, int]  # rows of each table
    audit: dict[str, Any]  # events, last, at, and the chain's head where there is one
    seal: dict[str, Any]  # code and seal of the latest frozen report, or nothing
    files: int = 0
    size: int = 0  # bytes of the files
    missing: list[str] = field(default_factory=list)  # named by the database, not there
    changed: list[str] = field(default_factory=list)  # there with another SHA-256 than was kept
    secret_key: str = "left out"  # noqa: S105  included, left out, environment
    members: list[Member] = field(default_factory=list)
    format: int = FORMAT

    def as_json(self) -> bytes:
        return (json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n").encode()

    def member(self, beginning: str) -> Member | None:
        return next((m for m in self.members if m.name.startswith(beginning)), None)


def read_manifest(path: Path) -> Manifest:
    """The manifest in the folder `path`. Raises BadInput when there is none that we can read."""
    try:
        data = json.loads((path / NAME).read_bytes())
        form = data["format"]
        if form == FORMAT:
            members = [Member(**member) for member in data.pop("members")]
            return Manifest(**data, members=members)
    except (OSError, ValueError, KeyError, TypeError):
        raise BadInput(
            _("“%(path)s” is no finished backup: it has no manifest that can be read.")
            % {"path": path}
        ) from None
    raise BadInput(
        _("“%(path)s” was made by a newer Sheke (format %(form)s). Install that version first.")
        % {"path": path, "form": form}
    )


def chunks(file: BinaryIO) -> Iterator[bytes]:
    while chunk := file.read(CHUNK):
        yield chunk


def describe(path: Path, name: str) -> Member:
    """Size and digest of a file on disk."""
    sha, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        for chunk in chunks(file):
            sha.update(chunk)
            size += len(chunk)
    return Member(name, size, sha.hexdigest())
