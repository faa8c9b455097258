"""The benchmark runs on a small world, and our figures there are those of the ORM."""

from __future__ import annotations

import pytest
from django.db import connection

from bench import report

pytestmark = pytest.mark.django_db

TIMED = {"figures", "orm", "fill_120", "fill_300", "freeze", "verify"}
PLAIN = {"drilldown_ms", "posts_per_s", "import_100k_s", "rss_mb"}


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the benchmark makes a SQLite file")
def test_it_measures_every_step(monkeypatch, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(report, "POSTS", 5)
    monkeypatch.setattr(report, "IMPORTED", 50)
    results = report.measure(12_000)
    assert results.keys() >= TIMED | PLAIN
    assert all(results[key].keys() == {"cpu", "wall"} for key in TIMED)
    assert results["questions"] == 300
