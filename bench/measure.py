"""How the benchmarks measure."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def timed(results: dict[str, object], key: str, places: int = 4) -> Iterator[None]:
    """Put `{"cpu", "wall"}` seconds of the block under `key`."""
    cpu, wall = time.process_time(), time.perf_counter()
    yield
    results[key] = {
        "cpu": round(time.process_time() - cpu, places),
        "wall": round(time.perf_counter() - wall, places),
    }


def rss_mb() -> float:
    """The largest resident memory of this process so far."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)


def read_once(folder: Path) -> None:
    """Read all files of a folder, as they have been after a day of use: from then on they are in memory,
    as far as there is room. Who has just written gigabytes may have lost some of it.
    """
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                while file.read(1 << 20):
                    pass
