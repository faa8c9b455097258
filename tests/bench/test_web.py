"""The benchmark of the pages: copies that hold together, and its parts on a small world."""

from __future__ import annotations

import argparse
import json
from datetime import date

import pytest
from django.db import connection
from django.db.models import F

from bench import crowded, servers, web
from sheke.indicators.catalogue import Catalogue
from sheke.indicators.evaluation import evaluate
from sheke.indicators.questions import Question
from sheke.ledger.models import Line, Record, Version
from tests import factories

pytestmark = pytest.mark.django_db
PAGE = {"p95_ms": 40.0, "errors": 0, "per_s": 900.0}


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the benchmark fills a SQLite file")
def test_copies_are_whole_records(monkeypatch):
    monkeypatch.setattr("sheke.site.management.commands.demo.prepare", lambda: None)
    city = factories.organisation(kind="federation", code="city")
    lecture = factories.lecture_type()
    for day in (10, 20):
        factories.record(lecture, city, happened_on=date(2025, 5, day), amounts={"attendance": 30})
    crowded.fill(20)
    assert Record.objects.count() == Version.objects.count() == 20
    assert Line.objects.filter(happened_on=F("record__happened_on")).count() == 40
    indicator = factories.indicator("lectures_held")
    question = Question(indicator, city, date(2025, 5, 1), date(2025, 5, 31))
    figure = evaluate(question, Catalogue.load())
    assert figure.value == figure.rows == 20
    assert Record.objects.values("uid").distinct().count() == 20


def test_what_missed_the_goal_is_named():
    result = {
        "pages": {"ledger": PAGE, "plan": PAGE | {"p95_ms": 151.0}, "record": PAGE | {"errors": 2, "people": {"p95_ms": 160.0}}},
        "nginx": {
            "verification_cached": PAGE | {"per_s": 1999.0}, "verification_file": PAGE | {"per_s": 3998.0},
        },
    }  # fmt: skip
    assert web.goals(result) == {
        "p95_over_150_ms": {"plan": 151.0},
        "p95_over_150_ms_with_pauses": {"record": 160.0},
        "with_errors": ["record"], "public_per_s": 1999.0,
        "public_reached": False, "static_to_public": 2.0,
    }  # fmt: skip


@pytest.mark.skipif(
    any(map(servers.missing, ("wrk", "nginx", "openssl"))), reason="wrk or nginx is not here"
)
def test_the_rival_and_nginx_give_the_bytes_of_a_page(tmp_path):
    pages = tmp_path / "static/bench"
    pages.mkdir(parents=True)
    (pages / "verification.html").write_text("page" * 100)
    given = argparse.Namespace(seconds=1, users=2, processes=1)
    found = web.by_plain_views(given, pages)["verification"]
    assert found["errors"] == 0 < found["requests"]
    with servers.plain(pages, 1) as (site, _pid), servers.nginx(tmp_path, site) as door:
        cookies = tmp_path / "cookies"
        cookies.write_text("a=1\nb=2\n")
        file = f"{door}/static/bench/verification.html"
        found = servers.wrk(file, seconds=1, users=2, cookies=cookies)
        assert found["errors"] == 0 < found["per_s"]
    assert json.dumps(found)
