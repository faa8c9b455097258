"""Fonts by family, and which characters they have."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

BUNDLED = "Noto Serif SC"
Folders = tuple[Path, ...]


@lru_cache(maxsize=8)
def font_book(folders: Folders) -> Any:
    """typst's fonts: those of the product and of the folders, nothing of the machine's."""
    import pylopdf_fonts_zh_cn
    import typst

    paths = [Path(pylopdf_fonts_zh_cn.__file__).parent, *folders]
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(p) for p in paths]
    )


@lru_cache(maxsize=32)
def characters(family: str, folders: Folders = ()) -> frozenset[int] | None:
    """Code points that the regular cut of the family has; None if there is no such family."""
    found = [font for font in font_book(folders).fonts() if font.family.lower() == family.lower()]
    if not found:
        return None
    font = min(found, key=lambda one: (abs(one.weight - 400), one.style != "normal"))
    return frozenset(_mapped(Path(font.path).read_bytes(), font.index))


def _mapped(file: bytes, index: int) -> Iterator[int]:
    """Code points of the font's character map (OpenType `cmap`, formats 4 and 12)."""
    start = struct.unpack_from(">I", file, 12 + 4 * index)[0] if file[:4] == b"ttcf" else 0
    for n in range(struct.unpack_from(">H", file, start + 4)[0]):
        tag, _checksum, table, _length = struct.unpack_from(">4sIII", file, start + 12 + 16 * n)
        if tag == b"cmap":
            for m in range(struct.unpack_from(">H", file, table + 2)[0]):
                at = table + struct.unpack_from(">I", file, table + 8 + 8 * m)[0]
                yield from _subtable(file, at)


def _subtable(file: bytes, at: int) -> Iterator[int]:
    kind = struct.unpack_from(">H", file, at)[0]
    if kind == 12:
        for n in range(struct.unpack_from(">I", file, at + 12)[0]):
            first, last, glyph = struct.unpack_from(">III", file, at + 16 + 12 * n)
            yield from range(first + (glyph == 0), last + 1)
    elif kind == 4:
        yield from _segments(file, at)


def _segments(file: bytes, at: int) -> Iterator[int]:
    count = struct.unpack_from(">H", file, at + 6)[0] // 2
    ends, starts, shifts, offsets = (
        struct.unpack_from(f">{count}H", file, at + 14 + part * 2 * count + 2 * (part > 0))
        for part in range(4)
    )
    place = at + 16 + 6 * count
    for n, (first, last) in enumerate(zip(starts, ends, strict=True)):
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = code
            if offsets[n]:
                glyph = struct.unpack_from(
                    ">H", file, place + 2 * n + offsets[n] + 2 * (code - first)
                )[0]
                if not glyph:
                    continue
            if (glyph + shifts[n]) & 0xFFFF:
                yield code
