"""What one definition says of others: every type, measure, field and indicator it names must exist."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from . import outcomes
from .programmes import Programme
from .return_forms import ReturnForm
from .schemas import ADDED_UP, Attribute, Filter, Group, Indicator, Measure, RecordType, Schema
from .validation import Fault, near

LARGEST = 10**13  # of an amount in the ledger
NUMERIC = ("number", "date")  # filter fields that have an order, as measures do


@dataclass
class Known:
    """The definitions against which references are checked, by key."""

    groups: Mapping[str, Group] = field(default_factory=dict)
    record_types: Mapping[str, RecordType] = field(default_factory=dict)
    indicators: Mapping[str, Indicator] = field(default_factory=dict)


def names(indicator: Indicator | Programme, schema: Schema) -> bool:
    """Whether the indicator counts the record type `schema` or is made of the indicator `schema`, or
    the programme posts it.
    """
    if isinstance(indicator, Programme):
        outcome = indicator.outcome
        posted = [each.type for each in (*outcome.records, *outcome.closing_records)]
        return isinstance(schema, RecordType) and schema.key in posted
    if isinstance(schema, RecordType):
        return schema.key in indicator.types
    return isinstance(schema, Indicator) and schema.key in (
        indicator.numerator,
        indicator.denominator,
    )


def faults(schema: Schema, known: Known) -> Iterator[Fault]:
    """Every reference of `schema` that leads nowhere or to the wrong kind of thing."""
    if isinstance(schema, RecordType | Indicator) and schema.group not in known.groups:
        yield Fault(
            "group",
            _("there is no group “%(key)s”") % {"key": schema.group}
            + near(schema.group, known.groups),
        )
    if isinstance(schema, ReturnForm):
        yield from _asked(schema, known)
    if isinstance(schema, Programme):
        yield from outcomes.faults(schema, known.record_types)
    if isinstance(schema, Indicator):
        yield from _parts(schema, known)
        yield from _counted(schema, known)


def _asked(form: ReturnForm, known: Known) -> Iterator[Fault]:
    """The indicators, record types and measures that a return form names."""
    for position, question in enumerate(form.questions):
        place = f"questions.{position}"
        if question.indicator:
            yield from _there(f"{place}.indicator", question.indicator, known.indicators)
        for key in question.types:
            yield from _there(f"{place}.types", key, known.record_types)
        if (posts := question.posts) is None:
            continue
        type_ = known.record_types.get(posts.type)
        yield from _there(f"{place}.posts.type", posts.type, known.record_types)
        if type_ and type_.measure(posts.measure) is None:
            names = [m.key for m in type_.measures]
            yield Fault(f"{place}.posts.measure", _absent(posts.measure, type_, names))
    for position, rule in enumerate(form.rules):
        for name in rule.names():
            if name.startswith("ledger."):
                key = name.removeprefix("ledger.")
                yield from _there(f"rules.{position}.check", key, known.indicators)


def _there(place: str, key: str, words: Mapping[str, object]) -> Iterator[Fault]:
    if key not in words:
        message = _("there is nothing called “%(key)s”") % {"key": key}
        yield Fault(place, message + near(key, words))


def _parts(indicator: Indicator, known: Known) -> Iterator[Fault]:
    for name in ("numerator", "denominator"):
        key = getattr(indicator, name)
        if not key:
            continue
        part = known.indicators.get(key)
        if part is None:
            message = _("there is no indicator “%(key)s”") % {"key": key}
            yield Fault(name, message + near(key, known.indicators))
        elif part.aggregate not in ADDED_UP:
            yield Fault(
                name,
                _("“%(key)s” is itself a quotient; name a count, sum or distinct") % {"key": key},
            )


def _counted(indicator: Indicator, known: Known) -> Iterator[Fault]:
    types = []
    for position, key in enumerate(indicator.types):
        if (type_ := known.record_types.get(key)) is None:
            message = _("there is no record type “%(key)s”") % {"key": key}
            yield Fault(f"types.{position}", message + near(key, known.record_types))
        else:
            types.append(type_)
    for type_ in types:
        yield from _of_type(indicator, type_)


def _of_type(indicator: Indicator, type_: RecordType) -> Iterator[Fault]:
    """What the indicator asks of each record of `type_`."""
    if indicator.measure and type_.measure(indicator.measure) is None:
        yield Fault("measure", _absent(indicator.measure, type_, [m.key for m in type_.measures]))
    special = ("organisation", "title")
    if (
        indicator.distinct
        and indicator.distinct not in special
        and not type_.field(indicator.distinct)
    ):
        names = [*special, *(f.key for f in type_.fields)]
        yield Fault("distinct", _absent(indicator.distinct, type_, names))
    for part in ("where", "of"):
        for position, filter_ in enumerate(getattr(indicator, part)):
            for message in _filter(filter_, type_):
                yield Fault(f"{part}.{position}", message)


def _filter(filter_: Filter, type_: RecordType) -> Iterator[str]:
    subject = type_.field(filter_.field) or type_.measure(filter_.field)
    if subject is None:
        names = [*(f.key for f in type_.fields), *(m.key for m in type_.measures)]
        yield _absent(filter_.field, type_, names)
    elif filter_.op in ("gte", "lte"):
        if isinstance(subject, Attribute) and subject.kind not in NUMERIC:
            yield _("“%(field)s” has no order; use eq or in") % {"field": filter_.field}
        else:
            yield from _values(filter_, subject, type_)
    elif filter_.value is not None:
        yield from _values(filter_, subject, type_)


def _values(filter_: Filter, subject: Attribute | Measure, type_: RecordType) -> Iterator[str]:
    values = filter_.value if isinstance(filter_.value, list | tuple) else [filter_.value]
    kind = "number" if isinstance(subject, Measure) else subject.kind
    if kind == "number" and not all(map(_countable, values)):
        yield _("“%(field)s” is compared with a number") % {"field": filter_.field}
    if kind == "date" and not all(map(_is_day, values)):
        yield _("“%(field)s” is compared with a day: '2025-03-01'") % {"field": filter_.field}
    if isinstance(subject, Measure):
        return
    choices = [choice.key for choice in subject.choices]
    for value in values:
        if choices and value not in choices:
            yield _("“%(field)s” of %(type)s has no choice “%(value)s”") % {
                "field": filter_.field, "type": type_.key, "value": value,
            } + near(str(value), choices)  # fmt: skip
        if subject.kind == "boolean" and not isinstance(value, bool):
            yield _("“%(field)s” is true or false") % {"field": filter_.field}


def _countable(value: object) -> bool:
    """A number that the ledger could hold."""
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        return False
    return abs(float(value)) < LARGEST  # false for “not a number”


def _is_day(value: object) -> bool:
    try:
        return isinstance(value, str) and bool(date.fromisoformat(value))
    except ValueError:
        return False


def _absent(key: str, type_: RecordType, names: list[str]) -> str:
    message = _("the record type %(type)s has no “%(key)s”") % {"type": type_.key, "key": key}
    return message + near(key, names)
