"""Everything acknowledged is there once, whatever is killed. `--rounds 50` for the long run."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from .offices import Office
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
