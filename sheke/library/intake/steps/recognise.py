"""Pages that are pictures become text, one by one; each is kept before the next is begun."""

from __future__ import annotations

import io
from contextlib import suppress
from pathlib import Path

from django.utils.translation import gettext as _

from sheke.core.errors import BadInput
from sheke.ledger.evidence.keeping import keep_content

from ...models import Item, Page
from ...ocr import Recognised, Undrawable
from ..holding import holding
from ..storing import on_disk
from ..tools import Tools

NAME = "recognise"


def run(item: Item, tools: Tools) -> bool:
    if item.file is None or item.stored is None:
        raise ValueError("an item without a file")
    waiting = item.file.pages.filter(source=Page.Source.OCR, confidence=None).order_by("number")
    numbers = list(waiting.values_list("number", flat=True))
    with on_disk(item.stored) as path:
        for number in numbers:
            found = _recognised(tools, path, item.file.kind, number)
            with holding(item, NAME):
                _keep(item, number, found)
            if tools.time_is_up and number != numbers[-1]:
                return False
    if item.scans == item.pages and not item.file.pages.exclude(text="").exists():
        raise BadInput(
            _("“%(name)s”: no text could be recognised on its pages.") % {"name": item.name}
        )
    return True


def _recognised(tools: Tools, path: Path, kind: str, number: int) -> Recognised:
    """What stands on a page; nothing where it cannot be drawn, also a second time: the others are whole."""
    for _time in range(2):
        with suppress(Undrawable):
            return tools.pictures.recognise(path, kind, number)
    return Recognised("", 0.0, (), b"")


def _keep(item: Item, number: int, found: Recognised) -> None:
    page = Page.objects.select_for_update().get(file=item.file_id, number=number)
    if page.source != Page.Source.OCR or page.confidence is not None:
        return  # somebody wrote it meanwhile
    page.text, page.confidence = found.text, found.confidence
    page.words = [list(word) for word in found.words]
    if found.image:
        image = io.BytesIO(found.image)
        page.image = keep_content(image, content_type="image/webp", ending=".webp")
    page.save(update_fields=["text", "confidence", "words", "image"])
