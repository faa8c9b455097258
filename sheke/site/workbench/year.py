"""The year's work by record type, beside the same days of the year before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from sheke.core.charts import Cell, Chart, Row
from sheke.definitions.current import current_of_all
from sheke.definitions.models import Definition, Edition
from sheke.directory.models import Organisation, path_range
from sheke.indicators.periods import year_before
from sheke.ledger.models import Line, Participation, Record
from sheke.ledger.remembering import remembered

Counts = dict[int, tuple[list[int], int]]  # by type: months of this year, the year before


@dataclass(frozen=True)
class TypeYear:
    """The records of one type this year: by month, and the same span of the year before."""

    edition: Edition
    months: list[int]
    before: int

    @property
    def count(self) -> int:
        return sum(self.months)

    @property
    def fall(self) -> int:
        """The percent without its sign."""
        return abs(self.change or 0)

    @property
    def change(self) -> int | None:
        """Percent more or less than a year ago; None where there was nothing then."""
        return round((self.count - self.before) * 100 / self.before) if self.before else None


def year_by_type(organisation: Organisation, today: date) -> list[TypeYear]:
    """Every record type of this year for the organisation and all below it, most records first.

    A record that several of them share counts once. Kept until the ledger moves: then two queries.
    """
    parts = (organisation.pk, organisation.path, today)
    counts = remembered("year", parts, lambda: _counts(organisation, today))
    editions = _editions()
    found = [TypeYear(editions[pk], *counts[pk]) for pk in counts if pk in editions]
    return sorted(found, key=lambda year: (-year.count, year.edition.definition.key))


def year_chart(organisation: Organisation, today: date, types: list[TypeYear]) -> Chart:
    """This year beside the last by type; each number leads to its records."""
    this = (date(today.year, 1, 1), today)
    before = (date(today.year - 1, 1, 1), year_before(today))
    rows = [
        Row(
            f"{each.edition.record_type.name}（{each.edition.record_type.unit}）",
            [
                Cell(each.count, records_url(organisation, *this, each)),
                Cell(each.before, records_url(organisation, *before, each) if each.before else ""),
            ],
        )
        for each in types
    ]
    return Chart(
        title=_("This year beside last year"), kind="bars", heading=_("Type"),
        series=[str(today.year), _("%(year)s, same days") % {"year": today.year - 1}], rows=rows,
    )  # fmt: skip


def records_url(
    organisation: Organisation, first: date, last: date, year: TypeYear | None = None
) -> str:
    """The ledger's list of the organisation and all below it between two days."""
    asked = {
        "organisation": organisation.code,
        "first": first.isoformat(),
        "last": last.isoformat(),
    }
    if year is not None:
        asked["type"] = year.edition.definition.key
    return f"{reverse('ledger:index')}?{urlencode(asked)}"


def _counts(organisation: Organisation, today: date) -> Counts:
    """By type: this year's records by month, and last year's up to the same day."""
    months: dict[int, list[int]] = defaultdict(lambda: [0] * today.month)
    before: dict[int, int] = defaultdict(int)
    for type_id, day, count in _by_day(organisation, date(today.year, 1, 1), today):
        months[type_id][day.month - 1] += count
    last = year_before(today)
    for type_id, _day, count in _by_day(organisation, date(last.year, 1, 1), last):
        before[type_id] += count
    return {type_id: (months[type_id], before[type_id]) for type_id in [*months, *before]}


def _by_day(organisation: Organisation, first: date, last: date) -> Iterable[tuple[int, date, int]]:
    """(type, day, records); by day, as to SQLite a month is a Python call for every row.

    For an office at the top all lines of the types are counted, one query; for others their own records
    and those that they share are found by their numbers, three queries and a hundredth of the work.
    """
    if organisation.parent_id is None:
        lines = lines_within(organisation, first, last).values_list("type_id", "happened_on")
        yield from lines.annotate(count=Count("record_id", distinct=True))
        return
    # Numbers, not a subselect: of those SQLite does not know how few they are, and takes another index.
    within = list(Organisation.objects.below(organisation).order_by().values_list("pk", flat=True))
    own = Record.objects.standing().order_by().filter(
        organisation__in=within, happened_on__range=(first, last)
    )  # fmt: skip
    yield from own.values_list("type_id", "happened_on").annotate(count=Count("pk"))
    shared = Participation.objects.order_by().filter(
        role=Participation.Role.COHOST, organisation__in=within, record__reversal=None,
        record__happened_on__range=(first, last),
    ).exclude(record__organisation__in=within)  # fmt: skip
    yield from shared.values_list("record__type_id", "record__happened_on").annotate(
        count=Count("record_id", distinct=True)
    )


def lines_within(organisation: Organisation, first: date, last: date) -> QuerySet[Line]:
    low, high = path_range(organisation.path)
    within = Organisation.objects.filter(path__gte=low, path__lt=high).order_by().values("pk")
    types = Definition.objects.filter(kind=Definition.Kind.RECORD_TYPE).order_by().values("pk")
    return Line.objects.filter(
        type__in=types, measure="", happened_on__range=(first, last), organisation__in=within
    ).order_by()


def _editions() -> dict[int, Edition]:
    """The record types' current editions by the definitions' numbers; retired ones too."""
    found = current_of_all().get(Definition.Kind.RECORD_TYPE, {})
    return {edition.definition_id: edition for edition in found.values()}
