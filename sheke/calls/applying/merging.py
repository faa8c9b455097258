"""Two windows, one draft: each field is kept by itself, and only what both changed is a conflict. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..values import digest_of


@dataclass(frozen=True)
class Merged:
    """`values` to keep; `conflicts` {field: what was typed here} where another window was first."""

    values: dict[str, Any]
    conflicts: dict[str, Any] = field(default_factory=dict)


def mark(value: Any) -> str:
    """A short mark of a field's value; an empty value has the mark of nothing."""
    return digest_of(value if value not in ("", [], {}) else None)[:16]


def merge(
    held: Mapping[str, Any], typed: Mapping[str, Any], was: Mapping[str, str]
) -> Merged:  # fmt: skip
    """Put what was typed into what is held.

    typed: {field: value}, None for what was emptied. was: marks of the values that the page was
    printed with; a field without a mark is taken as it was typed. What was not changed here stays as
    another window has it.
    """
    values, conflicts = dict(held), {}
    for key, mine in typed.items():
        theirs = held.get(key)
        before = was.get(key)
        if mark(mine) in (before, mark(theirs)):
            continue
        if before is not None and before != mark(theirs):
            conflicts[key] = mine
        elif mine in (None, "", []):
            values.pop(key, None)
        else:
            values[key] = mine
    return Merged(values, conflicts)
