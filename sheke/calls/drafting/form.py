"""The form's part of the page: sections, fields, columns; and people."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import QueryDict

from sheke.definitions.drafts import choices

from .rows import Row, keyed, number, put, rows, said, text, ticked

EMPTY_FIELD: Row = {
    "key": "",
    "name": {"zh": ""},
    "kind": "text",
    "required": True,
    "reviewers": True,
}
EMPTY_SECTION: Row = {"name": {"zh": ""}, "fields": [EMPTY_FIELD | {"page_open": True}]}
EMPTY_COLUMN: Row = {"key": "", "name": {"zh": ""}, "kind": "text"}
EMPTY_ROLE: Row = {"key": "", "name": {"zh": ""}, "least": 0, "most": 10, "consents": True}
TEXTS, NUMBERS = ("text", "paragraphs", "rich"), ("number", "amount")


def sections(post: QueryDict) -> list[Row]:
    """All sections with their fields; keys of fields are unique over them all."""
    found = rows(post, "sections", _section, EMPTY_SECTION)
    taken = {field["key"] for section in found for field in section["fields"] if field["key"]}
    for section in found:
        keyed(section["fields"], "field", taken)
    return found


def people(post: QueryDict) -> Row:
    roles = keyed(rows(post, "roles", _role, EMPTY_ROLE), "role")
    return {"asks": post.getlist("asks"), "roles": roles}


def _section(post: QueryDict, row: str) -> Row:
    fields = rows(post, f"{row}-fields", _field, EMPTY_FIELD)
    section: Row = {"name": said(post, f"{row}-name"), "fields": fields}
    return put(section, help=said(post, f"{row}-help"))


def _field(post: QueryDict, row: str) -> Row:
    kind = post.get(f"{row}-kind") or "text"
    field: Row = {
        "key": text(post, f"{row}-key"), "name": said(post, f"{row}-name"), "kind": kind,
        "required": ticked(post, f"{row}-required"), "reviewers": ticked(post, f"{row}-reviewers"),
    }  # fmt: skip
    put(field, help=said(post, f"{row}-help"), use=text(post, f"{row}-use"))
    read = partial(number, post)
    if kind in TEXTS:
        put(field, limit=read(f"{row}-limit"))
    elif kind in ("choice", "choices"):
        field |= _choices(post, f"{row}-choices")
    elif kind in NUMBERS:
        put(
            field, unit=said(post, f"{row}-unit"), places=read(f"{row}-places"),
            least=read(f"{row}-least"), most=read(f"{row}-most"),
        )  # fmt: skip
    elif kind == "table":
        field["columns"] = keyed(rows(post, f"{row}-columns", _column, EMPTY_COLUMN), "column")
        put(field, rows=read(f"{row}-rows"))
    elif kind == "organisations":
        put(field, rows=read(f"{row}-rows"))
    elif kind == "files":
        field["types"] = post.getlist(f"{row}-types")
        put(field, megabytes=read(f"{row}-megabytes"), files=read(f"{row}-files"))
    return field


def _choices(post: QueryDict, name: str) -> dict[str, Any]:
    lines = post.get(name, "")
    return {"choices": choices(lines), "page_choices": lines}


def _column(post: QueryDict, row: str) -> Row:
    column: Row = {
        "key": text(post, f"{row}-key"), "name": said(post, f"{row}-name"),
        "kind": post.get(f"{row}-kind") or "text", "required": ticked(post, f"{row}-required"),
    }  # fmt: skip
    if column["kind"] == "choice":
        column |= _choices(post, f"{row}-choices")
    return column


def _role(post: QueryDict, row: str) -> Row:
    role: Row = {
        "key": text(post, f"{row}-key"), "name": said(post, f"{row}-name"),
        "consents": ticked(post, f"{row}-consents"), "referee": ticked(post, f"{row}-referee"),
    }  # fmt: skip
    return put(role, least=number(post, f"{row}-least"), most=number(post, f"{row}-most"))
