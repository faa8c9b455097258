"""What the editor's page offers to choose from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from pydantic import ValidationError

from sheke.definitions import labels
from sheke.definitions.models import Edition
from sheke.definitions.programmes import Condition, Field
from sheke.definitions.programmes.eligibility import PARTS
from sheke.definitions.programmes.fields import FILE_TYPES, USES
from sheke.definitions.programmes.outcomes import NAMES, OUTPUT_NAMES
from sheke.definitions.programmes.programme import LETTER_NAMES
from sheke.definitions.programmes.words import demand

from ..models import Output
from .rows import Row
from .stored import clean_part

COLUMN_KINDS = ("text", "number", "date", "choice")


def page_options(
    data: Row, types: Mapping[str, Edition], templates: Mapping[str, Any],
    organisation_kinds: Iterable[tuple[str, Any]],
) -> dict[str, Any]:  # fmt: skip
    """The lists of choices that templates name, by what they are for. No queries."""
    fields = [f for section in data["sections"] for f in section["fields"] if f.get("key")]
    levels = [("{level}", _("the level that was given"))] if data["outcome"].get("levels") else []
    categories = [("{category}", _("the category of the form"))]
    categories = categories if any(f.get("use") == "category" for f in fields) else []
    return {
        "tree": shown_tree(data["eligibility"], data),
        "has_certificate": bool(data["outcome"].get("certificate")),
        "field_kinds": [*labels.PROGRAMME_FIELD_KINDS.items()],
        "column_kinds": [(kind, labels.PROGRAMME_FIELD_KINDS[kind]) for kind in COLUMN_KINDS],
        "uses": {kind: _uses(kind) for kind in labels.PROGRAMME_FIELD_KINDS},
        "file_types": FILE_TYPES,
        "asks": [*labels.ASKS.items()],
        "groups": [
            ("all", _("All of these hold")), ("any", _("At least one of these holds")),
            ("none", _("None of these is the case")),
        ],
        "rules": [*labels.RULES.items()],
        "rule_parts": {rule: needed | allowed for rule, (needed, allowed) in PARTS.items()},
        "severities": [*labels.SEVERITIES.items()],
        "who": [("lead", _("who leads")), ("everyone", _("everybody who takes part"))],
        "days": [
            ("closing", _("the day the call closes")), ("opening", _("the day the call opens")),
            ("date", _("this day:")),
        ],
        "operators": [*labels.OPERATORS.items()],
        "form_fields": [(f["key"], _name(f) or f["key"]) for f in fields],
        "fields_by_key": {f["key"]: f for f in fields},
        "organisation_kinds": list(organisation_kinds),
        "stage_kinds": [*labels.STAGE_KINDS.items()],
        "blindness": [*labels.BLINDNESS.items()],
        "comments": [(key, labels.EVIDENCE[key]) for key in ("required", "optional")],
        "outcome_kinds": [*labels.OUTCOME_KINDS.items()],
        "milestone_kinds": [*labels.MILESTONE_KINDS.items()],
        "templates": [(key, str(each.name)) for key, each in templates.items()],
        "types": [("", "—"), *((key, str(e.record_type.name)) for key, e in types.items())],
        "types_by_key": {key: e.record_type for key, e in types.items()},
        "stand_ins": [*levels, *categories],
        "results": [
            ("{result}", _("the result of the closing")),
            ("{output_level}", _("the level of the work")),
        ],
        "output_kinds": Output.Kind.choices,
        "names": [f"{{{name}}}" for name in NAMES],
        "closing_names": [f"{{{name}}}" for name in OUTPUT_NAMES],
        "letter_names": [f"{{{name}}}" for name in LETTER_NAMES],
        "letters": [*labels.LETTERS.items()],
    }  # fmt: skip


def shown_tree(node: Row, data: Row) -> Row:
    """The draft's tree with what its rows print: a sentence, the day as a choice and a date, values
    as a list.
    """
    if "group" in node:
        return node | {"parts": [shown_tree(part, data) for part in node["parts"]]}
    day, value = node.get("day", "closing"), node.get("value")
    return (
        {"field": ""}
        | node
        | {
            "day_kind": day if day in ("closing", "opening") else "date",
            "date": "" if day in ("closing", "opening") else day,
            "values_given": node.get("values") or [],
            "sentence": sentence(node, data),
            "value_list": value if isinstance(value, list) else [] if value is None else [value],
        }
    )


def sentence(node: Row, data: Row) -> str:
    """The condition in words, or its rule's name while it is unfinished."""
    fields = [f for section in data["sections"] for f in section["fields"]]
    try:
        condition = Condition.model_validate(clean_part(node))
        found = next((f for f in fields if f.get("key") == condition.field), None)
        field = Field.model_validate(clean_part(found)) if found else None
        return demand(condition, labels.words(data["applicant"]), field)
    except ValidationError:
        return str(labels.RULES.get(node["rule"], node["rule"]))


def _uses(kind: str) -> list[tuple[str, Any]]:
    """What a field of the kind may be read as."""
    found = [(use, labels.USES[use]) for use, kinds in USES.items() if kind in kinds]
    return [("", "—"), *found] if found else []


def _name(field: Row) -> str:
    name = field.get("name") or {}
    return str(labels.words(name)) if name else ""
