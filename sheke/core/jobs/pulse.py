"""The sign of life of a worker: a lock that ends with its process, and what it tells of its job.

Both stand outside the job's transaction. A lock needs no clock: a worker is alive as long as its lock
is held. On PostgreSQL it is an advisory lock of a connection of its own; beside SQLite, whose writers
would have to wait for a long job, a locked file in `SHEKE_VAR/workers`.
"""

from __future__ import annotations

import fcntl
import json
import threading
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.db.utils import DatabaseError, InterfaceError
from django.utils import timezone

CLASS = 0x5EE  # our advisory locks are (CLASS, number of the worker)
BEAT = 1.0  # seconds between signs of life


@dataclass(frozen=True)
class Told:
    """How far a job has come."""

    job: str
    done: int
    total: int | None


class Pulse:
    """Holds the lock of worker `number` and passes on what it tells, in a thread of its own."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.told: Told | None = None
        self._passed_on: Told | None = None
        self._end = threading.Event()
        self._held = threading.Event()
        self._holder = _holder(number)
        self._thread = threading.Thread(target=self._beat, name="pulse", daemon=True)

    def start(self) -> None:
        """Returns when the lock is held."""
        self._thread.start()
        self._held.wait()

    def stop(self) -> None:
        self._end.set()
        self._thread.join()

    def _beat(self) -> None:
        while not self._end.is_set():
            try:
                self._holder.hold()
                self._held.set()
                if self.told != self._passed_on:
                    told = self.told
                    if told is not None:
                        self._holder.tell(told)
                    self._passed_on = told
            except (DatabaseError, InterfaceError, OSError):
                self._holder.let_go()  # the database restarts: take the lock again at the next beat
            self._end.wait(BEAT)
        self._holder.let_go()


class FileLock:
    """For SQLite: `flock` on a file, which the kernel frees when the process ends."""

    def __init__(self, number: int) -> None:
        self.path = folder() / f"{number}.lock"
        self.file: IO[str] | None = None

    def hold(self) -> None:
        if self.file is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            file = self.path.open("w")
            fcntl.flock(file, fcntl.LOCK_EX)
            self.file = file

    def tell(self, told: Told) -> None:
        path = told_path(told.job)
        new = path.with_suffix(".new")
        new.write_text(json.dumps(asdict(told) | {"at": timezone.now().timestamp()}))
        new.replace(path)

    def let_go(self) -> None:
        if self.file is not None:
            self.path.unlink(missing_ok=True)
            self.file.close()
            self.file = None


class AdvisoryLock:
    """For PostgreSQL: a session's advisory lock, freed when its connection ends."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.connection: Any = None

    def hold(self) -> None:
        if self.connection is not None:
            self._ask("SELECT 1")
            return
        self.connection = connections[DEFAULT_DB_ALIAS].copy()
        # A machine that vanishes without a word is missed within half a minute, not two hours.
        for name, value in (("idle", 10), ("interval", 5), ("count", 3)):
            self._ask(f"SET tcp_keepalives_{name} = {value}")  # fixed words
        self._ask("SELECT pg_advisory_lock(%s, %s)", CLASS, self.number)

    def tell(self, told: Told) -> None:
        self._ask(
            "UPDATE core_jobrun SET done = %s, total = %s, told_at = %s WHERE task_id = %s",
            told.done, told.total, timezone.now(), told.job,
        )  # fmt: skip

    def let_go(self) -> None:
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    def _ask(self, sql: str, *values: Any) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute(sql, values)


def _holder(number: int) -> FileLock | AdvisoryLock:
    return FileLock(number) if connection.vendor == "sqlite" else AdvisoryLock(number)


def alive(numbers: Iterable[int]) -> set[int]:
    """Those of the workers whose process runs."""
    wanted = set(numbers)
    if not wanted:
        return set()
    if connection.vendor == "sqlite":
        return {number for number in wanted if _file_is_locked(folder() / f"{number}.lock")}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT objid FROM pg_locks WHERE locktype = 'advisory' AND granted AND classid = %s"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
            [CLASS],
        )
        return wanted & {int(row[0]) for row in cursor.fetchall()}


def _file_is_locked(path: Path) -> bool:
    try:
        with path.open() as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


def folder() -> Path:
    return Path(settings.VAR) / "workers"


def told_path(job: str) -> Path:
    return folder() / f"{job}.json"


def read_told(job: str) -> tuple[Told, float] | None:
    """What was told of a job beside SQLite, and when (seconds of the epoch)."""
    try:
        data = json.loads(told_path(job).read_text())
        return Told(data["job"], data["done"], data["total"]), data["at"]
    except (OSError, ValueError, KeyError):
        return None


def forget_told(job: str) -> None:
    told_path(job).unlink(missing_ok=True)
