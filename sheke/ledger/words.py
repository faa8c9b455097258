"""What a record says, in words for people: amounts with measure words, filter fields by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from sheke.definitions.schemas import Attribute, RecordType
from sheke.directory.models import Organisation

from .models import Heading, Version


@dataclass(frozen=True)
class Amount:
    key: str
    name: str
    value: Decimal
    unit: str


@dataclass(frozen=True)
class Difference:
    """One field of a record before and after."""

    name: str
    before: str
    after: str


def amounts(type_: RecordType, values: Mapping[str, str]) -> list[Amount]:
    """The amounts in the type's order. A measure that the edition lacks keeps its key."""
    named = [m for m in type_.measures if m.key in values]
    return [Amount(m.key, str(m.name), Decimal(values[m.key]), str(m.unit)) for m in named]


def attributes(type_: RecordType, values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(name, text) of the filled filter fields in the type's order."""
    return [
        (str(f.name), attribute_text(f, values[f.key])) for f in type_.fields if f.key in values
    ]


def attribute_text(attribute: Attribute, value: Any) -> str:
    """A value as people write it: choices by name, yes and no, dates as they are."""
    if value is None:
        return ""
    if attribute.kind == "boolean":
        return _("Yes") if value else _("No")
    names = {choice.key: str(choice.name) for choice in attribute.choices}
    parts = value if isinstance(value, list) else [value]
    return "、".join(names.get(str(part), str(part)) for part in parts)


def differences(
    type_: RecordType, before: Mapping[str, Any], after: Mapping[str, Any], names: Names
) -> list[Difference]:
    """The fields in which two contents differ, in the order of the form."""
    one, other = (list(_texts(type_, content, names)) for content in (before, after))
    return [
        Difference(name, was, now)
        for (name, was), (_name, now) in zip(one, other, strict=True)
        if was != now
    ]


@dataclass(frozen=True)
class Names:
    """The organisations and plan items that contents speak of, by number."""

    organisations: Mapping[int, str]
    headings: Mapping[int, str]

    @classmethod
    def of(cls, contents: Iterable[Mapping[str, Any]]) -> Names:
        """Two queries, whatever the number of contents."""
        contents = list(contents)
        units = {
            pk for c in contents for pk in [c["organisation"], *c["cohosts"], *c["supporters"]]
        }
        filed = {c["heading"] for c in contents if c["heading"]}
        return cls(
            dict(Organisation.objects.filter(pk__in=units).values_list("pk", "name")),
            {h.pk: str(h) for h in Heading.objects.filter(pk__in=filed)},
        )


def _texts(
    type_: RecordType, content: Mapping[str, Any], names: Names
) -> Iterable[tuple[str, str]]:
    def units(numbers: Iterable[int]) -> str:
        return "、".join(names.organisations.get(pk, f"#{pk}") for pk in numbers)

    yield _("Title"), content["title"]
    yield _("Organisation"), units([content["organisation"]])
    yield _("Date"), content["happened_on"]
    yield _("End date"), content["ended_on"] or ""
    for measure in type_.measures:
        amount = content["amounts"].get(measure.key)
        yield str(measure.name), f"{amount} {measure.unit}" if amount else ""
    for field in type_.fields:
        yield str(field.name), attribute_text(field, content["attributes"].get(field.key))
    yield _("Co-hosts"), units(content["cohosts"])
    yield _("Supporters"), units(content["supporters"])
    yield _("Plan item"), names.headings.get(content["heading"], "")
    yield _("Remarks"), content["note"]


@dataclass(frozen=True)
class Step:
    """A version with what it changed against the one before."""

    version: Version
    differences: list[Difference]


def history(type_: RecordType, versions: list[Version]) -> list[Step]:
    """The versions of a record, latest first, each with its differences. Two queries."""
    names = Names.of(version.content for version in versions)
    steps = []
    before: Version | None = None
    for version in versions:
        changed = differences(type_, before.content, version.content, names) if before else []
        steps.append(Step(version, changed))
        before = version
    return steps[::-1]


def history_steps(versions: list[Version]) -> list[Step]:
    """Single versions of many records, each with its differences against the one before.

    Four queries, whatever the number.
    """
    wanted = Q(pk__in=[])
    for version in versions:
        wanted |= Q(record_id=version.record_id, number=version.number - 1)
    before = {v.record_id: {} for v in versions}  # type: dict[int, dict[int, Version]]
    for version in Version.objects.filter(wanted):
        before[version.record_id][version.number] = version
    contents = [v.content for v in versions]
    contents += [v.content for held in before.values() for v in held.values()]
    names = Names.of(contents)
    steps = []
    for version in versions:
        was = before[version.record_id].get(version.number - 1)
        type_ = version.record.edition.record_type
        changed = differences(type_, was.content, version.content, names) if was else []
        steps.append(Step(version, changed))
    return steps
