"""A zip becomes its members; anything else goes on as it is."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.core.errors import BadInput

from ...models import Item
from ..holding import Overtaken, holding
from ..listing import LISTS, listed_in
from ..storing import keep, on_disk
from ..tools import Tools
from ..unpacking import Member, members_of

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
        given = listed_in(path, item.name)
        found = [
            _kept(item, number, member, given.get(member.name, {}))
            for number, member in enumerate(members_of(path, item.name), start=1)
            if not (given and LISTS.match(PurePosixPath(member.name).name))
        ]
    with holding(item, NAME) as held:
        if not held.members.exists():
            Item.objects.bulk_create(found, batch_size=200)
        held.state, held.attempts = Item.State.DONE, 0
        held.save(update_fields=["state", "attempts", "changed_at"])
        held.log.filter(step=NAME, ended_at=None).update(outcome="done", ended_at=timezone.now())
    raise Overtaken  # the zip itself is settled; its members come next


def _kept(item: Item, number: int, member: Member, given: dict[str, Any]) -> Item:
    stored, reason = None, member.reason
    if not reason:
        try:
            stored = keep(member.content, member.name)
        except BadInput as error:
            reason = str(error)
    return Item(
        batch_id=item.batch_id, parent=item, number=number, name=member.name[-500:], stored=stored,
        given=given, state=Item.State.FAILED if reason else Item.State.WAITING, reason=reason[:500],
    )  # fmt: skip


def _depth(item: Item) -> int:
    depth, parent = 1, item.parent
    while parent is not None:
        depth, parent = depth + 1, parent.parent
    return depth
