"""Every released version's installation, upgraded to this one, says what it said before."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.installations import RELEASES, released

KNOWN = sorted(path.name for path in RELEASES.iterdir() if (path / "sqlite.json").exists())
HOLDS = """
import django, json, sys; django.setup()
sys.path.insert(0, "scripts")
from release_fixture import what_holds
print(json.dumps(what_holds()))
"""


@pytest.fixture(scope="module", params=KNOWN)
def upgraded(request, tmp_path_factory, django_db_setup):
    with released(tmp_path_factory.mktemp("upgrade"), request.param) as installation:
        done = installation.run("setup", "--json")
        assert done.returncode == 0, done.stderr
        facts = json.loads((RELEASES / request.param / f"{installation.vendor}.json").read_text())
        yield installation, facts


def test_there_is_an_installation_of_the_first_release():
    assert "0.1.0" in KNOWN


def test_records_figures_and_seals_are_what_they_were(upgraded):
    installation, facts = upgraded
    now = json.loads(installation.python("-c", HOLDS).stdout)
    assert now == facts
    assert facts["records"] > 100
    assert sum(value not in (None, "0") for _printed, value in facts["figures"].values()) > 20


def test_every_frozen_report_still_verifies(upgraded):
    installation, facts = upgraded
    assert installation.ask("report", "seals") == {"seals": len(facts["seals"]), "broken": []}
    for code in facts["seals"]:
        verdict = installation.ask("report", "verify", "--code", code)
        assert verdict["holds"] and verdict["seal_holds"]
        assert set(verdict["counts"]) == {"holds"}


def test_its_events_come_into_the_chain(upgraded):
    installation, _facts = upgraded
    assert installation.ask("audit", "seal")["sealed"] > 1000
    assert installation.ask("audit", "verify")["holds"] is True


def test_files_are_small():
    for path in RELEASES.glob("*/*.xz"):
        assert path.stat().st_size < 300_000, path
    assert Path("scripts/release_fixture.py").exists()
