"""A small installation as a release leaves it, kept for the tests of upgrading (tests/upgrade/).

Run it with the code of the release, once for each database:

    git archive v0.2.0 | tar x -C /tmp/release
    PYTHONPATH=/tmp/release SHEKE_VAR=/tmp/release-var python scripts/release_fixture.py tests/upgrade/0.2.0
    PYTHONPATH=/tmp/release SHEKE_VAR=/tmp/release-var-2 SHEKE_DATABASE_URL=postgresql://… python scripts/release_fixture.py tests/upgrade/0.2.0

It takes the demonstration and keeps one record in a hundred; everything in it is invented.
"""

from __future__ import annotations

import json
import lzma
import os
import sqlite3
import subprocess
import sys
from datetime import date
from pathlib import Path

EVERY = 100
TODAY = date(2025, 6, 30)


def main(folder: Path) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sheke.site.settings")
    import django

    django.setup()
    from django.db import connection

    folder.mkdir(parents=True, exist_ok=True)
    make()
    facts = json.dumps(what_holds(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    (folder / f"{connection.vendor}.json").write_text(facts, encoding="utf-8")
    packed = lzma.compress(dumped(), preset=9 | lzma.PRESET_EXTREME)
    (folder / f"{connection.vendor}.xz").write_bytes(packed)
    print(f"{folder}/{connection.vendor}.xz: {len(packed)} bytes")


def make() -> None:
    from sheke.site.demo import build, records
    from sheke.site.installing import set_up

    whole = records.sketches
    records.sketches = lambda *given: whole(*given)[::EVERY]
    set_up()
    build.build(lambda *_step: None, today=TODAY)


def what_holds() -> dict[str, object]:
    """What must be the same after every upgrade."""
    from sheke.ledger.models import Record
    from sheke.reports.models import Figure, Snapshot

    return {
        "records": Record.objects.count(),
        "digests": sum(Record.objects.values_list("digest", flat=True)),
        "figures": {
            f"{report}/{key}": [printed, None if value is None else format(value.normalize(), "f")]
            for report, key, printed, value in Figure.objects.values_list(
                "report_id", "slot__key", "printed", "value"
            )
        },
        "seals": dict(Snapshot.objects.values_list("code", "seal")),
    }


def dumped() -> bytes:
    """The SQLite file in one piece, or what pg_dump prints."""
    from django.db import connection

    if connection.vendor == "postgresql":
        address = os.environ["SHEKE_DATABASE_URL"]
        command = ["pg_dump", "--no-owner", "--no-privileges", "--dbname", address]
        return subprocess.run(command, check=True, capture_output=True).stdout
    copy = Path(os.environ["SHEKE_VAR"]) / "copy.sqlite3"
    with sqlite3.connect(connection.settings_dict["NAME"]) as database:
        database.execute("VACUUM INTO ?", [str(copy)])
    with sqlite3.connect(copy) as database:
        database.execute("PRAGMA journal_mode=DELETE")
    return copy.read_bytes()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
