"""Which records a list shows: one description for the page, the export and the command line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import BigIntegerField, Exists, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sheke.definitions.models import Edition
from sheke.directory.models import Account, Organisation

from .confirming import queries as confirming
from .models import Evidence, Heading, Line, RecordQuerySet, Version

PERIODS = {
    "": _("All time"),
    "this_year": _("This year"),
    "last_year": _("Last year"),
    "this_quarter": _("This quarter"),
    "last_quarter": _("Last quarter"),
    "this_month": _("This month"),
    "last_month": _("Last month"),
    "custom": _("From–to…"),
}
STATES = {
    "": _("Standing"),
    "bare": _("Without evidence"),
    "waiting": _("Waiting for confirmation"),
    "confirmed": _("Confirmed"),
    "questioned": _("With an open question"),
    "corrected": _("Changed after closing"),
    "reversed": _("Reversed"),
    "mine": _("Entered by me"),
    "all": _("All, with reversed ones"),
}
SORTS = {
    "date": ("happened_on", "id"),
    "title": ("title", "id"),
    "organisation": ("organisation__path", "-happened_on", "-id"),
    "type": ("type__key", "-happened_on", "-id"),
    "posted": ("id",),
}
LATEST = "-date"


@dataclass(frozen=True)
class RecordFilter:
    """What a list is narrowed to; an empty part narrows nothing. Days are inclusive."""

    first_day: date | None = None
    last_day: date | None = None
    organisation: Organisation | None = None
    edition: Edition | None = None  # the current edition of the chosen type
    heading: Heading | None = None
    text: str = ""
    state: str = ""
    account: Account | None = None  # who asks; the state “mine” needs it
    sort: str = LATEST

    def apply(self, records: RecordQuerySet) -> RecordQuerySet:
        """Those of `records` that fit, in the order asked for."""
        records = self._where(records)
        if self.state == "mine":
            records = records.filter(posted_by=self.account)
        if self.state != "all":
            records = in_state(records, self.state)
        return self._ordered(records)

    def days_only(self) -> tuple[date | None, date | None] | None:
        """The first and last day, if beside them only the type is narrowed; else None."""
        if self.organisation or self.heading or self.text or self.state not in ("", "all"):
            return None
        return self.first_day, self.last_day

    def _where(self, records: RecordQuerySet) -> RecordQuerySet:
        if self.first_day:
            records = records.filter(happened_on__gte=self.first_day)
        if self.last_day:
            records = records.filter(happened_on__lte=self.last_day)
        if self.organisation:
            records = records.within(self.organisation)
        if self.edition:
            records = records.filter(type_id=self.edition.definition_id)
        if self.heading:
            records = records.filter(heading=self.heading)
        for word in self.text.split():
            records = records.filter(_holding(word))
        return records

    def _ordered(self, records: RecordQuerySet) -> RecordQuerySet:
        """By a column of SORTS or a measure of the chosen type; “-” in front turns it round."""
        measured = self.edition and self.edition.record_type.measure(self.sort.removeprefix("-"))
        known = measured or self.sort.removeprefix("-") in SORTS
        sort = self.sort if known else LATEST
        key, down = sort.removeprefix("-"), sort.startswith("-")
        if measured:
            amount = Line.objects.filter(record=OuterRef("pk"), measure=key, seat=0)
            records = records.annotate(
                sorted_by=Subquery(amount.values("value")[:1], output_field=BigIntegerField())
            )
            first = "sorted_by"
            order = [first, "id"]
        else:
            order = list(SORTS[key])
        return records.order_by(*(_turned(part) if down else part for part in order))


def in_state(records: RecordQuerySet, state: str) -> RecordQuerySet:
    """Narrow to one of STATES."""
    if state == "reversed":
        return records.filter(reversal__isnull=False)
    if state == "corrected":
        after = Version.objects.filter(closing__isnull=False).values("record_id")
        return records.filter(pk__in=after)
    if state == "waiting":
        return confirming.waiting(records)
    records = records.standing()
    if state == "confirmed":
        return confirming.confirmed(records)
    if state == "questioned":
        return confirming.questioned(records)
    if state == "bare":
        shown = Evidence.objects.filter(record=OuterRef("pk"), withdrawn_at=None)
        records = records.filter(~Exists(shown))
    return records


def span(period: str, today: date | None = None) -> tuple[date | None, date | None]:
    """The first and last day of one of PERIODS as seen from today."""
    today = today or timezone.localdate()
    month = today.replace(day=1)
    quarter = month.replace(month=(month.month - 1) // 3 * 3 + 1)
    year = today.replace(month=1, day=1)
    match period:
        case "this_year":
            return year, year.replace(month=12, day=31)
        case "last_year":
            return year.replace(year=year.year - 1), year - timedelta(days=1)
        case "this_quarter":
            return quarter, _later(quarter, 3) - timedelta(days=1)
        case "last_quarter":
            return _later(quarter, -3), quarter - timedelta(days=1)
        case "this_month":
            return month, _later(month, 1) - timedelta(days=1)
        case "last_month":
            return _later(month, -1), month - timedelta(days=1)
    return None, None


def _later(first_of_month: date, months: int) -> date:
    years, month = divmod(first_of_month.month - 1 + months, 12)
    return first_of_month.replace(year=first_of_month.year + years, month=month + 1)


def _turned(part: str) -> str:
    return part.removeprefix("-") if part.startswith("-") else f"-{part}"


def _holding(word: str) -> Q:
    found = Q(title__icontains=word) | Q(note__icontains=word)
    number = word.removeprefix("#")
    if word.startswith("#") and number.isdecimal() and len(number) < 18:
        found |= Q(pk=int(number))
    return found
