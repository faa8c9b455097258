"""Groups that are too small to be shown, and those that would give them away. Pure."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


def hidden(counts: Mapping[Key, int], least: int) -> set[Key]:
    """Groups whose number must not be told, where the total of all is told.

    Those below `least`; and, so that no hidden number can be had by taking the others from the total,
    the smallest of the rest until at least two are hidden that are `least` together. Groups of
    nobody tell nothing and are left alone.
    """
    there = {key: count for key, count in counts.items() if count > 0}
    kept = {key for key, count in there.items() if count < least}
    if not kept:
        return set()
    rest = sorted((k for k in there if k not in kept), key=lambda k: (there[k], str(k)))
    while rest and (len(kept) < 2 or sum(there[key] for key in kept) < least):
        kept.add(rest.pop(0))
    return kept
