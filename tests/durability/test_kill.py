"""Everything acknowledged is there once, whatever is killed. `--rounds 50` for the long run."""

from __future__ import annotations

import random
import shutil
import time
from pathlib import Path

import pytest

from .conftest import with_tables
from .offices import Office, words_of
from .rounds import play


@pytest.mark.durability
@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_nothing_acknowledged_is_lost(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    if kind == "postgres" and not shutil.which("runuser"):
        pytest.skip("no PostgreSQL server on this machine")
    office = Office(tmp_path, kind)
    try:
        rounds = request.config.getoption("rounds")
        found = play(office, rounds=rounds, seed=random.randrange(10**6), say=print)
    finally:
        office.close()
    assert found["faults"] == [], found
    assert found["acknowledged"] > 10 * rounds


@pytest.mark.durability
def test_no_process_outlives_the_server(tmp_path: Path, sqlite_tables: Path) -> None:
    """Otherwise the port is taken by pages of a dead server, and no worker runs beside them."""
    office = with_tables(tmp_path, sqlite_tables)
    try:
        office.serve()
        below = office.processes("web") + office.processes("worker")
        assert len(below) >= 2
        office.kill("serve")
        end = time.monotonic() + 20
        while (left := [pid for pid in below if words_of(pid)]) and time.monotonic() < end:
            time.sleep(0.1)
        assert left == []
    finally:
        office.close()
