"""Run in an installation of its own: backups and restores that are killed, or made while people post.

`python -m tests.site.backup.trials VERB …` prints what it saw as JSON; the tests judge it. One process
starts Django once and forks for each trial.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402

from sheke.core import audit  # noqa: E402
from sheke.core.models import AuditEvent  # noqa: E402
from sheke.site.backup import contents  # noqa: E402
from sheke.site.backup.making import finished, make_backup  # noqa: E402
from sheke.site.backup.opening import opened  # noqa: E402
from sheke.site.backup.restoring import restore, unfinished  # noqa: E402

VAR = Path(settings.VAR)


def kill_backups(number: int) -> list[dict[str, Any]]:
    """Kill so many backups; after each, what the folder holds, and whether the next one works."""
    folder = VAR / "trial-backups"
    # The first one takes longer than those that will be killed.
    whole = min(duration(lambda: make_backup(VAR / "trial-first", keep=1)) for _time in range(3))
    seen = []
    for n, moment in enumerate(moments(number, whole)):
        if n % 2 == 0:  # files to copy; else backups to take away
            shutil.rmtree(folder, ignore_errors=True)
        killed = forked(lambda: make_backup(folder, keep=1), moment)
        sound = all(holds(path) for path in finished(folder)) if folder.exists() else True
        path, manifest = make_backup(folder)
        left = [p.name for p in folder.rglob("*") if ".unfinished" in p.name or ".new-" in p.name]
        again = holds(path) and manifest.files >= 12
        seen.append({"killed": killed, "sound": sound, "again": again, "left": left})
    return seen


def kill_restores(number: int) -> list[dict[str, Any]]:
    """Kill so many restores of a newer state; after each, which state is there and what marks it."""
    older, _manifest = make_backup(VAR / "older")
    audit.record("trial.later", by=None)
    newer, _manifest = make_backup(VAR / "newer")
    ends = {restored(older): "older", restored(newer): "newer"}
    restored(older)
    whole = duration(lambda: restore(newer, replace=True))
    seen = []
    for moment in moments(number, whole):
        restored(older)
        shutil.rmtree(VAR / "files", ignore_errors=True)
        killed = forked(lambda: restore(newer, replace=True), moment)
        mark = unfinished()
        state = ends.get(last_event(), "mixed")
        restore(newer, replace=True)
        seen.append({
            "killed": killed, "state": state, "marked": mark is not None, "whole": whole_now(newer),
            "again": ends.get(last_event()), "mark_left": unfinished() is not None,
        })  # fmt: skip
    return seen


def post_meanwhile(number: int) -> list[dict[str, Any]]:
    """Make so many backups while another process posts without a pause."""
    seen = []
    for _n in range(number):
        read, write = os.pipe()
        connection.close()
        writer = os.fork()
        if not writer:
            post_forever(write)
        os.close(write)
        acknowledged = [int(os.read(read, 21)) for _ in range(20)]
        os.set_blocking(read, False)
        while more := waiting(read):
            acknowledged += more
        path, manifest = make_backup(VAR / "meanwhile")
        time.sleep(0.05)
        after = len(waiting(read))
        os.kill(writer, signal.SIGKILL)
        _pid, status = os.waitpid(writer, 0)
        connection.close()
        there = manifest.audit["last"]
        seen.append({
            "holds_all": there >= acknowledged[-1], "went_on": after,
            "ended_by": os.WTERMSIG(status) if os.WIFSIGNALED(status) else None,
            "sound": holds(path), "later": last_event() > there,
        })  # fmt: skip
    return seen


def post_forever(pipe: int) -> None:
    try:
        while True:
            event = audit.record("trial.post", by=None)  # committed when this returns
            os.write(pipe, b"%020d\n" % event.pk)
    finally:
        os._exit(1)


def waiting(pipe: int) -> list[int]:
    try:
        return [int(part) for part in os.read(pipe, 21 * 100_000).split()]
    except BlockingIOError:
        return []


def forked(work: Callable[[], object], moment: float) -> bool:
    """Do the work in another process and kill it at the moment; whether it was still at it."""
    connection.close()
    child = os.fork()
    if not child:
        try:
            work()
        finally:
            os._exit(0)
    time.sleep(moment)
    os.kill(child, signal.SIGKILL)
    _pid, status = os.waitpid(child, 0)
    time.sleep(0.05 if connection.vendor == "postgresql" else 0)  # its psql sees the end
    return os.WIFSIGNALED(status)


def moments(number: int, whole: float) -> list[float]:
    """Spread over the whole, each at random in its part; the first ones after the process began."""
    dice = random.Random(20261121)
    return [whole * (n + dice.random()) / number for n in range(number)]


def duration(work: Callable[[], object]) -> float:
    began = time.monotonic()
    work()
    return time.monotonic() - began


def holds(path: Path) -> bool:
    """Whether every member and every content of a backup is what the manifest says."""
    work = Path(tempfile.mkdtemp(dir=VAR))
    try:
        with opened(path, work) as backup:
            return all(contents.sound(backup.pool, named) for named in backup.files())
    finally:
        shutil.rmtree(work)


def whole_now(path: Path) -> bool:
    """Whether the storage holds every file of the backup."""
    with opened(path, VAR) as backup:
        return all(contents.in_storage(named) for named in backup.files())


def restored(path: Path) -> int:
    restore(path, replace=True)
    return last_event()


def last_event() -> int:
    connection.close()
    number = AuditEvent.objects.order_by("id").values_list("id", flat=True).last() or 0
    connection.close()
    return number


if __name__ == "__main__":
    verb = {"backup": kill_backups, "restore": kill_restores, "posting": post_meanwhile}[
        sys.argv[1]
    ]
    print(json.dumps(verb(int(sys.argv[2]))))
