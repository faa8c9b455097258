"""Bounds on what is read: a small upload must not become gigabytes in memory."""

from __future__ import annotations

import struct
import zipfile
import zlib
from typing import BinaryIO

from django.conf import settings
from django.utils.translation import gettext as _

from sheke.core.errors import BadInput

UNPACKED_LIMIT = 600 * 1024 * 1024  # a sheet of 100,000 rows and 30 columns unpacks to about 150 MB
MEMBERS_LIMIT = 2000
CHUNK = 1024 * 1024
LOCAL_HEADER = 30


def check_size(file: BinaryIO, name: str) -> None:
    """Raises BadInput when the file is empty or larger than an upload may be."""
    size = file.seek(0, 2)
    file.seek(0)
    if not size:
        raise BadInput(_("“%(name)s” is empty.") % {"name": name})
    if size > settings.UPLOAD_LIMIT:
        raise BadInput(
            _("“%(name)s” has %(size)s MB; at most %(limit)s MB are read.")
            % {"name": name, "size": size >> 20, "limit": settings.UPLOAD_LIMIT >> 20}
        )


def check_zip(file: BinaryIO, name: str) -> None:
    """Raises BadInput when a zipped document unpacks to more than can be meant.

    The sizes in a zip's directory may lie, so its members are unpacked once, and counted.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError):
        raise BadInput(
            _("“%(name)s” is damaged: it cannot be unpacked.") % {"name": name}
        ) from None
    left = UNPACKED_LIMIT
    if len(members) > MEMBERS_LIMIT or sum(m.file_size for m in members) > left:
        raise _too_large(name)
    for member in members:
        left -= _unpacked_size(file, member, left)
        if left < 0:
            raise _too_large(name)
    file.seek(0)


def _unpacked_size(file: BinaryIO, member: zipfile.ZipInfo, limit: int) -> int:
    """The true size of a member; counting ends soon after `limit`."""
    if member.compress_type != zipfile.ZIP_DEFLATED:
        return max(member.file_size, member.compress_size)
    file.seek(member.header_offset)
    header = file.read(LOCAL_HEADER)
    if len(header) < LOCAL_HEADER:
        return 0
    name_length, extra_length = struct.unpack("<HH", header[26:30])
    file.seek(name_length + extra_length, 1)
    unpacker, size, left = zlib.decompressobj(-15), 0, member.compress_size
    while left > 0 and size <= limit and not unpacker.eof:
        packed = file.read(min(CHUNK, left))
        if not packed:
            break
        left -= len(packed)
        size += _count(unpacker, packed, limit - size)
    return size


def _count(unpacker: zlib._Decompress, packed: bytes, limit: int) -> int:
    """How many bytes `packed` gives, in steps, so that no step needs much memory."""
    size = 0
    try:
        while packed and size <= limit:
            size += len(unpacker.decompress(packed, CHUNK))
            packed = unpacker.unconsumed_tail
    except zlib.error:
        pass  # a damaged member; the reader will say so
    return size


def _too_large(name: str) -> BadInput:
    return BadInput(
        _("“%(name)s” unpacks to more than %(limit)s MB; it is not read. Split it.")
        % {"name": name, "limit": UNPACKED_LIMIT >> 20}
    )
