"""Posting the rows of a checked table: all of them, or none."""

from __future__ import annotations

from collections.abc import Container

from django.db import transaction
from django.utils.translation import gettext as _

from sheke.core.errors import BadInput
from sheke.core.tables import Table
from sheke.definitions.models import Edition
from sheke.directory.models import Account, Organisation

from ..actions import post_records
from .checking import chunks, reader_for
from .lookups import Lookups
from .rows import Progress


@transaction.atomic
def post_table(
    *,
    table: Table,
    edition: Edition,
    lookups: Lookups,
    by: Account | None,
    organisation: Organisation | None = None,
    reason: str = "",
    without: Container[int] = (),
    progress: Progress = lambda done: None,
) -> int:
    """Post every row but those numbered in `without`; returns how many were posted.

    Raises BadInput naming the first row with a problem; then nothing is posted. Rows are read and
    posted a thousand at a time, so that memory does not grow with the table.
    """
    reader, problems = reader_for(table, edition, lookups, organisation)
    if problems:
        raise BadInput(_place(problems[0]), problems)
    _still_acts(lookups, organisation)
    rows = (reader.read(n, values) for n, values in table.rows if n not in without)
    posted = 0
    for chunk in chunks(rows):
        if wrong := [problem for row in chunk for problem in row.problems]:
            raise BadInput(_place(wrong[0]), wrong)
        drafts = [row.draft for row in chunk if row.draft]
        posted += len(post_records(drafts=drafts, by=by, reason=reason))
        progress(posted)
    return posted


def _still_acts(lookups: Lookups, organisation: Organisation | None) -> None:
    """The organisation for rows that name none was allowed when the table came; is it still?"""
    try:
        if organisation is not None:
            lookups.reached(organisation)
    except ValueError as error:
        raise BadInput(str(error)) from None


def _place(problem: object) -> str:
    return _("Row %(row)s, %(column)s: %(message)s") % vars(problem)
