"""Posting the sketches week by week with the clock turned back, and correcting a few of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import groupby

from sheke.definitions.queries import record_types
from sheke.directory.models import Account
from sheke.ledger.actions import post_records
from sheke.ledger.content import Draft
from sheke.ledger.models import Heading, Record

from .clock import clock
from .generator import sketches
from .organisations import Tree
from .recipes import Sketch

Report = Callable[[int, int], None]


def make_records(
    tree: Tree, headings: dict[int, list[Heading]], by: Account, today: date, report: Report
) -> list[Record]:
    """Post all records until `today`; `headings` are those of the plans by year."""
    found = sketches(tree, record_types(), today)
    records: list[Record] = []
    for week, group in _weeks(found):
        drafts = [draft_of(sketch, headings) for sketch in group]
        with clock(min(week + timedelta(days=7), today)):
            records += post_records(drafts=drafts, by=by)
        report(len(records), len(found))
    return records


def draft_of(sketch: Sketch, headings: dict[int, list[Heading]]) -> Draft:
    return Draft(
        edition=sketch.edition, organisation=sketch.organisation, happened_on=sketch.day,
        ended_on=sketch.until, title=sketch.title[:300], amounts=sketch.amounts,
        attributes=sketch.fields, cohosts=sketch.cohosts, heading=_heading(sketch, headings),
    )  # fmt: skip


def _heading(sketch: Sketch, headings: dict[int, list[Heading]]) -> Heading | None:
    """The plan item of the year whose title has the recipe's word."""
    word = sketch.recipe.get("item", "")
    there = headings.get(sketch.day.year, ())
    return next((h for h in there if word and word in h.title), None)


def _weeks(found: list[Sketch]) -> Iterator[tuple[date, list[Sketch]]]:
    for monday, group in groupby(found, lambda s: s.day - timedelta(days=s.day.weekday())):
        yield monday, list(group)
