"""From the editor's form to a definition's data and back.

Rows of a table in the form are posted as `where-0-field`, `where-0-op` …; a draft may be unfinished.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any

from django.http import QueryDict

from .references import Known
from .schemas import NEEDS, Attribute, Indicator, Measure, RecordType

LARGEST = 10**15  # “1e999999999” is a number, too, and would be written out
SEPARATORS = re.compile(r"[、,，;；\s]+")


def words(post: QueryDict, name: str) -> dict[str, str]:
    """A text in both languages; empty ones are left out, so that the fault says “is missing”."""
    pair = {language: post.get(f"{name}_{language}", "").strip() for language in ("zh", "en")}
    return {"zh": pair["zh"]} | ({"en": pair["en"]} if pair["en"] else {})


def split(text: str) -> list[str]:
    """Words separated by 、 , ; or blanks, each once."""
    return list(dict.fromkeys(word for word in SEPARATORS.split(text) if word))


def numbers(post: QueryDict, prefix: str) -> list[int]:
    """The numbers of the rows posted under a prefix, without the one to be removed."""
    pattern = re.compile(rf"{prefix}-(\d{{1,3}})-")
    found = {int(match[1]) for name in post if (match := pattern.match(name))}
    removed = post.get("remove", "")
    return sorted(number for number in found if f"{prefix}-{number}" != removed)


def make_key(name: dict[str, str], taken: Iterable[str], fallback: str) -> str:
    """A key from the English name, else from `fallback` with a number; never one that is taken."""
    key = re.sub(r"[^a-z0-9]+", "_", name.get("en", "").lower()).strip("_")[:50]
    if not re.match(r"[a-z]", key):
        key = ""
    number, taken = 1, set(taken)
    made = key or f"{fallback}_1"
    while made in taken:
        number += 1
        made = f"{key or fallback}_{number}"
    return made


def indicator_data(post: QueryDict, known: Known) -> dict[str, Any]:
    """What the indicator's form says, with only the parts that its aggregate is made of."""
    aggregate = post.get("aggregate", "count")
    needs = NEEDS.get(aggregate, set())
    data: dict[str, Any] = {
        "key": post.get("key", "").strip(),
        "name": words(post, "name"),
        "unit": words(post, "unit"),
        "group": post.get("group", ""),
        "definition": words(post, "definition"),
        "aggregate": aggregate,
        "date": post.get("date") or "happened",
        "places": _integer(post.get("places")),
        "synonyms": split(post.get("synonyms", "")),
        "verbs": split(post.get("verbs", "")),
    }
    if "types" in needs:
        types = data["types"] = _types(post)
        data["where"] = _filters(post, "where", types, known)
        if "of" in needs:
            data["of"] = _filters(post, "of", types, known)
    for name in ("measure", "distinct", "numerator", "denominator"):
        if name in needs:
            data[name] = post.get(name) or None
    if aggregate == "ratio":
        data["factor"] = post.get("factor", "").strip() or "1"
    return data


def record_type_data(post: QueryDict) -> dict[str, Any]:
    """What the record type's form says."""
    return {
        "key": post.get("key", "").strip(),
        "name": words(post, "name"),
        "unit": words(post, "unit"),
        "group": post.get("group", ""),
        "about": words(post, "about"),
        "evidence": post.get("evidence") or "recommended",
        "synonyms": split(post.get("synonyms", "")),
        "measures": _parts(post, "measures", _measure),
        "fields": _parts(post, "fields", _attribute),
    }


def _types(post: QueryDict) -> list[str]:
    removed = post.get("remove", "")
    types = [*post.getlist("types"), *filter(None, [post.get("add_type", "")])]
    return [key for key in dict.fromkeys(types) if f"type-{key}" != removed]


def _filters(post: QueryDict, prefix: str, types: list[str], known: Known) -> list[dict[str, Any]]:
    found = []
    for number in numbers(post, prefix):
        field = post.get(f"{prefix}-{number}-field", "")
        op = post.get(f"{prefix}-{number}-op") or "eq"
        filter_: dict[str, Any] = {"field": field, "op": op}
        if op not in ("filled", "empty"):
            subject = subject_of(field, types, known)
            values = [typed(v, subject) for v in post.getlist(f"{prefix}-{number}-value") if v]
            filter_["value"] = values if op == "in" else (values[0] if values else None)
        found.append(filter_)
    if post.get("add") == prefix:
        found.append({"field": "", "op": "eq", "value": None})
    return found


def subject_of(field: str, types: Iterable[str], known: Known) -> Attribute | Measure | None:
    """The filter field or measure called `field` of the first of the types that has it."""
    for key in types:
        type_ = known.record_types.get(key)
        if type_ and (subject := type_.field(field) or type_.measure(field)):
            return subject
    return None


def typed(value: str, subject: Attribute | Measure | None) -> Any:
    """A posted value as the kind of its field wants it; what does not fit stays text."""
    kind = "number" if isinstance(subject, Measure) else getattr(subject, "kind", "text")
    if kind == "boolean" and value in ("true", "false"):
        return value == "true"
    if kind == "number":
        try:
            number = Decimal(value)
        except InvalidOperation:
            return value
        if not number.is_finite() or number.copy_abs() >= LARGEST:
            return value
        return int(number) if number == number.to_integral_value() else float(number)
    return value


def _parts(post: QueryDict, prefix: str, read: Any) -> list[dict[str, Any]]:
    """The rows of measures or fields, each with a key made from its name where it has none."""
    found: list[dict[str, Any]] = []
    for number in numbers(post, prefix):
        part = read(post, f"{prefix}-{number}")
        if not part["key"]:
            taken = [each["key"] for each in found] + [
                post.get(f"{prefix}-{n}-key", "") for n in numbers(post, prefix)
            ]
            part["key"] = make_key(part["name"], taken, prefix.removesuffix("s"))
        found.append(part)
    if post.get("add") == prefix:
        found.append({"key": "", "name": {"zh": ""}, "unit": {"zh": ""}, "kind": "choice"})
    return found


def _help(post: QueryDict, row: str) -> dict[str, Any]:
    text = words(post, f"{row}-help")
    return {"help": text} if any(text.values()) else {}


def _measure(post: QueryDict, row: str) -> dict[str, Any]:
    return _help(post, row) | {
        "key": post.get(f"{row}-key", "").strip(),
        "name": words(post, f"{row}-name"),
        "unit": words(post, f"{row}-unit"),
        "places": _integer(post.get(f"{row}-places")),
        "required": post.get(f"{row}-required") == "on",
    }


def _attribute(post: QueryDict, row: str) -> dict[str, Any]:
    kind = post.get(f"{row}-kind") or "choice"
    part: dict[str, Any] = {
        "key": post.get(f"{row}-key", "").strip(),
        "name": words(post, f"{row}-name"),
        "kind": kind,
        "required": post.get(f"{row}-required") == "on",
    } | _help(post, row)
    if kind in ("choice", "choices"):
        part["choices"] = choices(post.get(f"{row}-choices", ""))
    return part


def choices(text: str) -> list[dict[str, Any]]:
    """Choices from lines “中文 | English | key”, of which only the first is needed."""
    found: list[dict[str, Any]] = []
    lines = [[cell.strip() for cell in re.split(r"[|｜]", line)] for line in text.splitlines()]
    for zh, en, key in ((*line, "", "")[:3] for line in lines if line[0]):
        name = {"zh": zh} | ({"en": en} if en else {})
        taken = [each["key"] for each in found]
        found.append({"key": key or make_key(name, taken, "choice"), "name": name})
    return found


def choice_lines(options: Iterable[dict[str, Any]]) -> str:
    """The reverse of `choices`."""
    return "\n".join(
        " | ".join([o["name"].get("zh", ""), o["name"].get("en", ""), o["key"]]) for o in options
    )


def _integer(text: str | None) -> Any:
    text = (text or "").strip()
    return int(text) if text.isdecimal() and len(text) < 10 else (text or 0)


def as_posted(schema: Indicator | RecordType) -> dict[str, Any]:
    """A stored definition as complete data, the shape that the form's drafts have."""
    return schema.model_dump(mode="json")
