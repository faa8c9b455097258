"""Indicators, figures and the records behind them as plain data: for the command line and other systems."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sheke.definitions import labels
from sheke.definitions.models import Edition
from sheke.ledger.models import Record

from .catalogue import Catalogue
from .evaluation import evaluate
from .figures import shown
from .questions import Question


def summary(edition: Edition) -> dict[str, Any]:
    indicator = edition.indicator
    return {
        "key": indicator.key, "name": str(indicator.name), "unit": str(indicator.unit),
        "group": indicator.group, "aggregate": indicator.aggregate,
        "counting": str(labels.AGGREGATES[indicator.aggregate]),
        "definition": str(indicator.definition), "edition": edition.number,
        "digest": edition.digest,
    }  # fmt: skip


def answer(question: Question, catalogue: Catalogue) -> dict[str, Any]:
    """The figure with what it says and what it rests on."""
    indicator = question.edition.indicator
    figure = evaluate(question, catalogue)
    return {
        "key": indicator.key,
        "name": str(indicator.name),
        "value": number(shown(figure, indicator)),
        "unit": str(indicator.unit),
        "rows": figure.rows,
        "digest": figure.digest,
        "edition": question.edition.number,
        "organisation": question.organisation.code,
        "from": question.first_day.isoformat(),
        "to": question.last_day.isoformat(),
    }


def as_data(record: Record) -> dict[str, Any]:
    return {
        "id": record.pk, "uid": str(record.uid), "revision": record.revision,
        "type": record.type.key, "organisation": record.organisation.code,
        "happened_on": record.happened_on.isoformat(), "title": record.title,
        "amounts": {key: number(Decimal(amount)) for key, amount in record.amounts.items()},
        "attributes": record.attributes,
    }  # fmt: skip


def number(value: Decimal | None) -> int | float | None:
    """As JSON writes it: whole where it is whole."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
