"""What the work is, as far as the text and the file tell; a list's word goes before."""

from __future__ import annotations

from pathlib import PurePosixPath

from ...models import Item
from ..holding import holding
from ..proposals import propose
from ..tools import Tools
from ..wholes import whole_text

NAME = "propose"


def run(item: Item, _tools: Tools) -> bool:
    properties = item.proposed.get("properties", {})
    found = propose(
        whole_text(item), name=PurePosixPath(item.name).stem, properties=properties, kind=item.kind
    )
    with holding(item, NAME) as held:
        held.proposed = held.proposed | found
        held.save(update_fields=["proposed", "changed_at"])
    return True
