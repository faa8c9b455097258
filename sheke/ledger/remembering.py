"""Remembering what was counted, until the ledger moves; a minute at most."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from typing import Any, TypeVar

from django.core.cache import cache

from sheke.core.databases import reading, reading_connection
from sheke.definitions.models import Edition
from sheke.directory.models import OrganisationChange

from .models import Version

KEEP = 60  # seconds: writers that commit out of their order are seen after that at the latest
Kept = TypeVar("Kept")
Key = Iterable[object]
MOVERS = ((Version, "made_at"), (OrganisationChange, "at"), (Edition, "published_at"))


def moment() -> tuple[object, ...]:
    """Another one whenever a record, the tree of organisations or a definition changed. One
    query, asked once by a request that writes nothing.
    """
    request = reading.get()
    if request is not None and not request.wrote and request.moment is not None:
        return request.moment
    now = _ask()
    if request is not None:
        request.moment = now
    return now


def _ask() -> tuple[object, ...]:
    """The last row of each table, by number and time; one statement over three ends of an index."""
    ends = [
        f'(SELECT "{column}" FROM "{model._meta.db_table}" ORDER BY id DESC LIMIT 1)'  # noqa: S608
        for model, when in MOVERS
        for column in ("id", when)
    ]
    with reading_connection(Version).cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(ends)}")
        return tuple(cursor.fetchone())


def remembered(name: str, key: Key, make: Callable[[], Kept]) -> Kept:
    """What `make` gives, or gave at this moment of the ledger for the same name and key."""
    (found,) = remembered_many(name, {0: key}, lambda _missing: {0: make()}).values()
    return found


def remembered_many(
    name: str, keys: Mapping[int, Key], make: Callable[[list[int]], Mapping[int, Kept]]
) -> dict[int, Kept]:
    """As `remembered` for several; `make` gets the numbers of those that are not known."""
    now = moment()
    named = {number: _key(name, now, key) for number, key in keys.items()}
    known: dict[str, Any] = cache.get_many(set(named.values()))
    missing = [number for number, key in named.items() if key not in known]
    if missing:
        made = make(missing)
        cache.set_many({named[number]: made[number] for number in missing}, timeout=KEEP)
        known |= {named[number]: made[number] for number in missing}
    return {number: known[key] for number, key in named.items()}


def _key(name: str, now: Key, key: Key) -> str:
    parts = "|".join(map(str, (*now, "", *key)))
    return f"ledger:{name}:{sha256(parts.encode()).hexdigest()[:40]}"
