"""The text of each page, as the file has it."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from sheke.core.errors import BadInput

from ...models import File, Item, Page
from ...reading import Reading, read
from ..holding import check_uncorrected, holding
from ..storing import on_disk
from ..tools import Tools

NAME = "text"


def run(item: Item, _tools: Tools) -> bool:
    if item.stored is None:
        raise ValueError("an item without content")
    with on_disk(item.stored) as path:
        reading = read(path, item.name, item.kind)
    if not any(page.scanned or page.text.strip() for page in reading.pages):
        raise BadInput(_("“%(name)s” holds no text.") % {"name": item.name})
    with holding(item, NAME) as held:
        check_uncorrected(held.file)  # while this was on its way
        file = held.file or File(stored=item.stored)
        file.name = PurePosixPath(item.name).name[-200:]
        file.kind, file.encoding = reading.kind, reading.encoding[:20]
        file.added_by = item.batch.created_by
        file.save()
        file.pages.all().delete()
        Page.objects.bulk_create(_pages(file, reading), batch_size=200)
        held.file, held.pages = file, len(reading.pages)
        held.scans = sum(page.scanned for page in reading.pages)
        held.proposed = {"properties": asdict(reading.properties)}
        held.save(update_fields=["file", "pages", "scans", "proposed", "changed_at"])
    return True


def _pages(file: File, reading: Reading) -> list[Page]:
    """A page to be recognised has no confidence yet."""
    return [
        Page(
            file=file, number=number, text=page.text.replace("\x00", ""),
            original=page.original.replace("\x00", ""),
            source=Page.Source.OCR if page.scanned else Page.Source.TEXT,
        )
        for number, page in enumerate(reading.pages, start=1)
    ]  # fmt: skip
