"""Puts jobs into an installation's queue and counts what became of them; prints JSON.

python -m tests.durability.queueing effects NUMBER | attempt SECONDS | table ROWS | count | progress | underway ROWS
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

import django


def effects(number: str) -> dict[str, Any]:
    from tests.core.jobs import samples

    for n in range(int(number)):
        samples.effect.enqueue(str(n))
    return {}


def attempt(seconds: str) -> dict[str, Any]:
    from tests.core.jobs import samples

    samples.attempt.enqueue("a", float(seconds))
    return {}


def table(rows: str) -> dict[str, Any]:
    """A table of records, checked, whose posting waits in the queue."""
    from django.core.files.base import ContentFile

    from sheke.core.jobs import start
    from sheke.ledger.imports.actions import begin_posting, check_import, start_import
    from sheke.ledger.tasks import post_table
    from tests import factories

    city = factories.organisation(name="云川市社科联", kind="federation", code="city")
    lines = "".join(f"第{n}讲,2025-0{n % 9 + 1}-{n % 28 + 1:02}\n" for n in range(int(rows)))
    file = ContentFile(f"标题,日期\n{lines}".encode())
    run = start_import(
        edition=factories.lecture_type(), file=file, name="表.csv", organisation=city, by=None
    )
    check_import(run=run)
    begin_posting(run=run, skip_duplicates=False, by=None)
    start(post_table, run.pk, "zh-hans", subject=run)
    return {"state": run.state}


def count() -> dict[str, Any]:
    from collections import Counter

    from django_tasks_db.models import DBTaskResult

    from sheke.core.jobs.models import ScheduleRun
    from sheke.core.jobs.queries import counts
    from sheke.core.models import AuditEvent
    from sheke.core.schedule import load

    events = AuditEvent.objects.filter(verb__startswith="test.").order_by()
    names = {data["name"] for data in events.values_list("data", flat=True)}
    keys = load().keys()
    return {
        "events": Counter(events.values_list("verb", flat=True)), "distinct": len(names),
        "attempts": max((len(job.worker_ids) for job in DBTaskResult.objects.all()), default=0),
        "jobs": counts(), "slots": ScheduleRun.objects.count(),
        "scheduled": DBTaskResult.objects.filter(task_path__in=keys).count(),
    }  # fmt: skip


def progress() -> dict[str, Any]:
    from sheke.core.jobs.queries import progress_of
    from sheke.ledger.models import ImportRun, Record

    run = ImportRun.objects.get()
    job = progress_of(run)
    return {
        "state": run.state, "records": Record.objects.count(), "posted": run.posted,
        "done": job.done if job else 0,
    }  # fmt: skip


def underway(rows: str) -> bool:
    """Whether the import comes to be in the middle, seen at once: to start Python takes seconds."""
    end = time.monotonic() + 180
    while time.monotonic() < end:
        if 0 < progress()["done"] < int(rows):
            return True
        time.sleep(0.05)
    return False


if __name__ == "__main__":
    django.setup()
    verbs = {f.__name__: f for f in (effects, attempt, table, count, progress, underway)}
    print(json.dumps(verbs[sys.argv[1]](*sys.argv[2:]), ensure_ascii=False))
