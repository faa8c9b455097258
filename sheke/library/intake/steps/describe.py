"""A draft work with what was found; a person corrects and publishes it."""

from __future__ import annotations

from ...actions.works import create_work, move_file
from ...models import Item
from ..drafting import description_for
from ..holding import holding
from ..tools import Tools

NAME = "describe"


def run(item: Item, _tools: Tools) -> bool:
    with holding(item, NAME) as held:
        file, batch = held.file, held.batch
        if file is None:
            raise ValueError("an item without a file")
        if file.work_id is not None:
            return True
        if held.decision == Item.Decision.ATTACH and held.twin is not None and held.twin.work:
            move_file(file=file, work=held.twin.work, by=held.decided_by)
        else:
            create_work(
                organisation=batch.organisation, description=description_for(held),
                by=batch.created_by, files=[file],
            )  # fmt: skip
    return True
