"""The demonstration with a million records, and people who use it. Runs with the site's settings.

`python -m bench.crowded fill RECORDS` makes what is missing; `… people` prints who may be signed in
and which pages they open; `… queries` the queries of each of these pages, as JSON.

The demonstration's records are copied with all that hangs on them, each copy a day earlier.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from typing import Any

import django

EACH = 20  # people of each role
# Columns of a copied row that differ from the original's; `k` numbers the copies, `s` parts them.
COPIED: dict[str, dict[str, str]] = {
    "ledger_record": {
        "id": "id + k * s", "uid": "printf('%032x', id + k * s)", "title": "title || '·' || k",
        "happened_on": "date(happened_on, -k || ' days')",
        "ended_on": "date(ended_on, -k || ' days')",
        "digest": "(digest + k * 7919) & 1099511627775",
        "settled": "CASE WHEN settled IS NULL AND k % 10 THEN revision ELSE settled END",
    },
    "ledger_version": {"record_id": "record_id + k * s"},
    "ledger_participation": {"record_id": "record_id + k * s"},
    "ledger_line": {
        "record_id": "record_id + k * s", "happened_on": "date(happened_on, -k || ' days')",
        "digest": "(digest + k * 7919) & 1099511627775",
    },
    "ledger_facet": {
        "record_id": "record_id + k * s", "happened_on": "date(happened_on, -k || ' days')",
    },
    "ledger_confirmation": {"record_id": "record_id + k * s"},
    "ledger_reversal": {"record_id": "record_id + k * s"},
    "ledger_evidence": {"record_id": "record_id + k * s"},
}  # fmt: skip


def fill(records: int) -> None:
    """The demonstration with its search index, and copies until there are so many records."""
    from django.db import connection, transaction

    from sheke.core.search.following import is_built, rebuild
    from sheke.ledger.models import Record
    from sheke.site.management.commands.demo import prepare

    prepare()
    if not is_built():
        rebuild()
    own = Record.objects.count()
    copies = round(records / own) - 1
    if copies < 1:
        return
    with transaction.atomic(), connection.cursor() as cursor:
        for table, changed in COPIED.items():
            cursor.execute(_copying(cursor, table, changed, own, copies))
            say(f"{table}: {cursor.rowcount} rows")
        for statement in _search(own, copies):
            cursor.execute(statement)
            say(f"search: {cursor.rowcount} rows")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _copying(cursor: Any, table: str, changed: dict[str, str], own: int, copies: int) -> str:
    cursor.execute(f"SELECT name FROM pragma_table_info('{table}')")
    columns = [name for (name,) in cursor.fetchall() if name != "id" or "id" in changed]
    values = ", ".join(changed.get(name, name) for name in columns)
    return f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values} FROM {table}, {_numbers(own, copies)}"


def _numbers(own: int, copies: int) -> str:
    return (
        f"(WITH RECURSIVE n(k, s) AS (SELECT 1, {own} UNION ALL SELECT k + 1, s FROM n WHERE k < {copies})"
        " SELECT k, s FROM n)"
    )  # fmt: skip


def _search(own: int, copies: int) -> list[str]:
    """The records' entries with their words. Their numbers begin where the others end."""
    far = 10_000_000
    numbers = _numbers(own, copies)
    return [
        "INSERT INTO core_search_record (rowid, title, body, seen)"
        f" SELECT {far} + e.subject_id + k * s, w.title, w.body, w.seen"
        f" FROM core_searchentry e JOIN core_search_record w ON w.rowid = e.id, {numbers}"
        " WHERE e.kind = 'record'",
        "INSERT INTO core_searchentry (id, kind, subject_id, generation)"
        f" SELECT {far} + subject_id + k * s, kind, subject_id + k * s, generation"
        f" FROM core_searchentry, {numbers} WHERE kind = 'record'",
    ]


def people() -> dict[str, Any]:
    """Cookies of those who are signed in, by role, and the pages as [name, role, address]."""
    from sheke.directory.models import Organisation

    root = Organisation.objects.get(parent=None)
    below = list(Organisation.objects.filter(parent=root).order_by("path")[:EACH])
    places = {"secretary": below, "staff": [root] * EACH, "leader": [root] * EACH}
    return {
        "cookies": {
            role: [_signed_in(f"bench-{role}-{n}", role, place) for n, place in enumerate(units)]
            for role, units in places.items()
        },
        "pages": pages(root),
    }


def _signed_in(name: str, role: str, organisation: Any) -> str:
    from django.conf import settings
    from django.test import Client

    from sheke.directory.models import Account, Person, Tenure

    account = Account.objects.filter(username=name).first()
    if account is None:
        person = Person.objects.create(name=name, code=name)
        Tenure.objects.create(person=person, organisation=organisation, role=role)
        account = Account.objects.create_user(username=name, password=None, person=person)
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def pages(root: Any) -> list[tuple[str, str, str]]:
    """What is measured, in this order. Without a role: for everyone, not signed in."""
    from sheke.indicators.models import Goal
    from sheke.ledger.models import Record
    from sheke.plans.models import Plan
    from sheke.returns.models import Return

    records = Record.objects.count()
    latest = Record.objects.filter(organisation=root).latest("happened_on")
    plan = Plan.objects.filter(organisation=root).latest("year")
    goal = Goal.objects.select_related("indicator").filter(organisation=root).latest("pk")
    asked = Return.objects.latest("pk")
    indicator = f"/indicators/{goal.indicator.key}/"
    kind = latest.type.key
    return [
        ("verification", "", f"/verify/{published_code()}/"),
        ("sign_in", "", "/sign-in/"),
        ("workbench_secretary", "secretary", "/"),
        ("workbench_staff", "staff", "/"),
        ("workbench_leader", "leader", "/"),
        ("ledger", "staff", "/ledger/"),
        ("ledger_of_secretary", "secretary", "/ledger/"),
        ("ledger_filtered", "staff", f"/ledger/?type={kind}&period=this_year"),
        ("ledger_deep", "staff", f"/ledger/?page={records // 100}"),
        ("ledger_words", "staff", "/ledger/?text=讲座"),
        ("record", "staff", f"/ledger/{latest.pk}/"),
        ("confirmations", "staff", "/ledger/confirmations/"),
        ("entry", "secretary", f"/ledger/new/{kind}/"),
        ("indicators", "staff", "/indicators/"),
        ("indicator", "staff", indicator),
        ("drill_down", "staff", f"{indicator}rows/"),
        ("plan", "leader", f"/plans/{plan.pk}/"),
        ("plan_overview", "leader", f"/plans/{plan.pk}/overview/"),
        ("duties", "secretary", "/plans/duties/"),
        ("returns", "staff", "/returns/overview/"),
        ("return", "staff", f"/returns/{asked.pk}/"),
        ("inbox", "staff", "/notices/"),
        ("search", "staff", "/search/?q=讲座"),
        ("organisations", "staff", "/organisations/"),
        ("reports", "staff", "/reports/"),
    ]


def published_code() -> str:
    """The code of a frozen report whose figures anyone may see."""
    from sheke.reports.models import Publication, Snapshot

    shown = Publication.objects.filter(withdrawn_at=None).first()
    if shown is None:
        snapshot = Snapshot.objects.latest("pk")
        keys = [figure["key"] for figure in snapshot.body["figures"]]
        shown = Publication.objects.create(snapshot=snapshot, figures=keys)
    return str(shown.snapshot.code)


def queries(*names: str) -> dict[str, Any]:
    """For each page (or these) its queries, and the CPU milliseconds (middle of five) of one request."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    given = people()
    found = {}
    for name, role, address in given["pages"]:
        if names and name not in names:
            continue
        cookie = given["cookies"][role][0] if role else ""
        client = Client(headers={"Cookie": cookie, "Host": "localhost"})
        first = client.get(address)
        if first.status_code != 200:
            raise RuntimeError(f"{name}: {address} answers {first.status_code}")
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        found[name] = {"queries": len(captured), "alone_cpu_ms": _alone(client, address)}
    return found


def _alone(client: Any, address: str) -> float:
    times = []
    for _n in range(5):
        began = time.process_time()
        client.get(address)
        times.append((time.process_time() - began) * 1000)
    return round(statistics.median(times), 1)


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    django.setup()
    if sys.argv[1] == "fill":
        fill(int(sys.argv[2]))
    else:
        verbs = {"people": people, "queries": queries}
        print(json.dumps(verbs[sys.argv[1]](*sys.argv[2:]), ensure_ascii=False))
