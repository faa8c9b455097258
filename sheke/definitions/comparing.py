"""What changed from one edition to another, part by part, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from . import labels
from .canonical import canonical
from .models import Edition
from .programmes import Programme
from .programmes.words import tree_text
from .schemas import Schema


@dataclass(frozen=True)
class Change:
    """One part that differs: its path in the data, in words, and its two values ("" where absent)."""

    path: str
    label: str
    before: str
    after: str


def compare(before: Edition, after: Edition) -> list[Change]:
    """Every part that differs between two editions of one definition."""
    return list(changes(_readable(before.schema, before.data), _readable(after.schema, after.data)))


def compare_schemas(before: Schema, after: Schema) -> list[Change]:
    """The same for definitions that need not be published."""
    old, new = (_readable(schema, canonical(schema)) for schema in (before, after))
    return list(changes(old, new))


def _readable(schema: Schema, data: dict[str, Any]) -> dict[str, Any]:
    """The data; a tree of conditions as sentences."""
    if isinstance(schema, Programme) and "eligibility" in data:
        return data | {"eligibility": tree_text(schema)}
    return data


def changes(
    before: Any, after: Any, path: tuple[str, ...] = (), words: tuple[str, ...] = ()
) -> Iterator[Change]:
    """Walk two pieces of data; members of lists with keys are matched by key, others as a whole."""
    if before == after:
        return
    old, new = _members(before, path), _members(after, path)
    if old is None or new is None:
        name = path[-1] if path else ""
        yield Change(
            ".".join(path), " › ".join(words), labels.value(name, before), labels.value(name, after)
        )
        return
    for key in [*old, *(key for key in new if key not in old)]:
        label = _word(key, before, after)
        yield from changes(old.get(key), new.get(key), (*path, key), (*words, label))
    if isinstance(before, list) and list(old) != list(new) and sorted(old) == sorted(new):
        yield Change(".".join(path), " › ".join(words), "、".join(old), "、".join(new))


def _members(data: Any, path: tuple[str, ...]) -> dict[str, Any] | None:
    """The named parts of the data, or None where it is compared as a whole."""
    if isinstance(data, dict):
        return data
    if isinstance(data, list) and data:
        handles = [_handle(each) for each in data]
        if all(handles) and len(set(handles)) == len(handles):
            return dict(zip(handles, data, strict=True))
    return None


def _handle(member: Any) -> str:
    """What a member of a list is known by: its key; a record's type; a section's name."""
    if not isinstance(member, dict):
        return ""
    name = member.get("name")
    return str(
        member.get("key")
        or member.get("type")
        or (name.get("zh", "") if isinstance(name, dict) else "")
    )


def _word(key: str, before: Any, after: Any) -> str:
    """A part's name: a member's own name, else the label of the schema's field."""
    for data in (after, before):
        if isinstance(data, list):
            for each in data:
                if _handle(each) == key:
                    return str(each.get("name", {}).get("zh", key))
    return labels.part(key)
