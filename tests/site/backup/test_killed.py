"""kill -9 of a backup or a restore leaves the old state, or one that is marked and can be completed."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.installations import released

TRIALS = 8


@pytest.fixture(scope="module")
def trial(tmp_path_factory, django_db_setup):
    """`trial("backup", 20)` is what tests/site/backup/trials.py saw."""
    with released(tmp_path_factory.mktemp("killed"), "0.1.0") as installation:
        assert installation.run("setup", "--json").returncode == 0
        installation.put_files()

        def run(verb: str, number: int = TRIALS) -> list[dict[str, Any]]:
            done = installation.python("-m", "tests.site.backup.trials", verb, str(number))
            assert done.returncode == 0, done.stderr
            return json.loads(done.stdout)

        yield run


def test_a_killed_backup_is_none_and_the_next_one_works(trial):
    seen = trial("backup")
    assert len(seen) == TRIALS
    assert sum(one["killed"] for one in seen) >= TRIALS // 2  # the others had just ended
    assert all(one["sound"] and one["again"] and not one["left"] for one in seen), seen


def test_a_killed_restore_leaves_the_old_state_or_is_marked_and_completed(trial):
    seen = trial("restore")
    assert len(seen) == TRIALS
    assert sum(one["killed"] for one in seen) >= TRIALS // 2
    for one in seen:
        assert one["state"] in ("older", "newer"), seen
        assert one["marked"] or one["state"] == "older" or not one["killed"] or one["whole"], seen
        assert (one["again"], one["whole"], one["mark_left"]) == ("newer", True, False), seen


def test_people_post_while_a_backup_is_made(trial):
    for one in trial("posting", 3):
        assert one["holds_all"] and one["sound"] and one["later"]
        assert one["went_on"] > 0
        assert one["ended_by"] == 9, "the writer failed by itself"
