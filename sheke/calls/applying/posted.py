"""What the form's page posted, as values of the programme's fields.

A field is named `f-KEY`, a table's cell `f-KEY-ROW-COLUMN`. `fields` names the fields that were on the
page, so that an emptied check box is told from one that was not shown. `was-KEY` is the mark of the
value that the page was printed with.
"""

from __future__ import annotations

import re
from typing import Any

from django.http import QueryDict

from sheke.definitions.programmes import Field, Programme
from sheke.directory.models import Organisation

from ..values.texts import clean_line

NUMBER = re.compile(r"\d{1,4}")


def posted_values(programme: Programme, post: QueryDict) -> dict[str, Any]:
    """{field's key: what was typed} of the fields that were posted; files come otherwise."""
    there = set(post.getlist("fields"))
    return {
        field.key: _given(field, post)
        for field in programme.fields
        if field.key in there and field.kind != "files"
    }


def posted_marks(post: QueryDict) -> dict[str, str]:
    """{field's key: mark of the value that the page was printed with}."""
    return {
        name.removeprefix("was-"): str(text)
        for name, text in post.items()
        if name.startswith("was-")
    }


def _given(field: Field, post: QueryDict) -> Any:
    name = f"f-{field.key}"
    match field.kind:
        case "choices":
            return post.getlist(name)
        case "table":
            return _rows(field, post)
        case "organisations":
            return known_organisations(post.get(name, ""))
    return post.get(name, "")


def _rows(field: Field, post: QueryDict) -> list[dict[str, str]]:
    start = f"f-{field.key}-"
    numbers = set()
    for name in post:
        row, _dash, _column = name.removeprefix(start).partition("-")
        if name.startswith(start) and NUMBER.fullmatch(row):
            numbers.add(int(row))
    return [
        {column.key: post.get(f"{start}{n}-{column.key}", "") for column in field.columns}
        for n in sorted(numbers)
    ]


def known_organisations(text: str) -> list[dict[str, Any]]:
    """One organisation a line; those that the directory has by just this name get their number."""
    names = [name for line in text.splitlines()[:400] if (name := clean_line(line)[:200])]
    found = Organisation.objects.filter(name__in=names).values_list("name", "pk")
    numbers = dict(found)
    return [{"id": numbers.get(name), "name": name} for name in names]
