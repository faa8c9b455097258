"""Bounds on what is read: a small upload must not become gigabytes in memory."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import BinaryIO

from django.conf import settings
from django.utils.translation import gettext as _

from sheke.core.errors import BadInput

from .extent import Extent, readable_elsewhere

UNPACKED_LIMIT = 400 * 1024 * 1024  # a sheet of 100,000 rows and 30 columns unpacks to about 150 MB
MEMBERS_LIMIT = 2000
CHUNK = 1024 * 1024
LOCAL_HEADER = 30
PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
OTHERS = {"xl/workbook.bin", "content.xml"}  # xlsb and ods
See = Callable[[bytes], None]


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


def check_workbook(file: BinaryIO, name: str, kind: str) -> None:
    """Raises BadInput when a workbook would need more memory than a table can be worth."""
    plain = kind != ".xls" and check_zip(file, name)
    if not plain and not readable_elsewhere(file):
        raise _reaches_too_far(name)


def check_zip(file: BinaryIO, name: str) -> bool:
    """Raises BadInput when a zipped document unpacks to more than can be meant.

    The sizes in a zip's directory may lie, so its members are unpacked once, and counted, and looked
    at for the references of cells. Says whether it is an xlsx, whose cells can be seen so: the reader
    goes by the content, whatever the file is called.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError):
        raise _damaged(name) from None
    if any(member.compress_type not in PACKED for member in members):
        raise _damaged(name)
    left = UNPACKED_LIMIT
    if len(members) > MEMBERS_LIMIT or sum(m.file_size for m in members) > left:
        raise _too_large(name)
    for member in members:
        extent = Extent()
        left -= _unpacked_size(file, member, left, extent)
        if left < 0:
            raise _too_large(name)
        if extent.too_far:
            raise _reaches_too_far(name)
    file.seek(0)
    names = {member.filename.lower() for member in members}
    return "xl/workbook.xml" in names and not names & OTHERS


def _unpacked_size(file: BinaryIO, member: zipfile.ZipInfo, limit: int, extent: Extent) -> int:
    """The true size of a member; counting ends soon after `limit`."""
    file.seek(member.header_offset)
    header = file.read(LOCAL_HEADER)
    if len(header) < LOCAL_HEADER:
        return 0
    name_length, extra_length = struct.unpack("<HH", header[26:30])
    file.seek(name_length + extra_length, 1)
    if member.compress_type != zipfile.ZIP_DEFLATED:
        return _stored(file, member, extent.see)
    unpacker, size, left = zlib.decompressobj(-15), 0, member.compress_size
    while left > 0 and size <= limit and not unpacker.eof:
        packed = file.read(min(CHUNK, left))
        if not packed:
            break
        left -= len(packed)
        size += _count(unpacker, packed, limit - size, extent.see)
    return size


def _stored(file: BinaryIO, member: zipfile.ZipInfo, see: See) -> int:
    """A member that is kept as it is."""
    left = member.compress_size
    while left > 0 and (piece := file.read(min(CHUNK, left))):
        see(piece)
        left -= len(piece)
    return max(member.file_size, member.compress_size)


def _count(unpacker: zlib._Decompress, packed: bytes, limit: int, see: See) -> int:
    """How many bytes `packed` gives, in steps, so that no step needs much memory."""
    size = 0
    try:
        while packed and size <= limit:
            piece = unpacker.decompress(packed, CHUNK)
            see(piece)
            size += len(piece)
            packed = unpacker.unconsumed_tail
    except zlib.error:
        pass  # a damaged member; the reader will say so
    return size


def _damaged(name: str) -> BadInput:
    return BadInput(_("“%(name)s” is damaged: it cannot be unpacked.") % {"name": name})


def _reaches_too_far(name: str) -> BadInput:
    return BadInput(
        _("“%(name)s” reaches too far: a cell stands far to the right or far below. Delete the empty "
          "rows and columns behind the table, or split it.") % {"name": name}
    )  # fmt: skip


def _too_large(name: str) -> BadInput:
    return BadInput(
        _("“%(name)s” unpacks to more than %(limit)s MB; it is not read. Split it.")
        % {"name": name, "limit": UNPACKED_LIMIT >> 20}
    )
