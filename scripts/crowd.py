"""Secretaries who all post records at once, over HTTP: errors, p50, p95, posts a second.

uv run python scripts/crowd.py --secretaries 50 --database sqlite --json
uv run python scripts/crowd.py --secretaries 200 --database postgres --json
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections import Counter
from http.client import HTTPException
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.durability.clients import Browser
from tests.durability.offices import Office


class Poster(Thread):
    """One secretary, who posts `number` records one after the other."""

    def __init__(self, browser: Browser, name: str, number: int, start: Barrier) -> None:
        super().__init__(daemon=True)
        self.browser, self.label, self.number, self.gate = browser, name, number, start
        self.times: list[float] = []
        self.errors: Counter[str] = Counter()

    def run(self) -> None:
        self.gate.wait()
        for n in range(self.number):
            began = time.perf_counter()
            try:
                status, _where = self.browser.post_record(f"{self.label}-{n}")
            except (OSError, HTTPException) as error:
                self.errors[type(error).__name__] += 1
                continue
            if status == 302:
                self.times.append(time.perf_counter() - began)
            else:
                self.errors[str(status)] += 1


def crowd(office: Office, secretaries: int, posts: int, processes: int) -> dict[str, Any]:
    say("making the tables and the people")
    office.sheke("migrate", "--verbosity", "0")
    people = office.python("tests.durability.world", str(secretaries))["secretaries"]
    say("starting the server")
    office.serve("--workers", str(processes))
    gate = Barrier(secretaries + 1)
    posters = [
        Poster(Browser(office.port, **person, timeout=300), f"s{n}", posts, gate)
        for n, person in enumerate(people)
    ]
    for poster in posters:
        poster.start()
    gate.wait()
    began = time.perf_counter()
    for number, poster in enumerate(posters, start=1):
        poster.join()
        if number % 10 == 0:
            say(f"{number} have posted their {posts}, {time.perf_counter() - began:.0f} s")
    seconds = time.perf_counter() - began
    times = sorted(second for poster in posters for second in poster.times)
    errors = sum((poster.errors for poster in posters), Counter())
    return {
        "database": office.kind, "secretaries": secretaries, "processes": processes,
        "posts": len(times), "errors": dict(errors),
        "p50_ms": round(times[len(times) // 2] * 1000) if times else None,
        "p95_ms": round(times[int(len(times) * 0.95)] * 1000) if times else None,
        "posts_per_second": round(len(times) / seconds, 1),
    }  # fmt: skip


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--secretaries", type=int, default=50)
    parser.add_argument("--posts", type=int, default=10, help="of each")
    parser.add_argument("--processes", type=int, default=2, help="for the pages")
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="sheke-crowd-") as folder:
        office = Office(Path(folder), given.database, port=given.port)
        try:
            found = crowd(office, given.secretaries, given.posts, given.processes)
        finally:
            office.close()
    print(json.dumps(found) if given.json else found)
    sys.exit(bool(found["errors"]))


if __name__ == "__main__":
    main()
