"""A draft work with what was found; a person corrects and publishes it."""

from __future__ import annotations

from sheke.core import audit
from sheke.ledger.models import StoredFile

from ...actions.works import create_work, move_file
from ...models import File, Item, Work
from ..drafting import description_for
from ..holding import Question, ask, holding
from ..tools import Tools
from ..twins import same_file
from .known import NAME as KNOWN

NAME = "describe"


def run(item: Item, _tools: Tools) -> bool:
    with holding(item, NAME) as held:
        file = held.file
        if file is None:
            raise ValueError("an item without a file")
        if file.work is not None:  # taken in again: its words are others now
            audit.record("file.read_again", file, by=held.batch.created_by)
            Work.objects.filter(pk=file.work.pk).touch()
            return True
        # Another worker may have taken in the same file since it was looked for: one at a time here.
        StoredFile.objects.select_for_update().get(pk=file.stored_id)
        twin = None if held.decision == Item.Decision.APART else same_file(held)
        if twin is None:
            _describe(held, file)
        else:
            held.step = KNOWN
            ask(held, twin, Item.Likeness.FILE, 1.0)
    if twin is not None:
        raise Question
    return True


def _describe(held: Item, file: File) -> None:
    if held.decision == Item.Decision.ATTACH and held.twin is not None and held.twin.work:
        move_file(file=file, work=held.twin.work, by=held.decided_by)
        return
    create_work(
        organisation=held.batch.organisation, description=description_for(held),
        by=held.batch.created_by, files=[file],
    )  # fmt: skip
