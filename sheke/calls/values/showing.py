"""Clean values as people read them in a line: for lists, exports, comparisons."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from sheke.definitions.programmes import Field
from sheke.definitions.schemas import Choice

from .kinds import Topics
from .rich import rich_text


def shown(
    field: Field,
    value: Any,
    *,
    topics: Topics | None = None,
    files: Mapping[int, str] | None = None,
) -> str:
    """The value as text; files: {number of an upload: its name}. What a draft keeps is shown as it is."""
    if value is None or value in ("", []):
        return ""
    match field.kind:
        case "choice" | "choices":
            return _names(field.choices, value if isinstance(value, list) else [value])
        case "boolean":
            return (_("yes") if value else _("no")) if isinstance(value, bool) else str(value)
        case "rich":
            return rich_text(str(value)).strip()
        case "topic":
            return (topics or {}).get(value, str(value)) if isinstance(value, int) else str(value)
        case "number" | "amount":
            unit = str(field.unit) if field.unit else ""
            return f"{number_shown(value)} {unit}".strip()
        case "organisations":
            return "、".join(str(one.get("name", "")) for one in value)
        case "files":
            return "、".join((files or {}).get(number, f"#{number}") for number in value)
        case "table":
            return "\n".join(_row(field, row) for row in value)
    return str(value)


def number_shown(value: Any) -> str:
    """A decimal in text with groups of thousands."""
    try:
        text = f"{Decimal(str(value)):,f}"
    except InvalidOperation:
        return str(value)
    return text.rstrip("0").rstrip(".") if "." in text else text


def _row(field: Field, row: Mapping[str, str]) -> str:
    cells = []
    for column in field.columns:
        text = row.get(column.key, "")
        cells.append(_names(column.choices, [text]) if column.kind == "choice" and text else text)
    return " | ".join(cells)


def _names(choices: tuple[Choice, ...], keys: list[str]) -> str:
    names = {choice.key: str(choice.name) for choice in choices}
    return "、".join(names.get(key, str(key)) for key in keys)
