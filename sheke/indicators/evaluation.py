"""Answering questions: values with rows and digests, and the records behind them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from sheke.core.databases import reading_connection
from sheke.ledger.listing import attach_editions
from sheke.ledger.models import SCALE, Record

from .catalogue import Catalogue
from .compiler import compile_page, compile_records, compile_value, parts
from .questions import Figure, Question

# As `evaluate_all`, or one that remembers.
Evaluate = Callable[[Iterable[Question], Catalogue | None], list[Figure]]


def evaluate(question: Question, catalogue: Catalogue | None = None) -> Figure:
    """One figure, in one statement."""
    return evaluate_all([question], catalogue)[0]


def evaluate_all(questions: Iterable[Question], catalogue: Catalogue | None = None) -> list[Figure]:
    """One figure per question, each in one statement on the same cursor."""
    catalogue = catalogue or Catalogue.load()
    figures = []
    with reading_connection(Record).cursor() as cursor:
        for question in questions:
            sql = compile_value(question, catalogue)
            cursor.execute(sql.text, sql.params)
            figures.append(_figure(question, catalogue, cursor.fetchone()))
    return figures


def records_behind(question: Question, catalogue: Catalogue | None = None) -> QuerySet[Record]:
    """The records that a figure counts, latest first; a ratio's are those of both its parts."""
    sql = compile_records(question, catalogue or Catalogue.load())
    return Record.objects.filter(pk__in=RawSQL(sql.text, sql.params))


def record_page(
    question: Question, offset: int, limit: int, catalogue: Catalogue | None = None
) -> list[Record]:
    """Some of the records behind a figure, latest first, with what a row of a list shows.

    The page is cut inside the index, so that it costs the same behind a figure of a million records.
    """
    sql = compile_page(question, catalogue or Catalogue.load(), offset, limit)
    with reading_connection(Record).cursor() as cursor:
        cursor.execute(sql.text, sql.params)
        numbers = [row[0] for row in cursor.fetchall()]
    found = Record.objects.select_related("organisation", "heading", "reversal").in_bulk(numbers)
    rows = [found[number] for number in numbers]
    attach_editions(rows)
    return rows


def record_refs(question: Question, catalogue: Catalogue | None = None) -> list[tuple[int, int]]:
    """(number, revision) of every record behind a figure, by number."""
    sql = compile_records(question, catalogue or Catalogue.load())
    with reading_connection(Record).cursor() as cursor:
        cursor.execute(
            f"SELECT r.id, r.revision FROM ledger_record r WHERE r.id IN ({sql.text}) ORDER BY r.id",
            sql.params,
        )
        return list(cursor.fetchall())


def _figure(question: Question, catalogue: Catalogue, row: tuple[object, ...]) -> Figure:
    a, b, rows, digest = row
    return Figure(_value(question, catalogue, a, b), int(str(rows)), int(str(digest)))


def _value(question: Question, catalogue: Catalogue, a: object, b: object) -> Decimal | None:
    indicator = question.edition.indicator
    numerator = Decimal(str(a or 0))
    match indicator.aggregate:
        case "count" | "distinct":
            return numerator
        case "sum":
            return numerator / SCALE
    denominator = Decimal(str(b or 0))
    if not denominator:
        return None
    match indicator.aggregate:
        case "average":
            return numerator / denominator / SCALE
        case "share":
            return numerator / denominator * 100
        case "completion":
            return numerator / _scale(parts(question, catalogue)[0]) / denominator * 100
    upper, lower = parts(question, catalogue)
    return numerator / _scale(upper) / (denominator / _scale(lower)) * indicator.factor


def _scale(question: Question) -> int:
    return SCALE if question.edition.indicator.aggregate == "sum" else 1
