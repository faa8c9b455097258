"""Several real workers at one queue, killed and stopped at work, on SQLite and PostgreSQL."""

from __future__ import annotations

import os
import signal
import subprocess
import time

import pytest

from .offices import Office

pytestmark = pytest.mark.durability
SAMPLES = "tests.durability.queueing"


def wait(office: Office, what: str, until: int = 1, seconds: float = 30) -> None:
    """Until so many events of a kind are there."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if office.python(SAMPLES, "count")["events"].get(what, 0) >= until:
            return
        time.sleep(0.1)
    raise AssertionError(f"{what} does not come: {office.python(SAMPLES, 'count')}")


def stop(workers: list[subprocess.Popen[bytes]]) -> None:
    for worker in workers:
        worker.send_signal(signal.SIGTERM)
    for worker in workers:
        worker.wait(30)


def test_four_workers_run_each_of_200_jobs_once(office: Office) -> None:
    office.python(SAMPLES, "effects", "200")
    workers = [office.start("worker", "--once") for _n in range(4)]
    for worker in workers:
        assert worker.wait(240) == 0
    found = office.python(SAMPLES, "count")
    assert found["events"]["test.effect"] == found["distinct"] == 200
    assert found["attempts"] == 1  # no job was begun twice
    assert found["jobs"]["failed"] == found["jobs"]["waiting"] == 0


def test_two_workers_take_each_slot_once(office: Office) -> None:
    workers = [office.start("worker", "--once") for _n in range(2)]
    for worker in workers:
        assert worker.wait(240) == 0
    found = office.python(SAMPLES, "count")
    assert found["slots"] == found["scheduled"] > 0  # one run each of every task of the schedule


def test_the_job_of_a_killed_worker_is_taken_up_by_another(office: Office) -> None:
    office.python(SAMPLES, "attempt", "8")
    first = office.start("worker")
    wait(office, "test.attempt")
    first.kill()
    first.wait()
    office.start("worker", "--once").wait(60)
    found = office.python(SAMPLES, "count")
    assert found["events"]["test.attempt"] == 2 and found["events"]["test.ended"] == 1
    assert found["jobs"]["failed"] == 0


def test_a_worker_that_must_go_finishes_or_gives_back(office: Office) -> None:
    office.python(SAMPLES, "attempt", "1.5")
    patient = office.start("worker", "--patience", "20")
    wait(office, "test.attempt")
    stop([patient])
    wait(office, "test.ended", seconds=1)  # finished before it went

    office.python(SAMPLES, "attempt", "30")
    hasty = office.start("worker", "--patience", "0.2")
    wait(office, "test.attempt", 2)
    stop([hasty])
    found = office.python(SAMPLES, "count")
    assert found["jobs"]["running"] == found["jobs"]["failed"] == 0
    assert found["events"]["test.ended"] == 1


def test_an_import_killed_in_the_middle_posts_every_row_once(office: Office) -> None:
    rows = 20_000
    office.python(SAMPLES, "table", str(rows))
    for n in range(2):
        worker = office.start("worker")
        assert office.python(SAMPLES, "underway", str(rows))
        time.sleep(0.3 * n)
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait()
        assert office.python(SAMPLES, "progress")["records"] == 0  # all, or none
    office.start("worker", "--once").wait(120)
    assert office.python(SAMPLES, "progress") == {
        "state": "posted", "records": rows, "posted": rows, "done": rows,
    }  # fmt: skip
