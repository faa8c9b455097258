"""Rows of the page: read in their order, one added, removed or moved as the pressed button says."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.http import QueryDict

from sheke.definitions.drafts import make_key, numbers, words

Row = dict[str, Any]
NUMBER = re.compile(r"-?\d{1,12}(\.\d{1,6})?")


def rows(
    post: QueryDict, prefix: str, read: Callable[[QueryDict, str], Row], empty: Row | None = None
) -> list[Row]:
    """All rows under `prefix`. `add`, `remove` and `move` (“up:stages-2”) name the row meant."""
    found: list[Row] = []
    meant, direction = None, 0
    way, _colon, target = post.get("move", "").partition(":")
    for number in numbers(post, prefix):
        row = f"{prefix}-{number}"
        if row == target:
            meant, direction = len(found), -1 if way == "up" else 1
        found.append(read(post, row) | {"page_open": post.get(f"{row}-open") == "1"})
    if meant is not None and 0 <= meant + direction < len(found):
        found.insert(meant + direction, found.pop(meant))
    if post.get("add") == prefix:
        found.append((empty or {}) | {"page_open": True})
    return found


def keyed(found: list[Row], fallback: str, taken: set[str] | None = None) -> list[Row]:
    """Keys for the rows that have none, made from their English names; `taken` grows by them."""
    used = taken if taken is not None else set()
    used |= {row["key"] for row in found if row.get("key")}
    for row in found:
        name = row.get("name") or {}
        if not row.get("key") and any(name.values()):
            row["key"] = make_key(name, used, fallback)
            used.add(row["key"])
    return found


def text(post: QueryDict, name: str) -> str:
    return post.get(name, "").strip()


def number(post: QueryDict, name: str) -> Any:
    """A number where the text is one, else the text, so that the fault names it; None if empty."""
    given = text(post, name).replace("，", "").replace(",", "")
    if not NUMBER.fullmatch(given):
        return given or None
    return float(given) if "." in given else int(given)


def ticked(post: QueryDict, name: str) -> bool:
    return post.get(name) == "on"


def put(part: Row, **given: Any) -> Row:
    """Adds what is there: neither None, "" nor words without a word."""
    for name, value in given.items():
        if value is None or value == "" or (isinstance(value, dict) and not any(value.values())):
            continue
        part[name] = value
    return part


def said(post: QueryDict, name: str) -> dict[str, str]:
    """A text in both languages; a multi-line one keeps its lines in one way of writing."""
    return {language: each.replace("\r\n", "\n") for language, each in words(post, name).items()}
