"""Verbs of an import: start it, check it, post it. The long ones run as background tasks."""

from __future__ import annotations

from dataclasses import astuple
from typing import BinaryIO, cast

from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.core import audit
from sheke.core.errors import BadInput
from sheke.core.jobs import tell
from sheke.core.tables import Table, read_table
from sheke.definitions.models import Edition
from sheke.directory.models import Account, Organisation

from ..models import ImportRun
from .checking import check
from .lookups import Lookups
from .posting import post_table

State = ImportRun.State


@transaction.atomic
def start_import(
    *, edition: Edition, file: BinaryIO, name: str, organisation: Organisation | None,
    reason: str = "", by: Account | None,
) -> ImportRun:  # fmt: skip
    """Keep the table for checking. Raises BadInput when it is no table."""
    read_table(file, name)
    file.seek(0)
    run = ImportRun(
        edition=edition, organisation=organisation, name=name[-200:], reason=reason, made_by=by
    )
    run.file.save(name[-100:], File(file), save=False)
    run.save()
    audit.record("import.start", run, by=by, type=edition.definition.key)
    return run


def check_import(*, run: ImportRun) -> None:
    """The dry run. What is wrong with the table as a whole becomes the run's error."""
    try:
        outcome = check(
            _table(run), run.edition, Lookups.load(run.made_by),
            organisation=run.organisation, reason=run.reason,
            progress=tell,
        )  # fmt: skip
    except BadInput as error:
        _fail(run, str(error))
        return
    run.rows = run.done = outcome.rows
    run.problem_count = outcome.problem_count
    run.problems = [astuple(problem) for problem in outcome.problems]
    run.duplicates = [[d.row, d.title, d.record, d.other_row] for d in outcome.duplicates]
    run.first_day, run.last_day = outcome.first_day, outcome.last_day
    run.state = State.CHECKED
    run.save()


@transaction.atomic
def begin_posting(*, run: ImportRun, skip_duplicates: bool, by: Account | None) -> None:
    """Say that the rows are to be posted. Raises BadInput unless the run is read and free of problems."""
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    if run.state != State.CHECKED or run.problem_count or not run.rows:
        raise BadInput(_("This table cannot be posted (any more)."))
    run.state, run.done, run.skip_duplicates = State.POSTING, 0, skip_duplicates
    run.save(update_fields=["state", "done", "skip_duplicates"])
    audit.record("import.post", run, by=by, rows=run.rows)


def post_import(*, run: ImportRun) -> None:
    """Post the rows, all or none."""
    without = {row for row, *_rest in run.duplicates} if run.skip_duplicates else frozenset()
    try:
        with transaction.atomic():
            # Enqueued twice, it is posted once: the second waits here, and finds it done.
            if ImportRun.objects.select_for_update().get(pk=run.pk).state != State.POSTING:
                return
            run.posted = post_table(
                table=_table(run), edition=run.edition, lookups=Lookups.load(run.made_by),
                by=run.made_by, organisation=run.organisation, reason=run.reason,
                without=without, progress=lambda done: tell(done, run.rows),
            )  # fmt: skip
            run.state, run.posted_at = State.POSTED, timezone.now()
            run.save(update_fields=["posted", "state", "posted_at"])
    except BadInput as error:
        _fail(run, str(error))


def fail_import(*, run: ImportRun, error: BaseException) -> None:
    """Something broke that no message foresees: say so on the page; the log tells more."""
    _fail(run, _("The server could not finish this (%(kind)s). Nothing was posted.") % {
        "kind": type(error).__name__
    })  # fmt: skip


def _table(run: ImportRun) -> Table:
    with run.file.open("rb") as file:
        return read_table(cast(BinaryIO, file), run.name)


def _fail(run: ImportRun, message: str) -> None:
    run.state, run.error = State.FAILED, message
    run.save(update_fields=["state", "error"])
