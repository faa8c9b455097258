"""Records as a table. With one type chosen its columns are those of the import template."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from itertools import islice
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.core.errors import BadInput
from sheke.core.tables import write_csv, write_xlsx
from sheke.definitions.models import Edition

from . import words
from .imports.layout import EXPORTED, OWN, Layout, layout_of
from .listing import attach_editions
from .models import Evidence, Participation, Record, RecordQuerySet

XLSX_ROWS = 100_000
CHUNK = 1000
Row = list[Any]


def workbook(records: RecordQuerySet, edition: Edition | None) -> bytes:
    """The records as xlsx. Raises BadInput where there are too many for one sheet."""
    if records.count() > XLSX_ROWS:
        raise BadInput(
            _("These are more than %(most)s records; export them as csv, or narrow the list.")
            % {"most": XLSX_ROWS}
        )
    columns = _columns(edition)
    widths = {heading: width for heading, width, _value in columns}
    headings = [heading for heading, _width, _value in columns]
    return write_xlsx(headings, _rows(records, columns), title=_("Work records"), widths=widths)


def csv_lines(records: RecordQuerySet, edition: Edition | None) -> Iterator[bytes]:
    """The records as csv, a thousand at a time."""
    columns = _columns(edition)
    yield write_csv([heading for heading, _width, _value in columns], [])
    rows = _rows(records, columns)
    while chunk := list(islice(rows, CHUNK)):
        yield write_csv(None, chunk)


Column = tuple[str, float, Callable[[Record, "Parts"], Any]]
Parts = dict[str, list[str]]  # role: names of organisations


def _columns(edition: Edition | None) -> list[Column]:
    columns: list[Column] = [(str(EXPORTED["number"]), 8, lambda r, p: r.pk)]
    if edition is None:
        columns.append((_("Type"), 16, lambda r, p: str(r.edition.record_type.name)))
    columns += _typed(layout_of(edition)) if edition else _untyped()
    columns += [
        (str(EXPORTED["evidence"]), 8, lambda r, p: len(p.get("evidence", ()))),
        (str(EXPORTED["revision"]), 8, lambda r, p: r.revision),
        (str(EXPORTED["state"]), 10, lambda r, p: _("Reversed") if hasattr(r, "reversal") else _("Standing")),
        (str(EXPORTED["posted"]), 17, lambda r, p: timezone.localtime(r.posted_at).replace(second=0, microsecond=0)),
    ]  # fmt: skip
    return columns


def _untyped() -> list[Column]:
    def own(key: str) -> str:
        return str(OWN[key][0])

    return [
        (own("title"), 44, lambda r, p: r.title),
        (own("happened_on"), 12, lambda r, p: r.happened_on),
        (own("ended_on"), 12, lambda r, p: r.ended_on),
        (own("organisation"), 24, lambda r, p: r.organisation.name),
        (own("cohosts"), 24, lambda r, p: "、".join(p.get("cohost", ()))),
        (own("supporters"), 24, lambda r, p: "、".join(p.get("support", ()))),
        (_("Amounts"), 36, _amounts_text),
        (_("Other fields"), 36, _fields_text),
        (own("heading"), 24, lambda r, p: str(r.heading or "")),
        (own("note"), 24, lambda r, p: r.note),
    ]


def _typed(layout: Layout) -> list[Column]:
    def reader(column: Any) -> Callable[[Record, Parts], Any]:
        return lambda r, p: _value(r, p, column.part, column.key)

    return [(column.heading, column.width, reader(column)) for column in layout.columns]


def _value(record: Record, parts: Parts, part: str, key: str) -> Any:
    """What the import template has in the column (`part`, `key`)."""
    match part:
        case "amount":
            amount = record.amounts.get(key)
            return None if amount is None else Decimal(amount)
        case "attribute":
            field = record.edition.record_type.field(key)
            value = record.attributes.get(key)
            if field is None or value is None:
                return None
            return Decimal(value) if field.kind == "number" else words.attribute_text(field, value)
    match key:
        case "organisation":
            return record.organisation.name
        case "cohosts":
            return "、".join(parts.get("cohost", ()))
        case "supporters":
            return "、".join(parts.get("support", ()))
        case "heading":
            return str(record.heading or "")
    return getattr(record, key)


def _amounts_text(record: Record, _parts: Parts) -> str:
    found = words.amounts(record.edition.record_type, record.amounts)
    return "；".join(f"{a.name} {a.value} {a.unit}" for a in found)


def _fields_text(record: Record, _parts: Parts) -> str:
    found = words.attributes(record.edition.record_type, record.attributes)
    return "；".join(f"{name} {text}" for name, text in found)


def _rows(records: RecordQuerySet, columns: list[Column]) -> Iterator[Row]:
    """Row by row; a fixed number of queries for every thousand."""
    found = records.select_related("organisation", "heading", "reversal").iterator(CHUNK)
    while chunk := list(islice(found, CHUNK)):
        attach_editions(chunk)
        parts = _parts(chunk)
        for record in chunk:
            yield [value(record, parts.get(record.pk, {})) for _h, _w, value in columns]


def _parts(records: Iterable[Record]) -> dict[int, Parts]:
    """By record: the names of those that take part, and of its evidence."""
    numbers = [record.pk for record in records]
    parts: dict[int, Parts] = {}
    taking = Participation.objects.filter(record__in=numbers).values_list(
        "record_id", "role", "organisation__name"
    )
    shown = Evidence.objects.filter(record__in=numbers, withdrawn_at=None)
    for pk, role, name in taking.order_by("id"):
        parts.setdefault(pk, {}).setdefault(role, []).append(name)
    for pk, name in shown.values_list("record_id", "name"):
        parts.setdefault(pk, {}).setdefault("evidence", []).append(name)
    return parts
