"""What a job may use while it runs: its one effect, and telling how far it has come."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import transaction

from .models import Mark
from .pulse import Pulse, Told

# The worker's pulse and the number of its job; None outside of a worker.
current: ContextVar[tuple[Pulse, str] | None] = ContextVar("job", default=None)


class Stopped(BaseException):
    """The worker must go: the job is given back. Not an Exception, so that no job swallows it."""


@contextmanager
def once(key: str = "") -> Iterator[bool]:
    """A transaction whose effect is had once, however often the job is run.

    Yields True the first time; afterwards False, and the job has nothing left to do. `key` names
    the effect; empty, it is the job itself.
    """
    running = current.get()
    key = key or (f"job:{running[1]}" if running else "")
    with transaction.atomic():
        yield not key or Mark.objects.get_or_create(key=key)[1]


def claimed(keys: Collection[str]) -> set[str]:
    """Those of the keys that somebody claimed."""
    return set(Mark.objects.filter(key__in=keys).values_list("key", flat=True))


def claim(keys: Collection[str]) -> bool:
    """Claim the keys, in the caller's transaction; none where one of them is claimed."""
    if claimed(keys):
        return False
    Mark.objects.bulk_create(Mark(key=key) for key in keys)
    return True


def release(keys: Collection[str]) -> None:
    """Let the keys be claimed again: what they stood for is at its end."""
    Mark.objects.filter(key__in=keys).delete()


def tell(done: int, total: int | None = None) -> None:
    """Say how far the job has come; shown on the pages. Outside of a worker nothing happens."""
    if running := current.get():
        pulse, job = running
        pulse.told = Told(job, done, total)
