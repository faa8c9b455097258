"""Named reads for lists of records: a page with what its rows show, and the sums below it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, F, OuterRef, Q, Sum

from sheke.definitions.models import Edition
from sheke.definitions.schemas import Measure

from .models import SCALE, Line, Record, RecordQuerySet, Version
from .remembering import remembered

PAGE = 50
Days = tuple[date | None, date | None]


@dataclass(frozen=True)
class Total:
    """The sum of one measure over a list."""

    measure: Measure
    value: Decimal


def count_of(records: RecordQuerySet) -> int:
    """How many; remembered, so only for what depends on nothing but records and organisations."""
    plain = records.order_by()
    try:
        sql, params = plain.values("pk").query.sql_with_params()
    except EmptyResultSet:
        return 0
    return remembered("count", [sql, *params], plain.count)


def page_of(
    records: RecordQuerySet, number: str | int | None, size: int = PAGE, *, count: int | None = None
) -> Page[Any]:
    """One page of records with what a row shows.

    First the numbers alone are paged, so that the database joins nothing for the rows it skips.
    Four queries whatever the page, three where the `count` of the records is known.
    """
    pages = Paginator(records.values_list("pk", flat=True), size)
    if count is not None:
        pages.count = count
    page = pages.get_page(number)
    rows: Any = in_order(list(page.object_list))
    page.object_list = rows
    return page


def in_order(numbers: Sequence[int]) -> list[Record]:
    """The records of these numbers, in their order, with what a row shows. Two queries."""
    shown = Q(evidence__withdrawn_at=None, evidence__isnull=False)
    corrections = Version.objects.filter(record=OuterRef("pk"), closing__isnull=False)
    found = (
        Record.objects.filter(pk__in=numbers)
        .select_related("organisation", "heading", "reversal")
        .annotate(
            evidence_count=Count("evidence", filter=shown, distinct=True),
            cohost_count=Count(
                "participations", filter=Q(participations__role="cohost"), distinct=True
            ),
            corrected=Exists(corrections),
        )
    )
    by_number: dict[int, Record] = {record.pk: record for record in found}
    rows = [by_number[n] for n in numbers if n in by_number]
    attach_editions(rows)
    return rows


def attach_editions(records: Iterable[Record]) -> None:
    """Let records share the editions they use, so that each is read and validated once. One query."""
    records = list(records)
    editions = Edition.objects.select_related("definition").in_bulk(
        {record.edition_id for record in records}
    )
    for record in records:
        record.edition = editions[record.edition_id]


def totals(
    records: RecordQuerySet, edition: Edition | None, *, days: Days | None = None
) -> list[Total]:
    """The sum of each measure of the type over standing `records`, each record once. One query.

    `days` says that the records are all of the type in those days; then the index answers alone.
    """
    measures = edition.record_type.measures if edition else ()
    if not edition or not measures:
        return []
    if days is None:
        narrowed = Q(record__in=records.order_by().values("pk"))
    else:
        first, last = (days[0] or date.min, days[1] or date.max)
        narrowed = Q(happened_on__range=(first, last))
    lines = (
        Line.objects.filter(
            narrowed, type_id=edition.definition_id, seat=0,
            measure__in=[m.key for m in measures],
        )
        .order_by()
        .values("measure")
        .annotate(total=Sum(F("value")))
    )  # fmt: skip
    sums = {line["measure"]: Decimal(line["total"]) / SCALE for line in lines}
    return [Total(measure, sums.get(measure.key, Decimal(0))) for measure in measures]
