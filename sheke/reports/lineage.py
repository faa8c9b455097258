"""The rows behind a figure, packed for keeping: record numbers with their revisions.

Numbers are sorted and kept as differences. The differences are laid out byte plane by byte plane
before compression: high bytes are nearly all zero and vanish, which takes about 1.2 bytes a row and
no loop in Python. Revisions are nearly always 1, so only the others are kept.
"""

from __future__ import annotations

import struct
import sys
import zlib
from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import accumulate
from operator import sub

Ref = tuple[int, int]  # number of the record, revision

_HEADER = struct.Struct("<BQQ")  # format, rows, rows with a revision other than 1
_FORMAT = 1


@dataclass(slots=True)
class RowChanges:
    """How the rows of a figure differ from those that were kept: numbers of records."""

    added: list[int] = field(default_factory=list)
    removed: list[int] = field(default_factory=list)
    revised: list[int] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.revised)


def pack_refs(refs: Iterable[Ref]) -> bytes:
    """Pack (record, revision) pairs in any order; a record counts once."""
    rows = sorted(dict(refs).items())
    numbers = [number for number, _ in rows]
    others = [(index, revision) for index, (_, revision) in enumerate(rows) if revision != 1]
    body = (
        _planes(numbers)
        + _planes([index for index, _ in others])
        + b"".join(struct.pack("<I", revision) for _, revision in others)
    )
    return _HEADER.pack(_FORMAT, len(rows), len(others)) + _compressed(body, len(rows))


def unpack_refs(packed: bytes) -> dict[int, int]:
    """Revision by record number. Raises ValueError when the bytes are not a packing."""
    try:
        form, rows, others = _HEADER.unpack_from(packed)
        body = zlib.decompress(packed[_HEADER.size :])
    except (struct.error, zlib.error) as error:
        raise ValueError("not a packing of rows") from error
    if form != _FORMAT or len(body) != 8 * rows + 8 * others + 4 * others:
        raise ValueError("not a packing of rows")
    refs = dict.fromkeys(_unplanes(body[: 8 * rows]), 1)
    numbers = list(refs)
    indexes = _unplanes(body[8 * rows : 8 * (rows + others)])
    revisions = struct.unpack(f"<{others}I", body[8 * (rows + others) :])
    for index, revision in zip(indexes, revisions, strict=True):
        refs[numbers[index]] = revision
    return refs


def row_changes(before: dict[int, int], now: dict[int, int]) -> RowChanges:
    """What came, went and was revised between two states of a figure's rows."""
    return RowChanges(
        added=sorted(now.keys() - before.keys()),
        removed=sorted(before.keys() - now.keys()),
        revised=sorted(k for k in before.keys() & now.keys() if before[k] != now[k]),
    )


def _compressed(body: bytes, rows: int) -> bytes:
    """A block of its own for each plane, since each has another mix of bytes."""
    packer = zlib.compressobj(level=6, strategy=zlib.Z_RLE)
    parts = [body[:rows], body[rows : 2 * rows], body[2 * rows :]]
    packed = [packer.compress(part) + packer.flush(zlib.Z_SYNC_FLUSH) for part in parts]
    return b"".join(packed) + packer.flush()


def _planes(ascending: list[int]) -> bytes:
    """Differences of ascending numbers as eight planes of bytes, lowest first."""
    differences = array("Q", map(sub, ascending, [0, *ascending[:-1]]))
    if sys.byteorder == "big":
        differences.byteswap()
    flat = differences.tobytes()
    return b"".join(flat[plane::8] for plane in range(8))


def _unplanes(planes: bytes) -> list[int]:
    count = len(planes) // 8
    flat = bytearray(len(planes))
    for plane in range(8):
        flat[plane::8] = planes[plane * count : (plane + 1) * count]
    differences = array("Q", bytes(flat))
    if sys.byteorder == "big":
        differences.byteswap()
    return list(accumulate(differences))
