"""The holdings in memory: the mapped segment, what was taken in since, and asking both.

A process keeps what it has read. Before each question it asks the database for the number of rows and the
newest of them: only when these changed does it look which rows came and went.
"""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from django.conf import settings
from django.db import connection
from django.db.models import Count, Sum
from numpy.typing import NDArray

from ..models.passages import Fingerprint
from .characters import Codes
from .finding import Found, find
from .holdings import documents, microseconds
from .mapped import Document, newest, write
from .segment import Segment, segment_of
from .winnowing import VERSION

TAIL = 5_000  # documents beyond the mapped segment; with more it is made anew at once
TAILS = 6  # segments in memory before they are put together
SAMPLE = 64  # rows by which a mapped segment is known to be this database's


@dataclass(eq=False)
class _Part:
    """A segment with those of its texts that are gone."""

    segment: Segment
    taken: NDArray[np.int64]
    gone: NDArray[np.bool_] = field(init=False)

    def __post_init__(self) -> None:
        self.gone = np.zeros(len(self.segment), bool)

    def __len__(self) -> int:
        return len(self.segment)

    def standing(self) -> list[int]:
        """Those that are not gone."""
        return [int(key) for key in self.segment.keys[~self.gone]]


@dataclass(frozen=True, eq=False)
class View:
    """The holdings as they were at one moment."""

    parts: tuple[_Part, ...]

    def __len__(self) -> int:
        return sum(int((~part.gone).sum()) for part in self.parts)

    def find(
        self, codes: Codes, *, minimum: int, bound: int, leave_out: Sequence[int] = ()
    ) -> Found:
        """leave_out: numbers of fingerprints that are not compared with."""
        without = [part.gone | np.isin(part.segment.keys, leave_out) for part in self.parts]
        return find(
            codes, [part.segment for part in self.parts], minimum=minimum, bound=bound,
            without=without,
        )  # fmt: skip

    def keys_of(self, found: Found) -> NDArray[np.int64]:
        """By span, the number of the fingerprint."""
        keys = np.zeros(len(found.spans), np.int64)
        for n, part in enumerate(self.parts):
            here = found.spans.segments == n
            keys[here] = part.segment.keys[found.spans.texts[here]]
        return keys


class Holdings:
    """What one process knows of the holdings of one database."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = Lock()
        self._state: tuple[Any, ...] = ()
        self._folder_state: Any = None
        self._base: _Part | None = None
        self._tails: list[_Part] = []

    def view(self) -> View:
        """The holdings as they are now."""
        with self._lock:
            self._read_base()
            state = _state()
            if state != self._state:
                self._follow()
                self._state = state
            return View(tuple(self._parts()))

    def rebuild(self) -> int:
        """Write the mapped segment anew; the number of its documents."""
        with _only_one(self.folder):
            name = f"{VERSION}-{time.time_ns()}"
            write(self.folder, documents(_rows()), name)
        return len(self.view())

    def waiting(self) -> int:
        """How many documents are not in the mapped segment."""
        self.view()
        return sum(map(len, self._tails))

    def _read_base(self) -> None:
        """Take up the newest mapped segment, if it is another than before and of this database."""
        found = newest(self.folder)
        if (found.folder if found else None) == self._folder_state and self._state:
            return
        self._folder_state = found.folder if found else None
        part = _Part(found.segment, found.taken) if found else None
        fits = found is not None and found.folder.name.startswith(f"{VERSION}-")
        self._base = part if part and fits and _is_ours(part) else None
        self._tails, self._state = [], ()

    def _follow(self) -> None:
        """See which rows are new and which are gone.

        Rows that are new by their number are enough where all rows then make the same count and sum; else
        some are gone, or another transaction ended that had taken a lower number before.
        """
        if not all(map(_is_ours, self._parts())):
            self._base, self._tails = None, []  # the database was put back to another day
        last = max((int(part.segment.keys[-1]) for part in self._parts() if len(part)), default=0)
        new = list(_rows().filter(id__gt=last).order_by("id").values_list("id", flat=True))
        standing = [part.segment.keys[~part.gone] for part in self._parts()]
        known = [len(new) + sum(map(len, standing)), sum(new) + sum(int(k.sum()) for k in standing)]
        if known != list(_rows().aggregate(Count("id"), Sum("id", default=0)).values()):
            rows = np.fromiter(_rows().values_list("id", flat=True).iterator(), np.int64)
            for part in self._parts():
                part.gone = ~np.isin(part.segment.keys, rows)
            held = [part.segment.keys for part in self._parts()]
            new = sorted(np.setdiff1d(rows, np.concatenate([rows[:0], *held])).tolist())
        if len(new) + sum(map(len, self._tails)) > TAIL:
            self._write_base()
        elif new:
            if len(self._tails) >= TAILS:
                new = sorted({*new, *(key for tail in self._tails for key in tail.standing())})
                self._tails = []
            self._tails.append(_in_memory(new))

    def _parts(self) -> list[_Part]:
        return [part for part in (self._base, *self._tails) if part is not None]

    def _write_base(self) -> None:
        with _only_one(self.folder):
            write(self.folder, documents(_rows()), f"{VERSION}-{time.time_ns()}")
        found = newest(self.folder)
        self._folder_state = found.folder if found else None
        self._base = _Part(found.segment, found.taken) if found else None
        self._tails = []


def holdings() -> Holdings:
    """The holdings of the database in use."""
    name = str(connection.settings_dict["NAME"])
    return _holdings(name, Path(settings.LIBRARY_PASSAGES_FOLDER))


@cache
def _holdings(database: str, folder: Path) -> Holdings:
    return Holdings(folder)


def _rows() -> Any:
    return Fingerprint.objects.filter(version=VERSION)


def _state() -> tuple[Any, ...]:
    """How many rows there are, and the newest.

    A row that comes late while another one goes leaves both as they were: it is seen with the next change.
    """
    last = _rows().order_by("-id").values_list("id", "taken_at").first()
    return (_rows().count(), last)


def _in_memory(keys: Sequence[int]) -> _Part:
    found: list[Document] = []
    for n in range(0, len(keys), 500):
        found += documents(_rows().filter(id__in=keys[n : n + 500]))
    segment = segment_of(
        [d.key for d in found], [d.codes for d in found], [d.prints for d in found]
    )
    return _Part(segment, np.array([d.taken for d in found], np.int64))


def _is_ours(part: _Part) -> bool:
    """Whether its rows are in the database as they were, by some and the last of them."""
    keys = part.segment.keys
    step = max(1, len(keys) // (SAMPLE // 2))
    chosen = np.union1d(np.arange(0, len(keys), step), np.arange(len(keys))[-SAMPLE // 2 :])
    taken = dict(zip(keys[chosen].tolist(), part.taken[chosen].tolist(), strict=True))
    there = _rows().filter(id__in=list(taken)).values_list("id", "taken_at")
    return all(taken[key] == microseconds(when) for key, when in there)


@contextmanager
def _only_one(folder: Path) -> Iterator[None]:
    """One process writes at a time; another waits and then writes what is newer."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
