"""The worker: takes one job after the other, starts what is due, takes up what dead workers left."""

from __future__ import annotations

import logging
import os
import signal
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from traceback import format_exception
from types import FrameType
from typing import Any

from django.db import InterfaceError, OperationalError, close_old_connections, connection
from django.utils.translation import gettext as _
from django_tasks.base import TaskContext
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import normalize_uuid

from sheke.core.errors import BadInput

from . import claiming
from .models import Worker
from .pulse import Pulse
from .running import Stopped, current
from .ticking import Ticker

log = logging.getLogger("sheke.jobs")
IDLE = 1.0  # seconds between looks for work
LOOK = 5.0  # seconds between looks for what dead workers left
# PostgreSQL frees all locks when it restarts; the living take theirs again within a few seconds.
GRACE = {"sqlite": 0.0, "postgresql": 6.0}


class Runner:
    """One worker process. `patience`: seconds that a running job may take after a signal to stop."""

    def __init__(self, *, patience: float, until_idle: bool = False) -> None:
        self.patience = patience
        self.until_idle = until_idle
        self.stopping = False
        self.busy = False
        self.ran = 0
        self.missed: dict[int, float] = {}
        self.looked = float("-inf")
        self.ticker = Ticker()
        self.grace = GRACE.get(connection.vendor, 6.0)

    def run(self) -> int:
        """Work until a signal, or until nothing is left with `until_idle`; how many jobs ran."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        signal.signal(signal.SIGALRM, self._give_up)
        self.worker = _registered()
        self.pulse = Pulse(self.worker.pk)
        self.pulse.start()
        try:
            while not self.stopping and (self._turn() or not self._may_leave()):
                pass
        finally:
            self.pulse.stop()
            with suppress(OperationalError, InterfaceError):
                Worker.objects.filter(pk=self.worker.pk).delete()
        return self.ran

    def _turn(self) -> bool:
        """One look for work; True when a job ran."""
        close_old_connections()
        try:
            self._look_around()
            job = claiming.claim(self.worker)
        except (OperationalError, InterfaceError) as error:
            log.warning("the database does not answer: %s", type(error).__name__)
            connection.close()
            self._sleep(IDLE)
            return False
        if job is None:
            if not self.until_idle:
                self._sleep(IDLE)
            return False
        self._run(job)
        self.ran += 1
        return True

    def _look_around(self) -> None:
        now = time.monotonic()
        if now - self.looked >= LOOK or self.until_idle:
            self.looked = now
            claiming.take_up_orphans(self.missed, now, self.grace)
        self.ticker.tick()

    def _may_leave(self) -> bool:
        """Nothing waits, and nothing is left of workers that may be dead."""
        if not self.until_idle:
            return False
        if self.missed:
            self._sleep(IDLE)
            return False
        return not DBTaskResult.objects.ready().exists()

    def _run(self, job: DBTaskResult) -> None:
        """Run the job and settle it, whatever happens."""
        self.pulse.told = None
        token = current.set((self.pulse, normalize_uuid(job.pk)))
        self.busy = True
        try:
            result = _call(job)
            self.busy = False
            _patiently(lambda: claiming.finish(job, result, self.pulse.told))
        except Stopped:
            self.busy = False
            log.warning("job %s is given back", job.pk)
            _patiently(lambda: claiming.give_back(job))
        except (OperationalError, InterfaceError) as error:
            log.warning("job %s lost the database: %s", job.pk, type(error).__name__)
            self.busy = False
            connection.close()
            time.sleep(IDLE)
            text = _("The database did not answer, several times.")
            _patiently(lambda: claiming.try_again(job, reason=text))
        except Exception as error:
            log.error("job %s (%s) failed: %s", job.pk, job.task_path, type(error).__name__)
            self.busy = False
            kind, text, trace = _described(error)
            _patiently(lambda: claiming.fail(job, kind=kind, reason=text, traceback=trace))
        finally:
            self.busy = False
            signal.alarm(0)
            current.reset(token)

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self.stopping = True
        if self.busy:
            signal.setitimer(signal.ITIMER_REAL, max(self.patience, 0.01))

    def _give_up(self, _number: int, _frame: FrameType | None) -> None:
        if self.busy:
            raise Stopped

    def _sleep(self, seconds: float) -> None:
        """Sleep in short pieces, so that a signal is soon obeyed."""
        end = time.monotonic() + seconds
        while not self.stopping and (left := end - time.monotonic()) > 0:
            time.sleep(min(left, 0.1))


def _registered() -> Worker:
    return Worker.objects.create(host=socket.gethostname()[:200], pid=os.getpid())


def _call(job: DBTaskResult) -> object:
    result: Any = job.task_result
    first = (TaskContext(task_result=result),) if result.task.takes_context else ()
    return result.task.call(*first, *result.args, **result.kwargs)


def _described(error: Exception) -> tuple[str, str, str]:
    """Kind, a reason for the page, and the traceback.

    The words of an error may hold what somebody entered: only those meant for people are kept, and of
    the others the kind and the places in the code.
    """
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    if isinstance(error, BadInput):
        return kind, str(error), ""
    where = "".join(format_exception(type(error), None, error.__traceback__)).rstrip()
    reason = _("An error of the program: %(kind)s. Its place is in the details.")
    return kind, reason % {"kind": type(error).__name__}, where


def _patiently(settle: Callable[[], object], tries: int = 60) -> None:
    """Settle a job, also when the database is away for a minute; afterwards others will take it up."""
    for _n in range(tries):
        try:
            settle()
        except (OperationalError, InterfaceError):
            connection.close()
            time.sleep(IDLE)
        else:
            return
