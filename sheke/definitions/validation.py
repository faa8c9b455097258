"""From data of any origin to a valid schema, or faults in words that say where and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, get_args

from django.utils.translation import gettext as _
from pydantic import ValidationError
from pydantic_core import ErrorDetails
from rapidfuzz import process

from sheke.core.errors import BadInput

from .schemas import SCHEMAS, Schema


@dataclass(frozen=True)
class Fault:
    """One thing wrong: the path of the field (`where.0.op`), and what is wrong with it."""

    field: str
    message: str

    def __str__(self) -> str:
        return f"{self.field}: {self.message}" if self.field else self.message


class Invalid(BadInput):
    """Data that is no definition; `faults` lists every reason."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = list(faults)
        super().__init__("; ".join(str(fault) for fault in self.faults))


def validate(kind: str, data: Any) -> Schema:
    """The data as the schema of its kind. Raises Invalid with every fault of form."""
    if not isinstance(data, dict):
        raise Invalid([Fault("", _("a mapping of names to values is needed"))])
    try:
        return SCHEMAS[kind].model_validate(data)
    except ValidationError as error:
        raise Invalid(_fault(kind, detail) for detail in error.errors()) from None


def near(word: str, words: Iterable[str]) -> str:
    """“; did you mean …?” with the words closest to `word`, or nothing."""
    found = process.extract(word, list(words), limit=3, score_cutoff=70)
    if not found:
        return ""
    return _("; did you mean %(words)s?") % {"words": ", ".join(name for name, *_rest in found)}


def _fault(kind: str, detail: ErrorDetails) -> Fault:
    path = [str(part) for part in detail["loc"]]
    return Fault(".".join(path), _message(kind, detail, path))


def _message(kind: str, detail: ErrorDetails, path: list[str]) -> str:
    context = detail.get("ctx", {})
    match detail["type"]:
        case "missing":
            return _("is missing")
        case "string_too_short":
            return _("must not be empty")
        case "string_pattern_mismatch" if not detail["input"]:
            return _("must not be empty")
        case "extra_forbidden":
            return _("is not known here") + near(path[-1], _names(kind, detail["loc"]))
        case "literal_error":
            return _("must be one of %(expected)s") % {"expected": context["expected"]}
        case "string_pattern_mismatch":
            return _("a key has small letters a–z, digits and _ and begins with a letter")
        case "string_type":
            return _("must be a text (put it in quotes)")
        case "invalid_key":
            return _("a name is read as true, false or a number; put it in quotes")
        case "less_than_equal":
            return _("must be at most %(most)s") % {"most": context["le"]}
        case "greater_than_equal":
            return _("must be at least %(least)s") % {"least": context["ge"]}
        case "bool_parsing" | "bool_type":
            return _("is true or false")
        case "tuple_type" | "list_type":
            return _("must be a list: [one, another]")
        case "model_type" | "model_attributes_type":
            return _("must be written as {name: value}")
        case "int_parsing" | "int_type" | "int_from_float" | "decimal_parsing" | "decimal_type":
            return _("must be a number")
        case "value_error":
            return str(context["error"])
    return detail["msg"]


def _names(kind: str, path: tuple[int | str, ...]) -> list[str]:
    """The fields that the schema at the parent of `path` has."""
    schema: Any = SCHEMAS[kind]
    for part in path[:-1]:
        if isinstance(part, str) and schema is not None:
            annotation = schema.model_fields[part].annotation
            schema = next(
                (t for t in (annotation, *get_args(annotation)) if hasattr(t, "model_fields")), None
            )
    return list(schema.model_fields) if schema is not None else []
