"""A plain text: only its words, in UTF-8."""

from __future__ import annotations

from sheke.core.documents.plaintext import decode_text


def strip_text(data: bytes, name: str = "") -> bytes:
    """The text in UTF-8 without byte order mark. BadInput when it is none."""
    return decode_text(data, name)[0].removeprefix("\ufeff").encode()
