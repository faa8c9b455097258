"""What the indicator's editor offers, given the record types chosen so far."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from . import labels
from .drafts import subject_of
from .references import NUMERIC, Known
from .schemas import ADDED_UP, Attribute, Measure, RecordType

Choices = list[tuple[str, str]]


@dataclass
class FilterRow:
    """One condition as the editor shows it: its draft and what may be chosen for it."""

    number: int
    field: str
    op: str
    values: list[str]
    kind: str  # of the field: choice, boolean, number, date, text
    operators: Choices
    choices: Choices


@dataclass
class Options:
    types: list[RecordType] = field(default_factory=list)
    addable: list[tuple[str, Choices]] = field(default_factory=list)
    measures: Choices = field(default_factory=list)
    distincts: Choices = field(default_factory=list)
    fields: Choices = field(default_factory=list)
    indicators: Choices = field(default_factory=list)
    where: list[FilterRow] = field(default_factory=list)
    of: list[FilterRow] = field(default_factory=list)


def options_for(data: dict[str, Any], known: Known) -> Options:
    """Everything that can be chosen beside the draft `data`."""
    keys = data.get("types") or []
    types = [known.record_types[key] for key in keys if key in known.record_types]
    fields, measures = _common(types, "fields"), _common(types, "measures")
    return Options(
        types=types,
        addable=list(_addable(keys, known)),
        measures=measures,
        distincts=[("organisation", _("Organisation")), ("title", _("Title")), *fields],
        fields=[*fields, *measures],
        indicators=[
            (key, f"{indicator.name}（{indicator.unit}）")
            for key, indicator in known.indicators.items()
            if indicator.aggregate in ADDED_UP and key != data.get("key")
        ],
        where=[_row(n, row, keys, known) for n, row in enumerate(data.get("where") or [])],
        of=[_row(n, row, keys, known) for n, row in enumerate(data.get("of") or [])],
    )


def _common(types: list[RecordType], part: str) -> Choices:
    """Measures or fields that every one of the types has."""
    if not types:
        return []
    first, *others = [{each.key: str(each.name) for each in getattr(t, part)} for t in types]
    return [(key, name) for key, name in first.items() if all(key in other for other in others)]


def _addable(keys: Iterable[str], known: Known) -> Iterator[tuple[str, Choices]]:
    """The record types not chosen yet, by group."""
    for group_key, group in known.groups.items():
        members = [
            (key, str(type_.name))
            for key, type_ in known.record_types.items()
            if type_.group == group_key and key not in keys
        ]
        if members:
            yield str(group.name), members


def _row(number: int, row: dict[str, Any], types: list[str], known: Known) -> FilterRow:
    subject = subject_of(row.get("field", ""), types, known)
    value = row.get("value")
    values = value if isinstance(value, list | tuple) else [] if value is None else [value]
    return FilterRow(
        number=number,
        field=row.get("field", ""),
        op=row.get("op", "eq"),
        values=[str(v).lower() if isinstance(v, bool) else str(v) for v in values],
        kind=_kind(subject),
        operators=_operators(subject),
        choices=_choices(subject),
    )


def _kind(subject: Attribute | Measure | None) -> str:
    if isinstance(subject, Measure):
        return "number"
    return {"choices": "choice"}.get(subject.kind, subject.kind) if subject else "text"


def _operators(subject: Attribute | Measure | None) -> Choices:
    kind = _kind(subject)
    fits = {"choice": ("eq", "ne", "in"), "boolean": ("eq",), "text": ("eq", "ne")}
    names = fits.get(kind, ("eq", "gte", "lte") if kind in NUMERIC else ("eq", "ne"))
    return [(name, str(labels.OPERATORS[name])) for name in (*names, "filled", "empty")]


def _choices(subject: Attribute | Measure | None) -> Choices:
    if isinstance(subject, Attribute):
        if subject.kind == "boolean":
            return [("true", _("Yes")), ("false", _("No"))]
        return [(choice.key, str(choice.name)) for choice in subject.choices]
    return []
