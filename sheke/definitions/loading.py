"""Bringing a pack into the database without overwriting what the office changed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from sheke.core import audit

from .actions import store_editions
from .canonical import canonical, digest
from .models import Edition
from .packs import Item, Pack, PackError


@dataclass
class Loaded:
    """What loading did, as “kind/key” names.

    `kept`: the office's own edition stands and the pack has not changed since. `conflicts`: both
    changed; the office's edition stands until somebody takes the pack's. `gone`: came from the pack
    once and is no longer in it; still in use.
    """

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)


@transaction.atomic
def load_pack(
    *, pack: Pack, by: Any = None, take: Collection[str] = (), dry_run: bool = False
) -> Loaded:
    """Publish an edition of all that is new or changed in the pack, or nothing at all.

    `take` names keys whose conflict is settled for the pack. With `dry_run` nothing is written.
    Raises PackError where the pack has faults.
    """
    if pack.faults:
        raise PackError(pack.faults)
    there = _there(pack)
    result, wanted = Loaded(), []
    for item in pack.items:
        verdict = _verdict(item, there.get((item.kind, item.key), []), take)
        getattr(result, verdict).append(f"{item.kind}/{item.key}")
        if verdict in ("new", "changed"):
            wanted.append((item.kind, item.schema))
    result.gone = _gone(pack, there)
    if wanted and not dry_run:
        store_editions(kinds=wanted, note=pack.name, by=by, pack=pack.key)
        audit.record(
            "pack.load", by=by, pack=pack.key, new=len(result.new), changed=len(result.changed)
        )
    return result


Editions = dict[tuple[str, str], list[Edition]]


def _there(pack: Pack) -> Editions:
    """All editions of the definitions that the pack names or once brought, newest first. One query."""
    found: Editions = {}
    rows = Edition.objects.select_related("definition").order_by("definition", "-number")
    mine = {(item.kind, item.key) for item in pack.items}
    for edition in rows.defer("data"):
        name = (edition.definition.kind, edition.definition.key)
        if name in mine or edition.definition.pack == pack.key:
            found.setdefault(name, []).append(edition)
    return found


def _verdict(item: Item, editions: list[Edition], take: Collection[str]) -> str:
    if not editions:
        return "new"
    current = editions[0]
    wanted = digest(canonical(item.schema))
    if current.digest == wanted:
        return "unchanged"
    if current.pack or item.key in take:
        return "changed"
    last_of_pack = next((edition for edition in editions if edition.pack), None)
    return "kept" if last_of_pack and last_of_pack.digest == wanted else "conflicts"


def _gone(pack: Pack, there: Editions) -> list[str]:
    mine = {(item.kind, item.key) for item in pack.items}
    return [
        f"{kind}/{key}"
        for (kind, key), editions in there.items()
        if (kind, key) not in mine
        and editions[0].definition.pack == pack.key
        and editions[0].definition.retired_at is None
    ]
