"""A small picture of the first page, where the file has pages that can be drawn."""

from __future__ import annotations

import io

from sheke.ledger.evidence.keeping import keep_content

from ...models import Item
from ...ocr import Undrawable
from ..holding import holding
from ..storing import on_disk
from ..tools import Tools

NAME = "picture"
DRAWN = ("pdf", "png", "jpg", "tif", "webp", "bmp")
WIDTH = 360


def run(item: Item, tools: Tools) -> bool:
    if item.file is None or item.stored is None or item.file.kind not in DRAWN:
        return True
    try:
        with on_disk(item.stored) as path:
            data = tools.pictures.draw(path, item.file.kind, 1, width=WIDTH)
    except Undrawable:
        return True  # a file without a thumbnail is no worse
    with holding(item, NAME):
        item.file.thumbnail = keep_content(
            io.BytesIO(data), content_type="image/webp", ending=".webp"
        )
        item.file.save(update_fields=["thumbnail"])
    return True
