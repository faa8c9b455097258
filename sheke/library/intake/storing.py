"""Contents of files, kept once by their SHA-256, whatever kind they are."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.core.files import File as DjangoFile
from django.db import transaction
from django.utils.translation import gettext as _

from sheke.core.errors import BadInput
from sheke.ledger.models import StoredFile

CHUNK = 1 << 20
UNKNOWN = "application/octet-stream"


def keep(file: BinaryIO, name: str) -> StoredFile:
    """Keep the content of `file`, which must be seekable. Raises BadInput when empty or too large."""
    size = file.seek(0, 2)
    if not size:
        raise BadInput(_("“%(name)s” is empty.") % {"name": name})
    if size > settings.UPLOAD_LIMIT:
        raise BadInput(
            _("“%(name)s” has %(size)s MB; at most %(limit)s MB are taken in.")
            % {"name": name, "size": size >> 20, "limit": settings.UPLOAD_LIMIT >> 20}
        )
    return keep_once(file, size, UNKNOWN, ending="")


def keep_once(file: BinaryIO, size: int, content_type: str, *, ending: str) -> StoredFile:
    """The content's row; the file is written when nobody kept it before."""
    sha256 = _sha256(file)
    with transaction.atomic():
        stored, new = StoredFile.objects.get_or_create(
            sha256=sha256, defaults={"size": size, "content_type": content_type}
        )
        if new or not stored.file:
            file.seek(0)
            stored.file.save(f"{sha256}{ending}", DjangoFile(file))
    return stored


def _sha256(file: BinaryIO) -> str:
    file.seek(0)
    sha = hashlib.sha256()
    while chunk := file.read(CHUNK):
        sha.update(chunk)
    return sha.hexdigest()


@contextmanager
def on_disk(stored: StoredFile) -> Iterator[Path]:
    """The content as a file of this machine: parsers and other programs want a path."""
    try:
        path = Path(stored.file.path)
    except NotImplementedError:  # kept in a bucket
        path = None
    if path is not None:
        if not path.exists():
            raise BadInput(_("The stored file is missing; bring it in again."))
        yield path
        return
    with tempfile.NamedTemporaryFile(prefix="sheke-intake-") as copy:
        with stored.file.open("rb") as source:
            shutil.copyfileobj(source, copy, CHUNK)
        copy.flush()
        yield Path(copy.name)
