"""The derived rows: lines and facets of a record, as indicators read them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from .content import Draft, scaled
from .models import SCALE, Facet, Line, Record


def lines(record: Record, draft: Draft, posted_on: date) -> Iterator[Line]:
    """One line per counted organisation, for the record itself and for each amount."""
    hosts = [draft.organisation.pk, *(o.pk for o in draft.cohosts)]
    values = {"": SCALE, **{key: scaled(amount) for key, amount in draft.amounts.items()}}
    for seat, host in enumerate(hosts):
        for measure, value in values.items():
            yield Line(
                type_id=record.type_id, measure=measure, happened_on=draft.happened_on,
                posted_on=posted_on, organisation_id=host, record_id=record.pk,
                seat=seat, value=value, digest=record.digest,
            )  # fmt: skip


def facets(record: Record, draft: Draft) -> Iterator[Facet]:
    """One facet per value of each filter field; numbers are kept in ten-thousandths too."""
    numbers = {f.key for f in draft.edition.record_type.fields if f.kind == "number"}
    for key, value in draft.attributes.items():
        for part in value if isinstance(value, list) else [value]:
            text = str(part).lower() if isinstance(part, bool) else str(part)
            number = scaled(part) if key in numbers else None
            yield Facet(
                record_id=record.pk, type_id=record.type_id, happened_on=draft.happened_on,
                field=key, value=text, number=number,
            )  # fmt: skip
