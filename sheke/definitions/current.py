"""The definitions' current editions, read anew by a process only when one of them changed.

Editions never change, so requests share them; nobody may write to what is found here.
"""

from __future__ import annotations

from typing import Any

from sheke.core.databases import asked_once

from .models import Definition, Edition

Editions = dict[str, dict[str, Edition]]
# What stands in a definition, and the digest of all that stands in its edition.
STATE = ("pk", "kind", "key", "pack", "retired_at", "current_id", "current__digest")
_read: tuple[list[Any], Editions] = ([], {})


def current_of_all() -> Editions:
    """By kind and key, in the order in which they came; retired ones too. One query, for a whole
    request that reads; one more where something changed.
    """
    return asked_once("definitions", _current_of_all)


def _current_of_all() -> Editions:
    global _read
    found = Definition.objects.filter(current__isnull=False).order_by("pk")
    state = list(found.values_list(*STATE))
    read_at, editions = _read
    if read_at != state:
        editions = _by_kind(list(found.select_related("current")))
        _read = (state, editions)
    return editions


def forget() -> None:
    """For tests, whose databases hold other definitions under the same numbers."""
    global _read
    _read = ([], {})


def _by_kind(definitions: list[Definition]) -> Editions:
    editions: Editions = {}
    for definition in definitions:
        if definition.current is not None:
            definition.current.definition = definition
            editions.setdefault(definition.kind, {})[definition.key] = definition.current
    return editions
