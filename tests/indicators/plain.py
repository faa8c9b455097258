"""Indicators evaluated in plain Python over records: the rival that the compiler must agree with."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.utils.timezone import localdate

from sheke.definitions.schemas import Filter, Indicator
from sheke.directory.models import Organisation
from sheke.indicators.questions import Question
from sheke.ledger.models import Record

Answer = tuple[Decimal | None, int, int]  # value, rows, digest


def answer(question: Question, records: list[Record], indicators: dict[str, Indicator]) -> Answer:
    """The figure of a question over all records of the ledger."""
    indicator = question.edition.indicator
    if indicator.aggregate == "ratio":
        upper, lower = (indicators[key] for key in (indicator.numerator, indicator.denominator))
        a, b = (counted(part, question, records) for part in (upper, lower))
        value = a[0] / b[0] * indicator.factor if b[0] else None
        return value, a[1] + b[1], a[2] + b[2]
    return counted(indicator, question, records)


def counted(indicator: Indicator, question: Question, records: list[Record]) -> Answer:
    rows = [r for r in records if counts(r, indicator, question)]
    aggregate: Callable[..., Decimal | None] = AGGREGATES[indicator.aggregate]
    return aggregate(rows, indicator, question), len(rows), sum(r.digest for r in rows)


def counts(record: Record, indicator: Indicator, question: Question) -> bool:
    day = localdate(record.posted_at) if indicator.date == "posted" else record.happened_on
    return (
        not hasattr(record, "reversal")
        and record.type.key in indicator.types
        and question.first_day <= day <= question.last_day
        and any(in_scope(unit, question) for unit in hosts(record))
        and (indicator.measure is None or indicator.measure in record.amounts)
        and all(passes(record, f) for f in indicator.where)
    )


def hosts(record: Record) -> list[Organisation]:
    parts = record.participations.all()
    return [record.organisation, *(p.organisation for p in parts if p.role == "cohost")]


def in_scope(unit: Organisation, question: Question) -> bool:
    if question.own:
        return unit == question.organisation
    kind = not question.kinds or unit.kind in question.kinds
    return kind and unit.path.startswith(question.organisation.path)


def passes(record: Record, f: Filter) -> bool:
    if f.field in record.amounts:
        value: Any = Decimal(record.amounts[f.field])
    else:
        value = record.attributes.get(f.field)
    if f.op == "filled":
        return value is not None
    if f.op == "empty":
        return value is None
    if f.op == "ne":
        return value != f.value
    if value is None:
        return False
    if f.op in ("gte", "lte"):
        value = Decimal(value)
        return value >= f.value if f.op == "gte" else value <= f.value
    return value in f.value if f.op == "in" else value == f.value


def total(rows: list[Record], indicator: Indicator, question: Question) -> Decimal:
    return sum((Decimal(r.amounts[indicator.measure]) for r in rows), Decimal(0))


def average(rows: list[Record], indicator: Indicator, question: Question) -> Decimal | None:
    return total(rows, indicator, question) / len(rows) if rows else None


def share(rows: list[Record], indicator: Indicator, question: Question) -> Decimal | None:
    passing = [r for r in rows if all(passes(r, f) for f in indicator.of)]
    return Decimal(len(passing)) / len(rows) * 100 if rows else None


def distinct(rows: list[Record], indicator: Indicator, question: Question) -> Decimal:
    if indicator.distinct == "organisation":
        units = {u.pk for r in rows for u in hosts(r) if in_scope(u, question)}
        return Decimal(len(units))
    if indicator.distinct == "title":
        return Decimal(len({r.title for r in rows}))
    values = {r.attributes.get(indicator.distinct) for r in rows} - {None}
    return Decimal(len(values))


AGGREGATES = {
    "count": lambda rows, indicator, question: Decimal(len(rows)),
    "sum": total,
    "average": average,
    "share": share,
    "distinct": distinct,
}
