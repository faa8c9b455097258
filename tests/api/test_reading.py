"""Organisations, indicators, plans and reports through the interface; the description of it all."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings

from sheke.ledger.models import Record
from sheke.site.wsgi import application
from tests import factories
from tests.site.tenants import tenants

EXAMPLE = Path(__file__).resolve().parents[2] / "examples/post_month.py"


def test_organisations_in_pages(world):
    call = world.caller()
    first = call.get("/organisations", limit=2)[1]
    rest = call.get("/organisations", limit=2, cursor=first["next"])[1]
    assert [o["code"] for o in first["items"] + rest["items"]] == ["CITY", "A", "B"]
    assert rest["next"] is None
    assert call.get("/organisations", below="B")[1]["items"][0]["parent"] == "CITY"
    assert call.get("/organisations/nowhere")[0] == 422


def test_an_indicator_and_the_records_behind_it(world):
    factories.indicator()
    for _n in range(3):
        factories.record(world.lecture, world.b)
    factories.record(world.lecture, world.a)
    call = world.caller()
    assert [i["key"] for i in call.get("/indicators")[1]] == ["lectures_held"]
    span = {"first": "2025-01-01", "last": "2025-12-31"}
    value = call.get("/indicators/lectures_held/value", **span)[1]
    assert (value["value"], value["rows"], value["organisation"]) == (3, 3, "B")
    page = call.get("/indicators/lectures_held/records", limit=2, **span)[1]
    rest = call.get("/indicators/lectures_held/records", limit=2, cursor=page["next"], **span)[1]
    assert len({r["id"] for r in page["items"] + rest["items"]}) == 3
    assert (page["total"], rest["next"]) == (3, None)
    assert call.get("/indicators/lectures_held/value", organisation="A", **span)[0] == 403
    assert call.get("/indicators/nothing/value")[0] == 422
    assert (
        call.get("/indicators/lectures_held/value", first="2025-02-01", last="2025-01-01")[0] == 422
    )


@pytest.fixture
def everything(db):
    """Two tenants with one of everything; the caller is the secretary of B."""
    from sheke.api.actions import issue_token

    from .conftest import Caller

    cache.clear()
    world = tenants()

    def caller(role: str) -> Caller:
        account = world.accounts[role]
        _token, secret = issue_token(
            account=account, tenure=account.person.tenures.get(), name="x", writes=True,
            expires_on=None, by=account,
        )  # fmt: skip
        return Caller(secret)

    return world, caller


def test_plans_and_reports_are_those_of_the_tenure(everything):
    world, caller = everything
    b, a = caller("secretary_b"), caller("secretary_a")
    plan, frozen = world.objects["plan"], world.objects["frozen"]
    assert b.get(f"/plans/{plan}")[1]["items"]
    assert a.get(f"/plans/{plan}")[0] == 404
    assert b.get(f"/reports/{frozen}")[1]["figures"]
    assert b.get(f"/reports/{frozen}/verification")[1]["holds"] is True
    assert b.get(f"/reports/{world.objects['report']}/verification")[0] == 409
    assert a.get(f"/reports/{frozen}")[0] == 404
    assert a.get("/reports")[1]["items"] == []


def test_the_description_needs_no_token(client):
    described = client.get("/api/v1/openapi.json").json()
    assert "/api/v1/records" in described["paths"]


def ask(operation: Any, token: str, broken: list[Any]) -> None:
    """Send made-up values to one operation."""

    @settings(max_examples=15, database=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy())
    def send(case: Any) -> None:
        cache.clear()  # the rate
        if case.call(headers={"Authorization": token}).status_code >= 500:
            broken.append((operation.label, case.body, case.query))

    send()


@pytest.fixture
def connection_kept():
    """What answers outside of Django's own client would close the connection of the test's transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_nothing_that_is_sent_breaks_the_interface(everything, connection_kept):
    """Every operation with made-up values: nothing is answered with 500 or above."""
    _world, caller = everything
    token = caller("secretary_b").client.defaults["HTTP_AUTHORIZATION"]
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    broken: list[Any] = []
    for result in schema.get_all_operations():
        ask(result.ok(), token, broken)
    assert broken == []


def test_the_example_posts_a_months_records_once(world, live_server, tmp_path):
    from sheke.api.actions import issue_token

    table = tmp_path / "records.csv"
    with table.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(
            ["type", "title", "date", "organisation", "amounts.attendance", "fields.level"]
        )
        for n in range(120):
            rows.writerow(["lecture", f"第{n}讲", "2025-05-01", "B", n + 1, "county"])
    _token, secret = issue_token(
        account=world.secretary, tenure=world.secretary.person.tenures.get(), name="x", writes=True,
        expires_on=None, by=None,
    )  # fmt: skip
    for _time in range(2):
        done = subprocess.run(
            [sys.executable, EXAMPLE, table], capture_output=True, text=True, check=False,
            env={"SHEKE_URL": live_server.url, "SHEKE_TOKEN": secret, "PYTHONIOENCODING": "utf-8"},
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
    assert Record.objects.count() == 120
