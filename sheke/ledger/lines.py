"""The derived rows: lines and facets of a record, as indicators read them.

They go into the database as plain rows, not as instances: they are most of what posting writes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils import timezone

from sheke.core.rows import insert_rows

from .content import Draft, scaled
from .models import SCALE, Facet, Line, Record

Row = tuple[Any, ...]
LINE = (
    "type", "measure", "happened_on", "posted_on", "organisation", "record", "seat", "value", "digest",
)  # fmt: skip
FACET = ("record", "type", "happened_on", "field", "value", "number")


def write(pairs: Sequence[tuple[Record, Draft]]) -> None:
    """Write the lines and facets of records that have none."""
    insert_rows(Line, LINE, (row for pair in pairs for row in lines(*pair)))
    insert_rows(Facet, FACET, (row for pair in pairs for row in facets(*pair)))


def lines(record: Record, draft: Draft) -> Iterator[Row]:
    """One line per counted organisation, for the record itself and for each amount."""
    day, posted = draft.happened_on, timezone.localdate(record.posted_at)
    values = {"": SCALE, **{key: scaled(amount) for key, amount in draft.amounts.items()}}
    for seat, host in enumerate((draft.organisation, *draft.cohosts)):
        for measure, value in values.items():
            yield (
                record.type_id, measure, day, posted, host.pk, record.pk, seat, value,
                record.digest,
            )  # fmt: skip


def facets(record: Record, draft: Draft) -> Iterator[Row]:
    """One facet per value of each filter field; numbers are kept in ten-thousandths too."""
    kinds = {f.key: f.kind for f in draft.edition.record_type.fields}
    for key, value in draft.attributes.items():
        for part in value if isinstance(value, list) else [value]:
            text = str(part).lower() if isinstance(part, bool) else str(part)
            number = scaled(part) if kinds[key] == "number" else None
            yield record.pk, record.type_id, draft.happened_on, key, text, number
