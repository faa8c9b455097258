"""What an application form in Word proposes for the fields of a programme. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from sheke.definitions.programmes import Field, PeopleRole, Programme

from .. import word_forms
from ..values import Topics, clean_value, shown
from ..word_forms.matching import SURE

PEOPLE = "people-of-the-form"
HEADINGS = (
    "课题组成员",
    "课题组主要成员",
    "主要参加者",
    "主要成员",
    "项目组成员",
    "参加人员",
    "团队成员",
)
ASIDE = re.compile(r"[（(][^（）()]*[）)]")
TAKEN = {  # columns of a table of people: what a member has
    "name": "name", "organisation": "employer", "title": "title", "degree": "degree",
    "speciality": "discipline", "duty": "task", "phone": "phone", "mail": "email",
    "gender": "gender", "born": "born_on",
}  # fmt: skip


@dataclass(frozen=True)
class Found:
    """A value for a field, as it would be typed; `fault` says why it cannot be read as it is."""

    field: Field
    value: Any
    text: str
    place: str
    label: str
    reason: str
    sure: bool
    fault: str = ""


def proposals(data: bytes, name: str, programme: Programme, topics: Topics) -> list[Found]:
    """What the form says to each field. Raises BadInput for what is no Word file."""
    wanted = {f.key: f for f in programme.fields if f.kind != "files"}
    found = word_forms.match(word_forms.read(data, name), [_sought(f) for f in wanted.values()])
    return [_found(wanted[each.key], each, topics) for each in found]


def people_in(data: bytes, name: str, role: PeopleRole) -> list[dict[str, str]]:
    """The people of the form's table of members: {name, employer, title …} as texts."""
    sought = word_forms.Field(PEOPLE, (str(role.name.zh), *HEADINGS), "people")
    for each in word_forms.match(word_forms.read(data, name), [sought]):
        given = each.value if isinstance(each.value, list) else []
        rows = [row for row in given if isinstance(row, Mapping)]
        return [person for row in rows if (person := _person(row)).get("name")]
    return []


def _sought(field: Field) -> word_forms.Field:
    names = {field.name.zh, ASIDE.sub("", field.name.zh)}
    labels = tuple(name for name in names if name)
    match field.kind:
        case "choice" | "choices":
            options = tuple(choice.name.zh for choice in field.choices)
            return word_forms.Field(field.key, labels, "choice", choices=options)
        case "boolean":
            return word_forms.Field(field.key, labels, "choice", choices=("是", "否"))
        case "table":
            columns = {column.key: (column.name.zh,) for column in field.columns}
            return word_forms.Field(field.key, labels, "table", columns=columns)
        case "date" | "amount":
            return word_forms.Field(field.key, labels, field.kind)
    return word_forms.Field(field.key, labels)


def _found(field: Field, each: word_forms.Proposal, topics: Topics) -> Found:
    value = _typed(field, each.value)
    text, fault = each.raw, ""
    if field.kind == "table":
        text = shown(field, value)
    else:
        try:
            text = shown(field, clean_value(field, value, topics), topics=topics)
        except ValueError as error:
            fault = str(error)
    return Found(
        field, value, text, each.place.label, each.label, each.reason,
        sure=each.confidence == SURE and not fault, fault=fault,
    )  # fmt: skip


def _typed(field: Field, value: Any) -> Any:
    """As a person would type it: amounts in the field's unit, one choice, rows of texts."""
    if isinstance(value, Decimal):
        myriad = field.unit is not None and field.unit.zh.startswith("万")
        return f"{(value / 10_000 if myriad else value).normalize():f}"
    if isinstance(value, list) and field.kind in ("choice", "boolean"):
        return value[0] if value else ""
    if isinstance(value, list) and field.kind not in ("choices", "table", "organisations"):
        return "、".join(str(part) for part in value)
    return value


def _person(row: Mapping[str, str]) -> dict[str, str]:
    person = {ours: row[theirs].strip() for theirs, ours in TAKEN.items() if row.get(theirs)}
    person["gender"] = {"男": "male", "女": "female"}.get(person.get("gender", ""), "")
    try:
        date.fromisoformat(person.get("born_on", ""))
    except ValueError:
        person.pop("born_on", None)
    return {key: text for key, text in person.items() if text}


def summary(person: Mapping[str, str]) -> str:
    """A person in one line."""
    parts = [person.get(key, "") for key in ("name", "employer", "title", "task")]
    return " · ".join(part for part in parts if part) or _("nobody")
