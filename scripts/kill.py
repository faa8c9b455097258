"""kill -9 of web, worker and database at random moments: is every acknowledged write there once?

uv run python scripts/kill.py --rounds 50 --database postgres --json
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.durability.offices import Office
from tests.durability.rounds import play


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--json", action="store_true", help="print the result as JSON alone")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="sheke-kill-") as folder:
        office = Office(Path(folder), given.database, port=given.port)
        try:
            found = play(
                office, rounds=given.rounds, seed=given.seed,
                say=lambda line: print(line, file=sys.stderr, flush=True),
            )  # fmt: skip
        finally:
            office.close()
    print(json.dumps(found, ensure_ascii=False) if given.json else found)
    sys.exit(bool(found["faults"]))


if __name__ == "__main__":
    main()
