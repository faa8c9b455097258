"""Windows metafiles (EMF, WMF) without the names and comments that programs leave in them."""

from __future__ import annotations

import struct

_COMMENT, _EMF_END, _WMF_ESCAPE, _WMF_COMMENT = 70, 14, 0x0626, 15
_DRAWN = (b"EMF+", b"GDIC")  # comments that hold drawing


def strip_emf(data: bytes) -> bytes:
    """The description in the header and foreign comments are blanked; lengths stay."""
    out = bytearray(data)
    length, start = struct.unpack_from("<II", data, 60)
    out[start : start + 2 * length] = bytes(max(0, min(2 * length, len(data) - start)))
    at = 0
    while at + 8 <= len(data):
        kind, size = struct.unpack_from("<II", data, at)
        if size < 8:
            break
        if kind == _COMMENT and data[at + 12 : at + 16] not in _DRAWN:
            out[at + 12 : at + size] = bytes(max(0, min(size, len(data) - at) - 12))
        at += size
        if kind == _EMF_END:
            break
    return bytes(out[:at])


def strip_wmf(data: bytes) -> bytes:
    """Comments are blanked; what stands behind the last record is cut off."""
    out = bytearray(data)
    at = 40 if data[:4] == b"\xd7\xcd\xc6\x9a" else 18
    while at + 6 <= len(data):
        words, function = struct.unpack_from("<IH", data, at)
        if words < 3:
            break
        end = min(at + 2 * words, len(data))
        escape = data[at + 6 : at + 8]
        if function == _WMF_ESCAPE and escape == struct.pack("<H", _WMF_COMMENT):
            out[at + 10 : end] = bytes(max(0, end - at - 10))
        at = end
        if function == 0:
            break
    return bytes(out[:at])
