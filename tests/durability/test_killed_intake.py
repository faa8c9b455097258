"""Workers killed outright in the middle of an intake: nothing is lost, nothing is there twice."""

from __future__ import annotations

import subprocess
import time
from typing import Any

import pytest

from .offices import Office

pytestmark = pytest.mark.durability
BOX = "tests.library.intake.durable"


def counted(office: Office) -> dict[str, Any]:
    found: dict[str, Any] = office.python(BOX, "count")
    return found


def until(office: Office, worker: subprocess.Popen[bytes], name: str, least: int) -> None:
    """Until so many are there, or the worker came to its end before."""
    end = time.monotonic() + 300
    while worker.poll() is None and counted(office)[name] < least:
        assert time.monotonic() < end, counted(office)
        time.sleep(0.05)


def test_a_box_of_files_is_taken_in_once(office: Office) -> None:
    office.python(BOX, "make")
    for name, least in (("files", 3), ("works", 9), ("recognised", 1)):
        worker = office.start("worker", "--once")
        until(office, worker, name, least)
        worker.kill()
        worker.wait()
    end = time.monotonic() + 600
    while counted(office)["states"].get("waiting"):  # a lost job is found within a minute
        assert time.monotonic() < end, counted(office)
        office.start("worker", "--once").wait(300)
        time.sleep(1)
    assert counted(office) == {
        "states": {"done": 20, "failed": 2}, "works": 19, "files": 19, "pages": 21, "created": 19,
        "recognised": 3, "titles": 19,
    }  # fmt: skip
