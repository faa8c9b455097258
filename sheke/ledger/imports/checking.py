"""The dry run: every problem by row and column, and rows that look like records posted already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from django.utils.translation import gettext as _

from sheke.core.errors import Problem
from sheke.core.tables import Table
from sheke.definitions.models import Edition
from sheke.directory.models import Organisation

from ..content import Draft
from ..models import Record
from ..queries import SIMILAR, closings_over, similarity
from .layout import layout_of
from .lookups import Lookups
from .rows import Progress, Row, RowReader

CHUNK = 1000
LISTED = 2000  # problems that are listed; all are counted
COMPARED = 200  # titles of one organisation and day that a title is compared with


@dataclass(frozen=True)
class Duplicate:
    """A row that looks like a record (its number) or like an earlier row."""

    row: int
    title: str
    record: int | None = None
    other_row: int | None = None


@dataclass
class Outcome:
    """What a dry run found."""

    rows: int = 0
    problem_count: int = 0
    problems: list[Problem] = field(default_factory=list)
    duplicates: list[Duplicate] = field(default_factory=list)
    first_day: date | None = None
    last_day: date | None = None

    def add(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            self.problem_count += 1
            if len(self.problems) < LISTED:
                self.problems.append(problem)

    def reach(self, day: date) -> None:
        self.first_day = min(self.first_day or day, day)
        self.last_day = max(self.last_day or day, day)


def reader_for(
    table: Table, edition: Edition, lookups: Lookups, organisation: Organisation | None
) -> tuple[RowReader, list[Problem]]:
    """A reader of the table's rows, and what is wrong with its headings."""
    layout = layout_of(edition)
    columns, problems = layout.matched(table.headings)
    return RowReader(layout, columns, lookups, organisation), problems


def check(
    table: Table,
    edition: Edition,
    lookups: Lookups,
    *,
    organisation: Organisation | None = None,
    reason: str = "",
    progress: Progress = lambda done: None,
) -> Outcome:
    """Read the whole table and keep nothing of it but what is to be told."""
    reader, problems = reader_for(table, edition, lookups, organisation)
    outcome = Outcome()
    outcome.add(problems)
    seen = Seen(edition)
    rows = (reader.read(number, values) for number, values in table.rows)
    for chunk in chunks(rows):
        outcome.rows += len(chunk)
        _check_chunk(outcome, chunk, reader, reason)
        outcome.duplicates += seen.duplicates(chunk)
        progress(outcome.rows)
    if not outcome.rows:
        outcome.add([Problem(2, "", _("There is no row below the headings."))])
    return outcome


def chunks(rows: Iterable[Row], size: int = CHUNK) -> Iterator[list[Row]]:
    iterator = iter(rows)
    while chunk := list(islice(iterator, size)):
        yield chunk


def _check_chunk(outcome: Outcome, chunk: list[Row], reader: RowReader, reason: str) -> None:
    good = [(row, row.draft) for row in chunk if row.draft]
    closings = closings_over([draft for _row, draft in good])
    late = _("This day lies in a closed period (%(period)s); give a reason for late entries.")
    for row in chunk:
        outcome.add(row.problems)
    for (row, draft), closing in zip(good, closings, strict=True):
        outcome.reach(draft.happened_on)
        if closing and not reason:
            heading = reader.headings["happened_on"]
            outcome.add([Problem(row.number, heading, late % {"period": closing})])


class Seen:
    """Titles by organisation and day, of the ledger and of the rows so far."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.rows: dict[tuple[int, date], list[tuple[str, int]]] = defaultdict(list)

    def duplicates(self, chunk: list[Row]) -> list[Duplicate]:
        """The rows of the chunk that look like a record or an earlier row. One query."""
        drafts = [(row.number, row.draft) for row in chunk if row.draft]
        posted = self._posted([draft for _n, draft in drafts])
        found = []
        for number, draft in drafts:
            place = (draft.organisation.pk, draft.happened_on)
            record = _alike(draft.title, posted.get(place, []))
            other = None if record else _alike(draft.title, self.rows[place])
            if record or other:
                found.append(Duplicate(number, draft.title, record, other))
            self.rows[place].append((draft.title, number))
        return found

    def _posted(self, drafts: list[Draft]) -> dict[tuple[int, date], list[tuple[str, int]]]:
        days = {draft.happened_on for draft in drafts}
        records = Record.objects.standing().filter(
            type_id=self.edition.definition_id, happened_on__in=days
        )
        titles: dict[tuple[int, date], list[tuple[str, int]]] = defaultdict(list)
        found = records.order_by().values_list("organisation_id", "happened_on", "title", "pk")
        for organisation, day, title, pk in found:
            titles[organisation, day].append((title, pk))
        return titles


def _alike(title: str, others: list[tuple[str, int]]) -> int | None:
    """The number of the likest of `others`, if it is like enough."""
    scored = [(similarity(title, other), number) for other, number in others[-COMPARED:]]
    score, number = max(scored, default=(0.0, 0))
    return number if score >= SIMILAR else None
