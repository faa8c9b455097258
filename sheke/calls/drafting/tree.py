"""The tree of eligibility: groups (all, any, none) of conditions and groups, as rows within rows.

In a draft a group is {"group": "all", "parts": […]}, a condition {"rule": "age", …}.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.http import QueryDict

from sheke.definitions.drafts import split
from sheke.definitions.programmes.eligibility import PARTS

from .rows import NUMBER, Row, number, put, rows, said, text

ROOT = "tree"
DEEPEST = 6  # groups within groups
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
EMPTY_CONDITION: Row = {"rule": "age", "severity": "error"}
EMPTY_GROUP: Row = {"group": "any", "parts": [EMPTY_CONDITION | {"page_open": True}]}


def tree(post: QueryDict, fields: Mapping[str, Row]) -> Row:
    """The whole tree; `fields` are those of the draft's form by key, which say what a value is."""
    return _group(post, ROOT, fields, 0)


def as_node(stored: Mapping[str, Any]) -> Row:
    """A stored node (canonical: only what differs from the defaults) in the draft's shape."""
    if condition := stored.get("condition"):
        return {"severity": "error"} | dict(condition)
    kind = next((kind for kind in ("all", "any", "none") if stored.get(kind)), "all")
    return {"group": kind, "parts": [as_node(part) for part in stored.get(kind, [])]}


def as_stored(node: Mapping[str, Any]) -> Row:
    """The reverse: what the schema reads. Groups without parts say nothing and are left out."""
    if "group" not in node:
        return {"condition": {k: v for k, v in node.items() if not k.startswith("page_")}}
    parts = [as_stored(part) for part in node["parts"] if part.get("parts") or "rule" in part]
    return {node["group"]: parts} if parts else {}


def _group(post: QueryDict, row: str, fields: Mapping[str, Row], depth: int) -> Row:
    kind = post.get(f"{row}-group") or "all"

    def read(post: QueryDict, inner: str) -> Row:
        if f"{inner}-group" in post and depth < DEEPEST:
            return _group(post, inner, fields, depth + 1)
        return _condition(post, inner, fields)

    parts = rows(post, f"{row}-parts", read, EMPTY_CONDITION)
    if post.get("add") == f"{row}-groups" and depth < DEEPEST:
        parts.append(EMPTY_GROUP | {"page_open": True})
    return {"group": kind if kind in ("all", "any", "none") else "all", "parts": parts}


def _condition(post: QueryDict, row: str, fields: Mapping[str, Row]) -> Row:
    rule = post.get(f"{row}-rule") or "age"
    needed, allowed = PARTS.get(rule, (set(), set()))
    parts = needed | allowed
    condition: Row = {"rule": rule, "severity": post.get(f"{row}-severity") or "error"}
    put(condition, message=said(post, f"{row}-message"))
    for name in ("least", "most"):
        if name in parts:
            put(condition, **{name: number(post, f"{row}-{name}")})
    if "who" in parts:
        put(condition, who=text(post, f"{row}-who"))
    if "day" in parts:
        day = text(post, f"{row}-day") or "closing"
        condition["day"] = text(post, f"{row}-date") if day == "date" else day
    if "values" in parts:
        condition["values"] = _values(post, row, rule)
    if "field" in parts:
        condition |= _comparison(post, row, fields)
    return condition


def _values(post: QueryDict, row: str, rule: str) -> list[str]:
    if rule == "organisation_kind":
        return post.getlist(f"{row}-values")
    return split(post.get(f"{row}-values", ""))


def _comparison(post: QueryDict, row: str, fields: Mapping[str, Row]) -> Row:
    key, op = text(post, f"{row}-field"), post.get(f"{row}-op") or "filled"
    part: Row = {"field": key, "op": op}
    if op in ("filled", "empty"):
        return part
    given = [value for value in post.getlist(f"{row}-value") if value.strip()]
    kind = fields.get(key, {}).get("kind", "text")
    if op == "in" and len(given) == 1 and kind not in ("choice", "choices"):
        given = split(given[0])
    typed = [_typed(value.strip(), kind) for value in given]
    return part | {"value": typed if op == "in" else (typed[0] if typed else None)}


def _typed(value: str, kind: str) -> Any:
    if kind == "boolean" and value in ("true", "false"):
        return value == "true"
    if kind in ("number", "amount") and NUMBER.fullmatch(value):
        return float(value) if "." in value else int(value)
    return value
