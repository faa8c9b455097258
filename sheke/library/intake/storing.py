"""Contents of files, kept once by their SHA-256, whatever kind they are."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, TypeAlias

from django.conf import settings
from django.utils.translation import gettext as _

from sheke.core.errors import BadInput
from sheke.ledger.evidence.keeping import CHUNK, UNKNOWN, keep_content
from sheke.ledger.models import StoredFile

FILES = 5000  # of one batch, without those inside of zips


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


@dataclass(frozen=True)
class Kept:
    """A content that was kept; or the reason why it could not be."""

    stored: StoredFile | None
    reason: str = ""


# A name with its folders, the content (seekable, or kept already), and what a list says of it: {field: value}.
Brought: TypeAlias = tuple[str, BinaryIO | Kept, dict[str, Any]]
KeptFile: TypeAlias = tuple[str, Kept, dict[str, Any]]


def kept_all(files: Iterable[Brought]) -> list[KeptFile]:
    """The files with their contents kept. Raises BadInput for more than a batch has."""
    whole: list[KeptFile] = []
    for name, content, given in files:
        if len(whole) == FILES:
            raise too_many()
        whole.append((name, _kept(content, name), given))
    return whole


def _kept(content: BinaryIO | Kept, name: str) -> Kept:
    if isinstance(content, Kept):
        return content
    try:
        return Kept(keep(content, PurePosixPath(name).name))
    except BadInput as error:
        return Kept(None, str(error))


def too_many() -> BadInput:
    return BadInput(_("A batch has at most %(n)s files; begin another.") % {"n": FILES})


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
