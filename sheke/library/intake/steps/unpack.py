"""A zip becomes its members; anything else goes on as it is."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from django.db.models import Count, Q, Sum
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
    around = _around(item)
    if len(around) > DEPTH:
        raise BadInput(
            _("“%(name)s”: zips inside of zips are unpacked %(n)s deep at most.")
            % {"name": item.name, "n": DEPTH}
        )
    files, size = _unpacked_from(around[-1])
    with on_disk(item.stored) as path:
        given = listed_in(path, item.name)
        members = members_of(path, item.name, unpacked=files, unpacked_bytes=size)
        found = [
            _kept(item, number, member, given.get(member.name, {}))
            for number, member in enumerate(members, start=1)
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


def _around(item: Item) -> list[Item]:
    """The zip and those that it lies in, from the inside."""
    zips = [item]
    while zips[-1].parent is not None:
        zips.append(zips[-1].parent)
    return zips


def _unpacked_from(outermost: Item) -> tuple[int, int]:
    """How many files, and bytes, came out of a zip and the zips in it: together they have one bound."""
    inside = Q()
    for depth in range(1, DEPTH + 1):
        inside |= Q(**{"__".join(["parent"] * depth): outermost})
    found = Item.objects.filter(inside).aggregate(files=Count("pk"), size=Sum("stored__size"))
    return found["files"], found["size"] or 0
