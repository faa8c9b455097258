"""Posting the sketches week by week with the clock turned back; closings and corrections in between."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby

from sheke.definitions.queries import record_types
from sheke.directory.models import Account
from sheke.ledger.actions import close_period, post_records
from sheke.ledger.content import Draft
from sheke.ledger.models import Heading

from .clock import clock
from .corrections import Corrector
from .evidence import Keeper
from .generator import sketches
from .organisations import Tree
from .recipes import Sketch

Headings = Mapping[int, Sequence[Heading]]  # of a year's plan, in reading order
CLOSED = {date(2024, 1, 31): 2023, date(2025, 1, 24): 2024}  # day of closing and the year closed


def make_records(
    tree: Tree, headings: Headings, by: Account, today: date, report: Callable[[int, int], None]
) -> int:
    """Post, close and correct all that was until `today`; gives how many records there are."""
    found = sketches(tree, record_types(), today)
    corrector, keeper = Corrector(by), Keeper(by, today)
    closings = dict(CLOSED)
    count = 0
    for monday, group in _weeks(found):
        day = min(monday + timedelta(days=7), today)
        for closing_day in [d for d in closings if d <= day]:
            _close(tree, closing_day, closings.pop(closing_day), by)
        with clock(day):
            posted = post_records(drafts=[draft_of(sketch, headings) for sketch in group], by=by)
            keeper.keep(posted)
        corrector.choose(posted, day)
        corrector.correct(day)
        count += len(posted)
        report(count, len(found))
    return count


def _close(tree: Tree, day: date, year: int, by: Account) -> None:
    with clock(day):
        close_period(
            organisation=tree.root, first_day=date(year, 1, 1), last_day=date(year, 12, 31),
            note=f"{year}年度台账关账", by=by,
        )  # fmt: skip


def draft_of(sketch: Sketch, headings: Headings) -> Draft:
    """What the ledger is given for a sketch."""
    return Draft(
        edition=sketch.edition, organisation=sketch.organisation, happened_on=sketch.day,
        ended_on=sketch.until, title=sketch.title[:300], amounts=sketch.amounts,
        attributes=sketch.fields, cohosts=sketch.cohosts, heading=_heading(sketch, headings),
    )  # fmt: skip


def _heading(sketch: Sketch, headings: Headings) -> Heading | None:
    """The year's plan item whose title has one of the recipe's words."""
    words = sketch.recipe.get("item", [])
    words = [words] if isinstance(words, str) else words
    there = headings.get(sketch.day.year, ())
    return next((h for h in there if any(word in h.title for word in words)), None)


def _weeks(found: list[Sketch]) -> Iterator[tuple[date, list[Sketch]]]:
    for monday, group in groupby(found, lambda s: s.day - timedelta(days=s.day.weekday())):
        yield monday, list(group)
