"""What kind of file it is, by its content."""

from __future__ import annotations

from ...models import Item
from ...reading import kind_of
from ...reading.kinds import KINDS
from ..holding import holding
from ..storing import UNKNOWN, on_disk
from ..tools import Tools

NAME = "sniff"


def run(item: Item, _tools: Tools) -> bool:
    stored = item.stored
    if stored is None:
        raise ValueError("an item without content")
    with on_disk(stored) as path:
        kind = kind_of(path, item.name)
    with holding(item, NAME) as held:
        held.kind = kind
        held.save(update_fields=["kind"])
        if stored.content_type == UNKNOWN:
            stored.content_type = KINDS[kind].content_type
            stored.save(update_fields=["content_type"])
    return True
