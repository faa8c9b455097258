"""Background work of the ledger."""

from __future__ import annotations

from django.db import InterfaceError, OperationalError
from django.utils.translation import override
from django_tasks import task

from .imports.actions import check_import, fail_import, post_import
from .models import ImportRun


@task()
def check_table(run_id: int, language: str) -> None:
    """Read an uploaded table; messages are in the language of the person who waits."""
    _run(run_id, language, check_import)


@task()
def post_table(run_id: int, language: str) -> None:
    """Post a checked table."""
    _run(run_id, language, post_import)


def _run(run_id: int, language: str, action: object) -> None:
    run = ImportRun.objects.select_related("edition__definition", "organisation", "made_by").get(
        pk=run_id
    )
    with override(language):
        try:
            action(run=run)  # type: ignore[operator]
        except (OperationalError, InterfaceError):
            raise  # the database is away; the worker gives the job back
        except Exception as error:
            fail_import(run=run, error=error)
            raise
