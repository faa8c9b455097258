"""Plain text: one page, whatever machine wrote it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sheke.core.documents.plaintext import decode_text

from .found import Found
from .pages import PageText


def pages_of(path: Path, name: str, found: Found) -> Iterator[PageText]:
    text, found.encoding = decode_text(path.read_bytes(), name)
    yield PageText(text)
