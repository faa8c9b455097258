"""The first page after signing in on one million records: CPU milliseconds of the server, for each role.

`uv run python -m bench.workbench` prints one JSON object: by role the first view after the ledger moved (cold) and
the middle of nine views after it (warm), with the number of queries. The first run makes the records and keeps them.
"""

from __future__ import annotations

import argparse
import json
import time
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

from .environment import ROOT, prepare, remove, switch_to_copy

TODAY = datetime(2025, 11, 20, 9, 0)  # the last year of the made records
TARGETS, RETURNS, FILED = 40, 11, 500


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path, default=ROOT / "var/bench")
    options = parser.parse_args()
    database = prepare(options.folder, f"world-{options.records}")
    from .world import build

    build(options.records)
    copy = switch_to_copy(database)
    try:
        print(json.dumps(measure(), indent=2))
    finally:
        remove(copy)


def measure() -> dict[str, Any]:
    import time_machine
    from django.core.cache import cache
    from django.db import connection

    with time_machine.travel(TODAY, tick=True):
        accounts = _office()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        results = {}
        for role, account in accounts.items():
            cache.clear()
            results[role] = _views(account)
    return results


def _views(account: Any) -> dict[str, Any]:
    from django.core.cache import cache
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(HTTP_HOST="localhost")
    client.force_login(account)
    client.get("/")  # templates are compiled
    cache.clear()
    times = []
    for _n in range(10):
        start = time.process_time()
        answer = client.get("/")
        times.append((time.process_time() - start) * 1000)
        if answer.status_code != 200:
            raise AssertionError(answer.status_code)
    with CaptureQueriesContext(connection) as queries:
        client.get("/")
    return {
        "cold_ms": round(times[0]), "warm_ms": round(sorted(times[1:])[4]),
        "queries": len(queries), "slowest": _slowest(queries.captured_queries),
        "html_kb": len(answer.content) // 1024,
    }  # fmt: skip


def _slowest(queries: list[dict[str, str]]) -> list[str]:
    ordered = sorted(queries, key=lambda query: -float(query["time"]))
    return [f"{float(query['time']) * 1000:.0f} ms {query['sql'][:160]}" for query in ordered[:3]]


def _office() -> dict[str, Any]:
    """People of each role, a plan with targets, returns that everybody was asked for."""
    from sheke.directory.models import Account, Organisation, Person, Tenure

    root = Organisation.objects.get(parent=None)
    county, society = Organisation.objects.get(code="c0"), Organisation.objects.get(code="s0")
    places = {
        "administrator": root, "leader": root, "staff": root, "secretary": society,
        "county secretary": county,
    }  # fmt: skip
    accounts = {}
    for role, organisation in places.items():
        person = Person.objects.create(name=role)
        Tenure.objects.create(person=person, organisation=organisation, role=role.split()[-1])
        accounts[role] = Account.objects.create_user(
            username=role.replace(" ", "-"), password=None, person=person
        )
    _plan(root, society)
    _returns(root)
    _questions(accounts["staff"])
    return accounts


def _plan(root: Any, society: Any) -> None:
    from sheke.indicators.models import Goal
    from sheke.ledger.models import Heading, Record
    from sheke.plans.models import Duty, Item, Plan, Target

    from .world import edition

    plan = Plan.objects.create(organisation=root, year=2025, title="Plan")
    numbers = iter(Record.objects.filter(happened_on__year=2025).values_list("pk", flat=True))
    year = date(2025, 1, 1), date(2025, 12, 31)
    for n in range(TARGETS):
        data = {
            "key": f"held{n}", "name": {"zh": f"Held {n}"}, "unit": {"zh": "piece"},
            "group": "bench", "definition": {"zh": "held"}, "aggregate": "count",
            "types": [f"type{n % 30}"],
        }  # fmt: skip
        indicator = edition("indicator", data).definition
        kind = Item.Kind.CHAPTER if n % 8 == 0 else Item.Kind.ITEM
        if kind == Item.Kind.CHAPTER:
            top = Item.objects.create(plan=plan, position=n * 2, level=1, kind=kind, title=f"{n}")
        heading = Heading.objects.create(organisation=root, year=2025, title=f"{n}")
        item = Item.objects.create(
            plan=plan, parent=top, position=n * 2 + 1, level=2, kind=Item.Kind.ITEM, title=f"{n}.",
            heading=heading,
        )  # fmt: skip
        Record.objects.filter(pk__in=list(islice(numbers, FILED))).update(heading=heading)
        goal = Goal.objects.create(
            indicator=indicator, organisation=root, first_day=year[0], last_day=year[1],
            value=Decimal(5000 + n * 100),
        )  # fmt: skip
        Target.objects.create(item=item, goal=goal)
        for organisation in (root, society):
            Duty.objects.create(
                item=item, organisation=organisation, role="lead", due=date(2025, 1 + n % 12, 28)
            )


def _questions(by: Any) -> None:
    """The office has asked about some hundred records; half of the questions are answered."""
    from sheke.ledger.models import Query, Record, Reply

    for n, record in enumerate(Record.objects.filter(happened_on__year=2025).order_by("-id")[:400]):
        query = Query.objects.create(record=record, revision=1, text="?", by=by)
        if n % 2:
            Reply.objects.create(query=query, way="withdrawal", by=by)


def _returns(root: Any) -> None:
    from sheke.returns.actions import open_return

    from .world import edition

    form = edition(
        "return_form",
        {"key": "month", "name": {"zh": "Month"}, "about": {"zh": "Month"},
         "questions": [{"key": "people", "name": {"zh": "People"}}]},
    )  # fmt: skip
    for month in range(1, RETURNS + 1):
        open_return(
            edition=form, organisation=root, span=(date(2025, month, 1), date(2025, month, 28)),
            due_on=date(2025, month + 1, 5), audience={"kinds": ["society"]}, by=None,
        )  # fmt: skip


if __name__ == "__main__":
    main()
