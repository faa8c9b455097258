"""A stored programme in the page's shape, and a draft without what is for the page alone."""

from __future__ import annotations

from typing import Any

from sheke.definitions.canonical import canonical
from sheke.definitions.drafts import choice_lines
from sheke.definitions.programmes import Programme

from .rows import Row
from .tree import as_node, as_stored


def as_posted(programme: Programme) -> Row:
    """A stored programme as a draft: complete, with its choices as lines of text."""
    data = programme.model_dump(mode="json")
    for section in data["sections"]:
        for field in section["fields"]:
            for part in (field, *field["columns"]):
                part["page_choices"] = choice_lines(part["choices"])
    root = as_node(canonical(programme).get("eligibility", {}))
    data["eligibility"] = root if "group" in root else {"group": "all", "parts": [root]}
    return data


def clean(data: Row) -> Row:
    """What is published: the tree as the schema reads it, nothing that begins with “page_”."""
    stored = data | {"eligibility": as_stored(data["eligibility"])}
    cleaned: Row = clean_part(stored)
    return cleaned


def clean_part(part: Any) -> Any:
    """Any part of a draft without what is for the page alone, and without what is empty (None)."""
    if isinstance(part, dict):
        return {
            key: clean_part(value)
            for key, value in part.items()
            if not key.startswith("page_") and value is not None
        }
    if isinstance(part, list):
        return [clean_part(each) for each in part]
    return part
