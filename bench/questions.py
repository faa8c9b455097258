"""300 questions as a yearly report asks them, and the same asked through the ORM."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Sum

from sheke.directory.models import Organisation, path_range
from sheke.indicators.questions import Question
from sheke.ledger.models import Facet, Line

from .world import TYPES, World, edition

YEAR = (date(2025, 1, 1), date(2025, 12, 31))


def questions(world: World, count: int = 300, distinct: int = 24) -> list[Question]:
    """`count` questions over the whole city and its counties, `distinct` of them distinct counts."""
    asked = []
    for n in range(count):
        aggregate = "distinct" if n % (count // distinct) == 0 else ("count", "sum", "count")[n % 3]
        unit = world.root if n % 2 else world.organisations[1 + n % 12]
        asked.append(Question(_indicator(n % TYPES, aggregate, n % 10 == 7), unit, *YEAR))
    return asked


def _indicator(n: int, aggregate: str, filtered: bool) -> Any:
    words = {"zh": f"Indicator {n}"}
    data: dict[str, Any] = {
        "key": f"{aggregate}{n}{'f' if filtered else ''}", "name": words, "unit": words,
        "group": "bench", "definition": words, "aggregate": aggregate, "types": [f"type{n}"],
    }  # fmt: skip
    if aggregate == "sum":
        data["measure"] = "people"
    if aggregate == "distinct":
        data["distinct"] = "organisation"
    if filtered:
        data["where"] = [{"field": "level", "op": "in", "value": ["v1", "v2"]}]
    return edition("indicator", data)


def ask_orm(question: Question, type_ids: dict[str, int]) -> tuple[int, int, int]:
    """(value, rows, digest) as a careful programmer writes it with Django's ORM on the same tables."""
    indicator = question.edition.indicator
    low, high = path_range(question.organisation.path)
    units = Organisation.objects.filter(path__gte=low, path__lt=high).values("id")
    earlier = Line.objects.filter(
        record=OuterRef("record"),
        measure=OuterRef("measure"),
        seat__lt=OuterRef("seat"),
        organisation__in=units,
    )
    lines = Line.objects.filter(
        type_id=type_ids[indicator.types[0]],
        measure=indicator.measure or "",
        happened_on__range=(question.first_day, question.last_day),
        organisation__in=units,
    )
    for f in indicator.where:
        matching = Facet.objects.filter(field=f.field, value__in=f.value).values("record_id")
        lines = lines.filter(record_id__in=matching)
    first = lines.filter(Q(seat=0) | ~Exists(earlier))
    totals = first.aggregate(value=Sum("value"), rows=Count("id"), digest=Sum("digest"))
    if indicator.aggregate == "distinct":
        totals["value"] = lines.aggregate(value=Count("organisation_id", distinct=True))["value"]
    if indicator.aggregate == "count":
        totals["value"] = totals["rows"]
    return int(totals["value"] or 0), totals["rows"], int(totals["digest"] or 0)
