"""The worker processes beside a server: started, started again when they die, stopped with it."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from sheke.core.jobs.parent import PARENT

PATIENCE = 10  # seconds that a page in flight or a running job may take when the server stops
SHORT, LONG = 1.0, 30.0  # seconds before a dead worker is started again, the longer the oftener
STEADY = 60.0  # seconds after which a worker's death counts as its first


class Keeper(threading.Thread):
    """Keeps one worker process running."""

    def __init__(self) -> None:
        super().__init__(name="keeper", daemon=True)
        self.ending = threading.Event()
        self.pid = 0  # 0: none runs

    def run(self) -> None:
        wait = SHORT
        while not self.ending.is_set():
            began = time.monotonic()
            self.pid = _worker()
            while not self._gone() and not self.ending.wait(0.2):
                pass
            if self.ending.is_set():
                return
            wait = SHORT if time.monotonic() - began > STEADY else min(wait * 2, LONG)
            self.ending.wait(wait / 2)

    def end(self) -> None:
        """Ask the worker to go."""
        self.ending.set()
        self.join()
        if not self._gone():
            os.kill(self.pid, signal.SIGTERM)

    def bury(self, until: float) -> None:
        """Wait for the worker until a moment of the monotonic clock, then no longer."""
        while not self._gone():
            if time.monotonic() > until:
                os.kill(self.pid, signal.SIGKILL)  # another worker will find its job
                os.waitpid(self.pid, 0)
                self.pid = 0
            time.sleep(0.05)

    def _gone(self) -> bool:
        """No worker runs (any more); what is left of a dead one is cleared away."""
        if self.pid and os.waitpid(self.pid, os.WNOHANG)[0]:
            self.pid = 0
        return not self.pid


@contextmanager
def job_workers(number: int) -> Iterator[None]:
    """So many worker processes, in sessions of their own so that Ctrl-C reaches them once."""
    keepers = [Keeper() for _n in range(number)]
    for keeper in keepers:
        keeper.start()
    try:
        yield
    finally:
        for keeper in keepers:
            keeper.end()
        until = time.monotonic() + PATIENCE + 3
        for keeper in keepers:
            keeper.bury(until)


def _worker() -> int:
    """Start a worker; its process number.

    Not by subprocess: that reads a pipe to its end, and a process for pages that is forked in the
    same moment would hold the pipe open for ever.
    """
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "sheke.site.settings", PARENT: str(os.getpid()),
    }  # fmt: skip
    command = [sys.executable, "-m", "sheke", "worker", "--patience", str(PATIENCE)]
    return os.posix_spawn(sys.executable, command, environment, setsid=True)
