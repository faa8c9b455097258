"""How the benchmarks measure."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager


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
