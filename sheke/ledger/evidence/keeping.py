"""The contents of files, kept once by their SHA-256."""

from __future__ import annotations

import hashlib
from typing import BinaryIO

from django.core.files import File
from django.db import transaction

from ..models import StoredFile

CHUNK = 1024 * 1024
UNKNOWN = "application/octet-stream"  # kept before anybody looked at what it is


def keep_content(file: BinaryIO, *, content_type: str, ending: str = "") -> StoredFile:
    """The row of a content; its file is written when nobody kept it before. `file` must be seekable.

    A content that was kept as unknown becomes what it is said to be now.
    """
    size, sha256 = file.seek(0, 2), sha256_of(file)
    with transaction.atomic():
        stored, new = StoredFile.objects.get_or_create(
            sha256=sha256, defaults={"size": size, "content_type": content_type}
        )
        if new or not stored.file:
            file.seek(0)
            stored.file.save(f"{sha256}{ending}", File(file))
        elif stored.content_type == UNKNOWN != content_type:
            stored.content_type = content_type
            stored.save(update_fields=["content_type"])
    return stored


def sha256_of(file: BinaryIO) -> str:
    """Of the whole content."""
    file.seek(0)
    sha = hashlib.sha256()
    while chunk := file.read(CHUNK):
        sha.update(chunk)
    return sha.hexdigest()
