"""The keeper of a worker process: started again when it dies, ended with the server."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable

import pytest

from sheke.site import supervising


@pytest.fixture
def keeper(monkeypatch):
    monkeypatch.setattr(supervising, "SHORT", 0.05)
    code = "import time; time.sleep(60)"

    def spawn() -> int:
        return os.posix_spawn(sys.executable, [sys.executable, "-c", code], os.environ, setsid=True)

    monkeypatch.setattr(supervising, "_worker", spawn)
    made = supervising.Keeper()
    made.start()
    yield made
    made.end()
    made.bury(time.monotonic())


def until(true: Callable[[], object]) -> None:
    end = time.monotonic() + 20
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_a_killed_worker_is_started_again(keeper):
    until(lambda: keeper.pid)
    first = keeper.pid
    os.kill(first, signal.SIGKILL)
    until(lambda: keeper.pid not in (0, first))


def test_no_process_is_left_when_the_server_stops(keeper):
    until(lambda: keeper.pid)
    worker = keeper.pid
    keeper.end()
    keeper.bury(time.monotonic() + 10)
    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)
