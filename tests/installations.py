"""Whole installations beside the test run's own database: a folder, a database, the command line."""

from __future__ import annotations

import json
import lzma
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

RELEASES = Path(__file__).parent / "upgrade"
_numbers = count(1)


@dataclass(frozen=True)
class Installation:
    """`vendor` is sqlite or postgresql, as the test run's own database is."""

    var: Path
    url: str
    vendor: str

    @property
    def environment(self) -> dict[str, str]:
        return os.environ | {
            "DJANGO_SETTINGS_MODULE": "sheke.site.settings", "SHEKE_VAR": str(self.var),
            "SHEKE_DATABASE_URL": self.url, "SHEKE_TASKS": "",
        } | {"SHEKE_TASKS": "django_tasks_db.DatabaseBackend", "SHEKE_SECRET_KEY": ""}  # fmt: skip

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """`sheke …` in this installation."""
        return self.python("-m", "sheke", *arguments, **environment)

    def python(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *arguments], env=self.environment | environment,
            capture_output=True, text=True, check=False,
        )  # fmt: skip

    def ask(self, *arguments: str) -> Any:
        """What a command that must succeed prints as JSON."""
        done = self.run(*arguments, "--json")
        assert done.returncode == 0, done.stderr or done.stdout
        return json.loads(done.stdout)

    def put_files(self, number: int = 12) -> None:
        """Attach files of some size to records."""
        done = self.python("-c", ATTACH, str(number))
        assert done.returncode == 0, done.stderr


ATTACH = """
import django, io, random, sys; django.setup()
from sheke.ledger.evidence.actions import attach_file
from sheke.ledger.models import Record
made = random.Random(7)
for n, record in enumerate(Record.objects.order_by("id")[: int(sys.argv[1])]):
    content = b"%PDF-1.4 " + made.randbytes(200_000)
    attach_file(record=record, file=io.BytesIO(content), name=f"{n}.pdf", by=None)
"""


@contextmanager
def empty(var: Path) -> Iterator[Installation]:
    """An empty machine: no tables yet."""
    var.mkdir(parents=True, exist_ok=True)
    if connection.vendor == "sqlite":
        yield Installation(var, f"sqlite:///{var / 'sheke.sqlite3'}", "sqlite")
        return
    name = f"sheke_try_{os.getpid()}_{next(_numbers)}"
    parts = settings.DATABASES["default"]
    host = parts["HOST"] or "127.0.0.1"
    server = f"postgresql://{parts['USER']}@{host}:{parts['PORT']}"
    _execute(f"{server}/postgres", f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
    try:
        yield Installation(var, f"{server}/{name}", "postgresql")
    finally:
        _execute(f"{server}/postgres", f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def released(var: Path, release: str) -> Iterator[Installation]:
    """What a release left behind, not yet upgraded."""
    with empty(var) as one:
        data = lzma.decompress((RELEASES / release / f"{one.vendor}.xz").read_bytes())
        if one.vendor == "sqlite":
            (var / "sheke.sqlite3").write_bytes(data)
        else:
            subprocess.run(
                ["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-o", os.devnull, "--dbname", one.url],
                input=data, check=True, capture_output=True,
            )  # fmt: skip
        yield one


def _execute(server: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(server, autocommit=True) as database:
        database.execute(statement)  # type: ignore[call-overload]
