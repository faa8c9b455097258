"""Whether the same file, byte for byte, is in the library already."""

from __future__ import annotations

from ...models import Item
from ..holding import Question, holding
from ..tools import Tools
from ..twins import files_known_to

NAME = "known"


def run(item: Item, _tools: Tools) -> bool:
    if item.decision == Item.Decision.APART:
        return True
    twin = files_known_to(item.batch).filter(stored=item.stored_id).order_by("pk").first()
    if twin is None:
        return True
    with holding(item, NAME) as held:
        held.state, held.attempts = Item.State.QUESTION, 0
        held.twin, held.likeness, held.share = twin, Item.Likeness.FILE, 1.0
        held.save(update_fields=["state", "attempts", "twin", "likeness", "share", "changed_at"])
    raise Question
