"""A place of its own where a backup is restored to see whether it holds."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.db import connection
from django.utils.translation import gettext as _

from sheke.core.errors import BadInput


@dataclass(frozen=True)
class Place:
    """An installation beside the real one: its folder and its database."""

    var: Path
    url: str

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """`sheke …` in this place."""
        environment = os.environ | {
            "SHEKE_VAR": str(self.var), "SHEKE_DATABASE_URL": self.url,
            "DJANGO_SETTINGS_MODULE": "sheke.site.settings", "SHEKE_SECRET_KEY": "scratch" * 8,
        }  # fmt: skip
        return subprocess.run(  # noqa: S603
            [sys.executable, "-m", "sheke", *arguments],
            env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip

    def migrate(self) -> None:
        """Bring the tables up to this version. Raises BadInput with what went wrong."""
        done = self.run("migrate", "--verbosity", "0")
        if done.returncode:
            lines = done.stderr.strip().splitlines()
            raise BadInput(
                _("The tables could not be brought up to date: %(why)s") % {"why": lines[-1]}
            )

    def ask(self, *arguments: str) -> tuple[bool, Any]:
        """Whether a command with --json succeeds, and what it prints."""
        done = self.run(*arguments, "--json")
        try:
            return done.returncode == 0, json.loads(done.stdout)
        except ValueError:
            return False, done.stderr.strip()[-300:]


def sqlite_place(work: Path, database: Path) -> Place:
    return Place(work, f"sqlite:///{database.absolute()}")


@contextmanager
def postgres_place(work: Path) -> Iterator[tuple[Place, str]]:
    """A new database on our server, dropped afterwards; with its name."""
    from django.db import DatabaseError

    name = f"sheke_verify_{os.getpid()}"
    wrapper = connection.copy()
    try:
        with wrapper._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
            cursor.execute(f"CREATE DATABASE \"{name}\" TEMPLATE template0 ENCODING 'UTF8'")
    except DatabaseError as error:
        raise BadInput(
            _(
                "A database to try the backup in could not be made (%(why)s). Let the user: ALTER ROLE … CREATEDB"
            )
            % {"why": str(error).strip()}
        ) from None
    try:
        yield Place(work, _url(name)), name
    finally:
        with wrapper._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _url(name: str) -> str:
    settings = connection.settings_dict
    parts = {"host": settings["HOST"], "port": settings["PORT"], "user": settings["USER"],
             "password": settings["PASSWORD"]}  # fmt: skip
    options = {k: v for k, v in settings.get("OPTIONS", {}).items() if isinstance(v, str)}
    query = {k: v for k, v in (options | parts).items() if v}
    return f"postgresql:///{name}?{urlencode(query)}"
