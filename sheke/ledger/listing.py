"""Named reads for lists of records: a page with what its rows show, and the sums below it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Q, QuerySet, Sum

from sheke.definitions.models import Edition
from sheke.definitions.queries import editions_by_number
from sheke.definitions.schemas import Measure

from .models import SCALE, Evidence, Line, Participation, Record, RecordQuerySet, Version
from .remembering import Kept, remembered

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
    return _remembered("count", plain.values_list("pk"), plain.count, 0)


def page_of(
    records: RecordQuerySet, number: str | int | None, size: int = PAGE, *, count: int | None = None
) -> Page[Any]:
    """One page of records with what a row shows.

    First the numbers alone are paged, so that the database joins nothing for the rows it skips.
    Seven queries whatever the page. Where the `count` is one of `count_of`, the numbers are remembered
    as it was: five queries then.
    """
    pages = Paginator(records.values_list("pk", flat=True), size)
    if count is not None:
        pages.count = count
    page = pages.get_page(number)
    asked: Any = page.object_list
    numbers = list(asked) if count is None else _remembered("page", asked, lambda: list(asked), [])
    rows: Any = in_order(numbers)
    page.object_list = rows
    return page


def _remembered(name: str, asked: QuerySet[Any], make: Callable[[], Kept], empty: Kept) -> Kept:
    """What `make` reads with this query, until the ledger moves."""
    try:
        sql, params = asked.query.sql_with_params()
    except EmptyResultSet:
        return empty
    return remembered(name, [sql, *params], make)


def in_order(numbers: Sequence[int]) -> list[Record]:
    """The records of these numbers, in their order, with what a row shows. Five queries."""
    found = Record.objects.select_related("organisation", "heading", "reversal").in_bulk(numbers)
    rows = [found[n] for n in numbers if n in found]
    attach_editions(rows)
    _attach_counts(rows)
    return rows


def _attach_counts(rows: Sequence[Any]) -> None:
    """By queries of their own: grouping the records with all their columns costs more."""
    of_these: Any = {"record__in": [row.pk for row in rows]}
    evidence = _counted(Evidence.objects.filter(**of_these, withdrawn_at=None))
    cohosts = _counted(Participation.objects.filter(**of_these, role="cohost"))
    late = Version.objects.filter(**of_these, closing__isnull=False)
    corrected = set(late.order_by().values_list("record", flat=True))
    for row in rows:
        row.evidence_count, row.cohost_count = evidence.get(row.pk, 0), cohosts.get(row.pk, 0)
        row.corrected, row.is_reversed = row.pk in corrected, hasattr(row, "reversal")


def _counted(found: QuerySet[Any]) -> dict[int, int]:
    """How many of `found` hang on each record."""
    return dict(found.order_by().values_list("record").annotate(Count("pk")))


def attach_editions(records: Iterable[Record]) -> None:
    """Let records share the editions they use, so that each is read once. One query."""
    records = list(records)
    editions = editions_by_number({record.edition_id for record in records})
    for record in records:
        record.edition = editions[record.edition_id]
        record.type = record.edition.definition


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
