"""The records that a programme's outcome posts: their types, amounts and fields must take what is said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from .programmes import Programme, RecordOf
from .programmes.outcomes import OUTPUT_LEVELS, RESULTS, placeholders
from .schemas import Attribute, Measure, RecordType
from .validation import Fault, near


def faults(programme: Programme, types: Mapping[str, RecordType]) -> Iterator[Fault]:
    """Every record of the outcome that the ledger would not take."""
    outcome = programme.outcome
    for part in ("records", "closing_records"):
        for position, record in enumerate(getattr(outcome, part)):
            place = f"outcome.{part}.{position}"
            type_ = types.get(record.type)
            if type_ is None:
                message = _("there is no record type “%(key)s”") % {"key": record.type}
                yield Fault(f"{place}.type", message + near(record.type, types))
            else:
                yield from _posted(place, record, type_, programme)


def _posted(
    place: str, record: RecordOf, type_: RecordType, programme: Programme
) -> Iterator[Fault]:
    for key, text in record.amounts.items():
        if (measure := type_.measure(key)) is None:
            yield Fault(f"{place}.amounts.{key}", _absent(key, type_, type_.measures))
        else:
            for message in _amount(text, measure, programme):
                yield Fault(f"{place}.amounts.{key}", message)
    for key, value in record.fields.items():
        if (field := type_.field(key)) is None:
            yield Fault(f"{place}.fields.{key}", _absent(key, type_, type_.fields))
        else:
            for message in _value(value, field, type_, programme):
                yield Fault(f"{place}.fields.{key}", message)
    given = {**record.amounts, **record.fields}
    parts: list[Measure | Attribute] = [*type_.measures, *type_.fields]
    for part in parts:
        if part.required and part.key not in given:
            message = _("%(type)s needs “%(key)s”") % {"type": type_.key, "key": part.key}
            yield Fault(place, message)


def _amount(text: str, measure: Measure, programme: Programme) -> Iterator[str]:
    names = [name for name, _spec in placeholders(text)]
    if not names:
        try:
            Decimal(text)
        except InvalidOperation:
            yield _("an amount is a number, {amount}, {months} or {outputs}")
    elif text not in ("{amount}", "{months}", "{outputs}"):
        yield _("an amount is a number, {amount}, {months} or {outputs}")
    elif names == ["amount"] and (money := programme.outcome.money) is None:
        yield _("say in which unit amounts are (money)")
    elif names == ["amount"] and money and money.zh != measure.unit.zh:
        yield _("is counted in %(unit)s, the programme's amounts in %(money)s") % {
            "unit": measure.unit.zh, "money": money.zh,
        }  # fmt: skip


def _value(value: Any, field: Attribute, type_: RecordType, programme: Programme) -> Iterator[str]:
    if field.kind == "boolean" and not isinstance(value, bool):
        yield _("“%(field)s” is true or false") % {"field": field.key}
    choices = [choice.key for choice in field.choices]
    if not choices:
        return
    values = value if field.kind == "choices" and isinstance(value, list) else [value]
    for wanted in (one for each in values for one in _possible(each, programme)):
        if wanted not in choices:
            yield _("“%(field)s” of %(type)s has no choice “%(value)s”") % {
                "field": field.key, "type": type_.key, "value": wanted,
            } + near(str(wanted), choices)  # fmt: skip


def _possible(value: Any, programme: Programme) -> list[Any]:
    """All that a value can turn into: {level} is the key of any level."""
    if value == "{level}":
        return [level.key for level in programme.outcome.levels]
    if value == "{result}":
        return list(RESULTS)
    if value == "{output_level}":
        return list(OUTPUT_LEVELS)
    if value == "{category}":
        category = programme.used_as("category")
        return [choice.key for choice in category.choices] if category else [value]
    return [value]


def _absent(key: str, type_: RecordType, parts: Iterable[Measure | Attribute]) -> str:
    names = [part.key for part in parts]
    return _("%(type)s has no “%(key)s”") % {"type": type_.key, "key": key} + near(key, names)
