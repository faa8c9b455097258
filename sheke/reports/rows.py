"""The records behind a figure: pages of them, sums by organisation, a table to take away."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, cast

from django.core.paginator import Page, Paginator
from django.db.models import Count, OuterRef, Subquery, Sum
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sheke.core.tables.writing import Sheet, write_xlsx
from sheke.definitions.schemas import Indicator
from sheke.directory.models import Account
from sheke.directory.queries import may_act_for
from sheke.indicators.catalogue import Catalogue
from sheke.indicators.evaluation import record_page, records_behind
from sheke.indicators.questions import Figure, Question
from sheke.ledger.models import SCALE, Line, Record, RecordQuerySet

PAGE = 50


@dataclass(frozen=True, slots=True)
class Row:
    """A record and what it adds to the figure (None where each counts as one)."""

    record: Record
    amount: Decimal | None

    @property
    def url(self) -> str:
        """The record's page in the ledger."""
        try:
            return reverse("ledger:record", args=[self.record.pk])
        except NoReverseMatch:
            return ""


@dataclass(frozen=True, slots=True)
class Share:
    """What one organisation adds to a figure."""

    organisation: str
    records: int
    amount: Decimal | None


def visible_behind(question: Question, account: Account | None) -> RecordQuerySet:
    """Those records behind a figure that `account` may see (None: all of them)."""
    records = cast(RecordQuerySet, records_behind(question))
    if account is None or may_act_for(account, question.organisation):
        return records
    return records.visible_to(account)


def measure_of(question: Question) -> str:
    """The measure whose amounts the figure adds up; empty for a count."""
    indicator: Indicator = question.edition.indicator
    return indicator.measure or ""


class Behind:
    """The records behind a question as a list that a paginator can cut without reading it whole."""

    def __init__(self, question: Question, answer: Figure, catalogue: Catalogue) -> None:
        self._question, self._answer, self._catalogue = question, answer, catalogue

    def count(self) -> int:
        """How many records; those of a ratio's two parts count once."""
        if self._question.edition.indicator.aggregate in ("ratio", "completion"):
            return records_behind(self._question, self._catalogue).count()
        return self._answer.rows

    __len__ = count

    def __getitem__(self, cut: slice) -> list[Record]:
        first = cut.start or 0
        return record_page(self._question, first, cut.stop - first, self._catalogue)


def page_of_rows(records: Behind | RecordQuerySet, measure: str, number: str | None) -> Page[Row]:
    """One page of rows, latest first."""
    if not isinstance(records, Behind):
        records = records.order_by("-happened_on", "-id").listed()
    cuttable: Any = records
    page: Page[Any] = Paginator(cuttable, PAGE).get_page(number)
    page.object_list = _rows(list(page.object_list), measure)
    return page


def shares(records: RecordQuerySet, measure: str, most: int = 12) -> list[Share]:
    """Records and amounts by reporting organisation, largest first."""
    counted = _with_amount(records, measure) if measure else records
    sums = {"amount": Sum("amount")} if measure else {}
    rows: Any = (
        counted.order_by()
        .values("organisation__name", "organisation__short_name")
        .annotate(records=Count("id"), **sums)
        .order_by("-amount" if measure else "-records", "organisation__name")
    )
    return [
        Share(
            row["organisation__short_name"] or row["organisation__name"],
            row["records"],
            Decimal(row["amount"] or 0) / SCALE if measure else None,
        )
        for row in rows[:most]
    ]


def rows_xlsx(question: Question, title: str, account: Account | None) -> bytes:
    """All records behind a figure as a workbook; of those, what `account` may see (None: all)."""
    return write_xlsx(*_table(question, account), title=_sheet_name(title))


def all_rows_xlsx(
    questions: Sequence[tuple[str, Question]],
    index: Sequence[Sequence[Any]],
    account: Account | None,
) -> bytes:
    """A workbook with a sheet of all figures, then one of the records behind each."""
    columns = [_("Figure"), _("Printed"), _("Indicator"), _("Value"), pgettext("number", "Records")]
    sheets = [Sheet(_sheet_name(name), *_table(question, account)) for name, question in questions]
    return write_xlsx(columns, index, title=_("Figures"), more=sheets)


def _sheet_name(name: str) -> str:
    """At most 31 characters, none of those that a spreadsheet program refuses."""
    return re.sub(r"[\\/*?:\[\]]", " ", name).strip()[:31] or _("Table")


def _table(question: Question, account: Account | None) -> tuple[list[str], Iterator[list[Any]]]:
    columns = [
        _("Number"), _("Date"), _("Organisation"), _("Type"), _("Title"), _("Amount"),
        _("Revision"), _("Note"),
    ]  # fmt: skip
    return columns, _lines(question, account)


def _lines(question: Question, account: Account | None) -> Iterator[list[Any]]:
    measure = measure_of(question)
    records = visible_behind(question, account).order_by("happened_on", "id").listed()
    if measure:
        records = _with_amount(records, measure)
    for record in records.iterator(chunk_size=1000):
        amount = Decimal(record.amount or 0) / SCALE if measure else 1  # type: ignore[attr-defined]
        yield [
            record.pk, record.happened_on, record.organisation.name, str(record.type),
            record.title, amount, record.revision, record.note,
        ]  # fmt: skip


def _rows(records: Sequence[Record], measure: str) -> list[Row]:
    if not measure:
        return [Row(record, None) for record in records]
    amounts = dict(
        Line.objects.filter(record__in=records, measure=measure, seat=0).values_list(
            "record_id", "value"
        )
    )
    return [Row(r, Decimal(amounts.get(r.pk, 0)) / SCALE) for r in records]


def _with_amount(records: RecordQuerySet, measure: str) -> RecordQuerySet:
    amount = Line.objects.filter(record=OuterRef("pk"), measure=measure).values("value")[:1]
    return records.annotate(amount=Subquery(amount))
