"""What of a submission or a report is compared: what people wrote, and the files with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sheke.core.errors import BadInput
from sheke.definitions.programmes import Field
from sheke.ledger.models import StoredFile
from sheke.library.passages.texts import read_text

from ..models import Delivery, Upload, Version
from ..values import shown

TEXTS = 4096  # held in memory: of the largest calls all are compared with each other
WRITTEN = ("paragraphs", "rich", "table")  # kinds of fields; a line is a title or a name


def text_of_version(version: Version) -> str:
    """What people wrote in it, and the texts of its files."""
    return _text(version.pk, version.digest)


@lru_cache(maxsize=TEXTS)
def _text(pk: int, _digest: str) -> str:
    """A version never changes, so its text is read once by each process."""
    version = Version.objects.select_related("edition__definition").get(pk=pk)
    return "\n".join(part for part in _parts(version) if part.strip())


def text_of_delivery(delivery: Delivery) -> str:
    """A report with its files."""
    files = delivery.files.select_related("stored").order_by("pk")
    return "\n".join([delivery.text, *_read((file.stored, file.name) for file in files)])


def _parts(version: Version) -> Iterator[str]:
    programme, values = version.edition.programme, version.values
    for field in programme.fields:
        if field.kind in WRITTEN or (field.kind == "text" and (field.limit or 0) > 200):
            yield shown(field, values.get(field.key))
    numbers = list(_uploads(programme.fields, values))
    uploads = Upload.objects.filter(pk__in=numbers).select_related("stored").order_by("pk")
    yield from _read((upload.stored, upload.name) for upload in uploads)


def _uploads(fields: Iterable[Field], values: Mapping[str, Any]) -> Iterator[int]:
    for field in fields:
        if field.kind == "files":
            yield from (n for n in values.get(field.key) or () if isinstance(n, int))


def _read(files: Iterable[tuple[StoredFile, str]]) -> Iterator[str]:
    """The texts of files; a picture, or one that cannot be read, has none."""
    for stored, name in files:
        with TemporaryDirectory(prefix="sheke-copies-") as folder:
            path = Path(folder) / f"file{Path(name).suffix.lower()[:10]}"
            try:
                with stored.file.open("rb") as source:
                    path.write_bytes(source.read())
                yield read_text(path)
            except (BadInput, OSError):
                continue
