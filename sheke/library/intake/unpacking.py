"""The files inside a zip, within bounds: counted while they are unpacked, whatever the zip claims."""

from __future__ import annotations

import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from django.conf import settings
from django.utils.translation import gettext as _

from sheke.core.errors import BadInput

MEMBERS = 2000
TIMES = 20  # the limit of one upload that a zip may unpack to
CHUNK = 1 << 20
_NOISE = (".DS_Store", "Thumbs.db", "desktop.ini")
_ERRORS = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError)


@dataclass(frozen=True)
class Member:
    """One file of a zip. `content` is open while it is yielded; `reason` says why there is none."""

    name: str
    content: BinaryIO
    reason: str = ""


def members_of(
    path: Path, name: str, *, unpacked: int = 0, unpacked_bytes: int = 0
) -> Iterator[Member]:
    """The files in order. Raises BadInput before the first when the zip as a whole cannot be meant.

    unpacked: files, and bytes, that came out of the zip around it already; the bounds are for all of them.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            found = [m for m in archive.infolist() if not m.is_dir() and not _is_noise(m.filename)]
            _check(archive, found, name, unpacked, unpacked_bytes)
            for member in found:
                yield from _unpacked(archive, member)
    except _ERRORS:
        raise BadInput(
            _("“%(name)s” is damaged: it cannot be unpacked.") % {"name": name}
        ) from None


def names_in(path: Path) -> list[str]:
    """The names of the files inside, as `members_of` gives them; [] when it cannot be opened."""
    try:
        with zipfile.ZipFile(path) as archive:
            found = [m for m in archive.infolist() if not m.is_dir() and not _is_noise(m.filename)]
            return [member_name(m) for m in found[:MEMBERS]]
    except _ERRORS:
        return []


def _check(
    archive: zipfile.ZipFile, found: list[zipfile.ZipInfo], name: str, unpacked: int, unpacked_bytes: int
) -> None:  # fmt: skip
    if not found:
        raise BadInput(_("“%(name)s” holds no files.") % {"name": name})
    if unpacked + len(found) > MEMBERS:
        raise BadInput(
            _("“%(name)s” holds %(n)s files; at most %(most)s are taken in. Split it.")
            % {"name": name, "n": unpacked + len(found), "most": MEMBERS}
        )
    whole = TIMES * settings.UPLOAD_LIMIT
    limit = whole - unpacked_bytes
    if sum(m.file_size for m in found) > limit or _true_size(archive, found, limit) > limit:
        raise BadInput(
            _("“%(name)s” unpacks to more than %(limit)s MB; it is not taken in. Split it.")
            % {"name": name, "limit": whole >> 20}
        )


def _true_size(archive: zipfile.ZipFile, found: list[zipfile.ZipInfo], limit: int) -> int:
    """Counted, not kept; ends soon after the limit. Damaged and locked members count nothing."""
    size = 0
    for member in found:
        try:
            with archive.open(member) as file:
                while size <= limit and (piece := file.read(CHUNK)):
                    size += len(piece)
        except (*_ERRORS, RuntimeError):
            continue
    return size


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[Member]:
    name, reason = member_name(member), ""
    with tempfile.TemporaryFile() as content:
        if member.file_size > settings.UPLOAD_LIMIT:
            reason = _("“%(name)s” has %(size)s MB; at most %(limit)s MB are taken in.") % {
                "name": name, "size": member.file_size >> 20, "limit": settings.UPLOAD_LIMIT >> 20
            }  # fmt: skip
        elif member.flag_bits & 1:
            reason = _("“%(name)s” is locked by a password; save it without one.") % {"name": name}
        else:
            try:
                with archive.open(member) as file:
                    while piece := file.read(CHUNK):
                        content.write(piece)
            except (*_ERRORS, RuntimeError):
                reason = _("“%(name)s” is damaged: it cannot be unpacked.") % {"name": name}
        yield Member(name, cast(BinaryIO, content), reason)


def member_name(member: zipfile.ZipInfo) -> str:
    """With its folders, decoded as it was meant: zips made on Chinese machines hold GBK names."""
    name = member.filename
    if not member.flag_bits & 0x800:  # the name is not said to be UTF-8: zipfile read it as cp437
        raw = name.encode("cp437", errors="replace")
        for encoding in ("utf-8", "gb18030", "big5hkscs"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    parts = [
        part
        for part in PurePosixPath(name.replace("\\", "/")).parts
        if part not in ("/", "..", ".")
    ]
    return "/".join(parts) or "?"


def _is_noise(name: str) -> bool:
    return name.startswith("__MACOSX/") or PurePosixPath(name).name in _NOISE
