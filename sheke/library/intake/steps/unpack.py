"""A zip becomes its members; anything else goes on as it is."""

from __future__ import annotations

from django.utils.translation import gettext as _

from sheke.core.errors import BadInput

from ...models import Item
from ..holding import Overtaken, holding
from ..storing import keep, on_disk
from ..tools import Tools
from ..unpacking import members_of

NAME = "unpack"
DEPTH = 3  # zips inside of zips


def run(item: Item, _tools: Tools) -> bool:
    if item.kind != "zip" or item.stored is None:
        return True
    if _depth(item) > DEPTH:
        raise BadInput(
            _("“%(name)s”: zips inside of zips are unpacked %(n)s deep at most.")
            % {"name": item.name, "n": DEPTH}
        )
    with on_disk(item.stored) as path:
        found = []
        for number, member in enumerate(members_of(path, item.name), start=1):
            stored, reason = None, member.reason
            if not reason:
                try:
                    stored = keep(member.content, member.name)
                except BadInput as error:
                    reason = str(error)
            found.append(Item(
                batch_id=item.batch_id, parent=item, number=number, name=member.name[-500:], stored=stored,
                state=Item.State.FAILED if reason else Item.State.WAITING, reason=reason[:500],
            ))  # fmt: skip
    with holding(item, NAME) as held:
        if not held.members.exists():
            Item.objects.bulk_create(found, batch_size=200)
        held.state, held.attempts = Item.State.DONE, 0
        held.save(update_fields=["state", "attempts", "changed_at"])
        held.log.filter(step=NAME, ended_at=None).update(outcome="done")
    raise Overtaken  # the zip itself is settled; its members come next


def _depth(item: Item) -> int:
    depth, parent = 1, item.parent
    while parent is not None:
        depth, parent = depth + 1, parent.parent
    return depth
