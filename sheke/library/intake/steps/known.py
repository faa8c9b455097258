"""Whether the same file, byte for byte, is in the library already."""

from __future__ import annotations

from ...models import Item
from ..holding import Question, ask, holding
from ..tools import Tools
from ..twins import same_file

NAME = "known"


def run(item: Item, _tools: Tools) -> bool:
    if item.decision == Item.Decision.APART:
        return True
    twin = same_file(item)
    if twin is None:
        return True
    with holding(item, NAME) as held:
        ask(held, twin, Item.Likeness.FILE, 1.0)
    raise Question
