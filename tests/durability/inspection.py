"""Looks whether everything acknowledged is there once and nothing is half written.

python -m tests.durability.inspection FILE   FILE holds what the clients were told, as JSON
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

import django

SETTLED = 300  # seconds in which waiting jobs must be done


def inspect(told: dict[str, Any]) -> dict[str, Any]:
    waiting = settle()
    faults = [*waiting, *records(told), *imports(told), *wholeness()]
    return {"faults": faults[:20], **numbers()}


def settle() -> list[str]:
    """Wait for the jobs."""
    from sheke.core.jobs.queries import counts

    end = time.monotonic() + SETTLED
    while time.monotonic() < end:
        found = counts()
        if not found["waiting"] and not found["running"]:
            break
        time.sleep(0.2)
    else:
        return [f"jobs do not come to an end: {found}"]
    return [f"{found['failed']} jobs failed"] if found["failed"] else []


def records(told: dict[str, Any]) -> list[str]:
    from collections import Counter

    from sheke.ledger.models import Record

    there = Counter(Record.objects.order_by().values_list("title", flat=True))
    lost = [f"lost: {title}" for title in told["acknowledged"] if there[title] == 0]
    twice = [f"{n} times: {title}" for title, n in there.items() if n > 1]
    return lost + twice


def imports(told: dict[str, Any]) -> list[str]:
    from sheke.ledger.models import ImportRun, Record
    from tests.durability.clients import ROWS

    faults = []
    known = {run.name.removesuffix(".csv"): run for run in ImportRun.objects.all()}
    for name in told["imports"]:
        if name not in known or known[name].state != "posted":
            faults.append(f"accepted and not posted: table {name}")
    for name, run in known.items():
        there = Record.objects.filter(title__startswith=f"{name}-").count()
        expected = ROWS if run.state == "posted" else 0
        if there != expected or (run.state == "posted" and run.posted != ROWS):
            faults.append(f"table {name} is {run.state} with {there} of {ROWS} records")
        if run.state in ("checking", "posting", "failed"):
            faults.append(f"table {name} stays {run.state}: {run.error}")
    return faults


def wholeness() -> list[str]:
    """Every record with its version, lines and event; the file of the database in order."""
    from django.db import connection
    from django.db.models import Count, F

    from sheke.core.models import AuditEvent
    from sheke.ledger.models import Line, Record, Version

    faults = []
    total = Record.objects.count()
    current = Version.objects.filter(number=F("record__revision")).count()
    lined = Line.objects.filter(measure="").aggregate(n=Count("record", distinct=True))["n"]
    events = AuditEvent.objects.filter(verb="record.post")
    distinct = events.aggregate(n=Count("subject_id", distinct=True))["n"]
    for what, n in (
        ("versions", current), ("lines", lined), ("events", events.count()), ("subjects", distinct)
    ):  # fmt: skip
        if n != total:
            faults.append(f"{total} records, {n} {what}")
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            if (answer := cursor.fetchone()[0]) != "ok":
                faults.append(f"integrity_check: {answer}")
            cursor.execute("PRAGMA foreign_key_check")
            faults += [f"foreign key: {row}" for row in cursor.fetchall()]
    return faults


def numbers() -> dict[str, int]:
    from sheke.core.jobs.queries import counts
    from sheke.ledger.models import ImportRun, Record

    return {
        "records": Record.objects.count(),
        "tables": ImportRun.objects.filter(state="posted").count(), "jobs": counts()["done"],
    }  # fmt: skip


if __name__ == "__main__":
    django.setup()
    print(json.dumps(inspect(json.loads(Path(sys.argv[1]).read_text())), ensure_ascii=False))
