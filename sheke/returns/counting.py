"""What the ledger itself says to the questions of a return, with the way to the records."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse

from sheke.definitions.models import Definition
from sheke.definitions.return_forms import Question
from sheke.ledger.models import Record

from .checking import ledger_figures
from .models import Asked


@dataclass(frozen=True)
class Counted:
    """`value` for a figure or the number of records; `url` leads to them."""

    value: Decimal
    url: str
    parts: tuple[tuple[str, int, str], ...] = ()  # (type, number, url) of a question for records


def counts(asked: Asked) -> dict[str, Counted]:
    """By question: what the ledger holds for the organisation and the period."""
    form = asked.of.form
    figures = ledger_figures(asked, [q.indicator for q in form.figures if q.indicator])
    found = {
        q.key: Counted(figures[q.indicator], _indicator_url(asked, q.indicator))
        for q in form.figures
        if q.indicator and q.indicator in figures
    }
    return found | _records(asked, [q for q in form.questions if q.kind == "records"])


def counted(asked: Asked) -> dict[str, str]:
    """The same as text, to be kept with an answer."""
    return {key: f"{count.value.normalize():f}" for key, count in counts(asked).items()}


def _records(asked: Asked, questions: list[Question]) -> dict[str, Counted]:
    if not questions:
        return {}
    keys = {key for question in questions for key in question.types}
    names = {
        d.key: str(d)
        for d in Definition.objects.record_types().filter(key__in=keys).select_related("current")
    }
    rows = (
        Record.objects.standing()
        .within(asked.organisation)
        .filter(type__key__in=keys, happened_on__range=(asked.of.first_day, asked.of.last_day))
        .order_by()
        .values_list("type__key")
        .annotate(Count("pk"))
    )
    numbers = dict(rows)
    return {
        question.key: Counted(
            Decimal(sum(numbers.get(key, 0) for key in question.types)),
            _ledger_url(asked),
            tuple(
                (names.get(key, key), numbers.get(key, 0), _ledger_url(asked, key))
                for key in question.types
            ),
        )
        for question in questions
    }


def _ledger_url(asked: Asked, type_: str = "") -> str:
    query = {
        "organisation": asked.organisation.code, "period": "custom",
        "first": asked.of.first_day.isoformat(), "last": asked.of.last_day.isoformat(),
    } | ({"type": type_} if type_ else {})  # fmt: skip
    return f"{reverse('ledger:index')}?{urlencode(query)}"


def _indicator_url(asked: Asked, key: str) -> str:
    query = {
        "organisation": asked.organisation.code, "period": "custom",
        "first": asked.of.first_day.isoformat(), "last": asked.of.last_day.isoformat(),
    }  # fmt: skip
    return f"{reverse('indicators:detail', args=[key])}?{urlencode(query)}"
