"""Human words for the parts of a definition, for tables, editors and comparisons."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from .schemas import Filter

AGGREGATES: dict[str, str | Promise] = {
    "count": gettext_lazy("Number of records"),
    "sum": gettext_lazy("Sum of an amount"),
    "distinct": gettext_lazy("Number of different values"),
    "average": gettext_lazy("Average of an amount"),
    "share": gettext_lazy("Share of records"),
    "ratio": gettext_lazy("Ratio of two indicators"),
    "completion": gettext_lazy("Completion of a goal"),
}

AGGREGATE_HELP: dict[str, str | Promise] = {
    "count": gettext_lazy("How many records of the chosen types there are: lectures held."),
    "sum": gettext_lazy("An amount added up over the records: attendance, hours, copies."),
    "distinct": gettext_lazy(
        "How many different organisations, titles or values: media that reported."
    ),
    "average": gettext_lazy("The mean of an amount over the records that carry it."),
    "share": gettext_lazy(
        "The percent of the records that also meet a condition: inspections passed."
    ),
    "ratio": gettext_lazy("One indicator divided by another: briefs adopted of briefs handed in."),
    "completion": gettext_lazy("An indicator in percent of the goal set for it."),
}

OPERATORS: dict[str, str | Promise] = {
    "eq": gettext_lazy("is"),
    "ne": gettext_lazy("is not"),
    "in": gettext_lazy("is one of"),
    "gte": gettext_lazy("is at least"),
    "lte": gettext_lazy("is at most"),
    "filled": gettext_lazy("is filled in"),
    "empty": gettext_lazy("is empty"),
}

FIELD_KINDS: dict[str, str | Promise] = {
    "choice": gettext_lazy("One choice"),
    "choices": gettext_lazy("Several choices"),
    "text": pgettext_lazy("field", "Text"),
    "boolean": gettext_lazy("Yes or no"),
    "number": pgettext_lazy("field", "Number"),
    "date": gettext_lazy("Date"),
}

EVIDENCE: dict[str, str | Promise] = {
    "required": gettext_lazy("Required"),
    "recommended": gettext_lazy("Recommended"),
    "optional": gettext_lazy("Optional"),
}

DATES: dict[str, str | Promise] = {
    "happened": gettext_lazy("Day it happened"),
    "posted": gettext_lazy("Day it was posted"),
}

PARTS: dict[str, str | Promise] = {
    "key": gettext_lazy("Key"),
    "name": gettext_lazy("Name"),
    "unit": gettext_lazy("Measure word"),
    "group": gettext_lazy("Group"),
    "position": gettext_lazy("Position"),
    "about": gettext_lazy("What is recorded"),
    "definition": gettext_lazy("Definition in words"),
    "aggregate": gettext_lazy("Way of counting"),
    "types": gettext_lazy("Record types"),
    "measure": gettext_lazy("Amount"),
    "measures": gettext_lazy("Amounts"),
    "fields": pgettext_lazy("field", "Fields"),
    "field": gettext_lazy("Field"),
    "choices": gettext_lazy("Choices"),
    "distinct": gettext_lazy("Different values of"),
    "where": gettext_lazy("Only records where"),
    "of": gettext_lazy("Share of those where"),
    "op": gettext_lazy("Condition"),
    "value": pgettext_lazy("filter", "Value"),
    "date": gettext_lazy("Counted by"),
    "numerator": gettext_lazy("Indicator above the line"),
    "denominator": gettext_lazy("Indicator below the line"),
    "factor": gettext_lazy("Times"),
    "places": gettext_lazy("Decimal places"),
    "synonyms": gettext_lazy("Other words for it"),
    "verbs": gettext_lazy("Verbs"),
    "evidence": gettext_lazy("Evidence"),
    "required": gettext_lazy("Required"),
    "help": gettext_lazy("Help"),
    "kind": gettext_lazy("Kind"),
    "zh": gettext_lazy("Chinese"),
    "en": gettext_lazy("English"),
}

_VALUES = {
    "aggregate": AGGREGATES, "op": OPERATORS, "kind": FIELD_KINDS, "evidence": EVIDENCE, "date": DATES,
}  # fmt: skip


def part(name: str) -> str:
    return str(PARTS.get(name, name))


def value(name: str, data: Any) -> str:
    """A value of the part `name` in words."""
    if data is None or data == "":
        return ""
    if isinstance(data, bool):
        return _("Yes") if data else _("No")
    if isinstance(data, list | tuple):
        return "、".join(value(name, each) for each in data)
    if isinstance(data, dict):
        return " · ".join(f"{part(key)}: {value(key, each)}" for key, each in data.items())
    return str(_VALUES.get(name, {}).get(str(data), data))


def condition(filter_: Filter, types: list[Any]) -> str:
    """A filter as a sentence: “Level is one of national, provincial”. `types` are RecordTypes."""
    subject: Any = None
    for type_ in types:
        subject = subject or type_.field(filter_.field) or type_.measure(filter_.field)
    name = str(subject.name) if subject else filter_.field
    names = {choice.key: str(choice.name) for choice in getattr(subject, "choices", ())}
    values = filter_.value if isinstance(filter_.value, list | tuple) else [filter_.value]
    words = "、".join(names.get(str(each), value("value", each)) for each in values)
    return f"{name} {OPERATORS[filter_.op]} {words}".strip()
