"""The text joins the holdings that copied passages are looked for in."""

from __future__ import annotations

from ...models import Item
from ...passages.holdings import take_in
from ..holding import holding
from ..tools import Tools

NAME = "fingerprints"


def run(item: Item, _tools: Tools) -> bool:
    with holding(item, NAME) as held:
        if held.file is not None:
            take_in(held.file)
    return True
