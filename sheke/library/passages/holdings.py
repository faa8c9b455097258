"""The files of the library as what is compared with.

take_in(file)   its text has changed: make its fingerprints, in the caller's transaction
forget(file)    it is no longer compared with
search(…)       a text against all of them
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby, islice
from typing import Any

from django.db import transaction

from ..models import File, Page
from ..models.passages import Fingerprint
from .mapped import Document
from .normal import normalise
from .winnowing import VERSION, prints_of, unpacked

BATCH = 500
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def text_of(file: File) -> str:
    """The text of a file: its pages joined by line ends. Places in a source count its characters."""
    return texts_of([file.pk]).get(file.pk, "")


def texts_of(files: Sequence[int]) -> dict[int, str]:
    """The texts of files by their primary keys."""
    pages = Page.objects.filter(file__in=files).order_by("file_id", "number")
    rows = pages.values_list("file_id", "text")
    return {
        file: "\n".join(text for _, text in rows)
        for file, rows in groupby(rows.iterator(), key=lambda row: row[0])
    }


@transaction.atomic
def take_in(file: File) -> None:
    """Make the fingerprints of the file's text, as its pages stand now. Doing it again costs little."""
    normal = normalise(text_of(file))
    prints = prints_of(normal.codes)
    packed = prints.packed()
    before = Fingerprint.objects.filter(file=file).first()
    if before is not None:
        same = (before.version, before.characters) == (VERSION, len(normal))
        if same and bytes(before.prints) == packed:
            return
        before.delete()
    if len(prints):
        Fingerprint.objects.create(
            file=file, version=VERSION, characters=len(normal), prints=packed
        )


@transaction.atomic
def forget(file: File) -> None:
    """Compare nothing with the file any longer."""
    Fingerprint.objects.filter(file=file).delete()


def renew(limit: int | None = None) -> int:
    """Take in again what an older version of the fingerprints was made for; how many."""
    old = File.objects.filter(fingerprint__isnull=False).exclude(fingerprint__version=VERSION)
    files = list(old[:limit])
    for file in files:
        take_in(file)
    return len(files)


def documents(rows: Any) -> Iterator[Document]:
    """Fingerprints with the texts they were made of; one whose text is another now is passed over."""
    fields = rows.values_list("id", "file_id", "characters", "prints", "taken_at").order_by("id")
    iterator = fields.iterator(chunk_size=BATCH)
    while batch := list(islice(iterator, BATCH)):
        texts = texts_of([file for _, file, *_ in batch])
        for key, file, characters, prints, taken in batch:
            normal = normalise(texts.get(file, ""))
            if len(normal) == characters:
                yield Document(key, microseconds(taken), normal.codes, unpacked(bytes(prints)))


def microseconds(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(microseconds=1)
