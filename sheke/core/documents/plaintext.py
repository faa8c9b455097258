"""Bytes of a plain text file as text, whatever office machine wrote it."""

from __future__ import annotations

import codecs

from django.utils.translation import gettext as _

from sheke.core.errors import BadInput

_BOMS = [
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
]


def decode_text(data: bytes, name: str = "") -> tuple[str, str]:
    """The text with `\\n` line ends, and the name of its encoding. BadInput if it is none."""
    text, encoding = _decode(data, name)
    if "\x00" in text:
        raise BadInput(_("%(name)s: this is not a text file.") % {"name": name})
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n"), encoding


def _decode(data: bytes, name: str) -> tuple[str, str]:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strict(data, encoding, name)
    if (guess := _utf16_without_bom(data)) is not None:
        return _strict(data, guess, name)
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _double_byte(data, name)


def _strict(data: bytes, encoding: str, name: str) -> tuple[str, str]:
    try:
        return data.decode(encoding), encoding
    except UnicodeDecodeError as error:
        raise _unreadable(name) from error


def _utf16_without_bom(data: bytes) -> str | None:
    """Plain ASCII parts of UTF-16 have a zero in every other byte: line ends give it away."""
    if len(data) % 2 or b"\x00" not in data:
        return None
    if data.count(b"\n\x00") > data.count(b"\x00\n"):
        return "utf-16-le"
    return "utf-16-be" if b"\x00\n" in data else None


def _double_byte(data: bytes, name: str) -> tuple[str, str]:
    """GB18030, or Big5 where its common characters are much more of the text than GB's."""
    gb = _share(data, common=range(0xB0, 0xD8), signs=range(0xA1, 0xA4))
    big5 = _share(data, common=range(0xA4, 0xC7), signs=range(0xA1, 0xA4))
    order = ["big5hkscs", "gb18030"] if big5 > 0.95 and big5 - gb > 0.2 else ["gb18030"]
    if max(gb, big5) < 0.5:
        raise _unreadable(name)
    for encoding in order:
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise _unreadable(name)


def _share(data: bytes, *, common: range, signs: range) -> float:
    """The share of two-byte characters whose first byte stands in the common part of the table."""
    total = hits = at = 0
    while at < len(data):
        if data[at] < 0x80:
            at += 1
            continue
        total += 1
        hits += data[at] in common or data[at] in signs
        at += 2
    return hits / total if total else 0.0


def _unreadable(name: str) -> BadInput:
    return BadInput(
        _("%(name)s: the characters cannot be read; save the file as UTF-8.") % {"name": name}
    )
