"""Contents of files, kept once by their SHA-256, whatever kind they are."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.utils.translation import gettext as _

from sheke.core.errors import BadInput
from sheke.ledger.evidence.keeping import CHUNK, UNKNOWN, keep_content
from sheke.ledger.models import StoredFile


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
    return keep_content(file, content_type=UNKNOWN)


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
