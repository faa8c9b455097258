"""Tasks for the tests of jobs."""

from __future__ import annotations

import time

from django.db import OperationalError
from django_tasks import task

from sheke.core import audit
from sheke.core.errors import BadInput
from sheke.core.jobs import once, tell


@task()
def effect(name: str) -> str:
    """One event, however often it is run."""
    with once() as first:
        if first:
            audit.record("test.effect", by=None, name=name)
    return name


@task()
def attempt(name: str, seconds: float) -> None:
    """Says that it began, outside of any mark, and takes its time."""
    audit.record("test.attempt", by=None, name=name)
    for n in range(int(seconds * 20)):
        tell(n, int(seconds * 20))
        time.sleep(0.05)
    audit.record("test.ended", by=None, name=name)


@task()
def refuse() -> None:
    raise BadInput("第3行没有日期")


@task()
def breaks() -> None:
    entered = "".join(["13812", "345678"])
    raise ValueError(entered)


@task()
def loses() -> None:
    raise OperationalError("the database is away")
