"""Databases with their tables, made once for all tests that do not kill them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from .offices import Office

NAME = "sheke.sqlite3"


@pytest.fixture(scope="session")
def sqlite_tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with all tables and nothing in them."""
    folder = tmp_path_factory.mktemp("tables")
    made = Office(folder, "sqlite")
    made.sheke("migrate", "--verbosity", "0")
    made.close()
    return folder / "var" / NAME


@pytest.fixture(scope="session")
def postgres_tables(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of such a database in a PostgreSQL of its own, to be copied."""
    made = Office(tmp_path_factory.mktemp("tables"), "postgres")
    try:
        made.sheke("migrate", "--verbosity", "0")
        yield made.env["SHEKE_DATABASE_URL"]
    finally:
        made.close()


@pytest.fixture(params=["sqlite", "postgres"])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    """An installation with tables, on either database."""
    if request.param == "sqlite":
        made = with_tables(tmp_path, request.getfixturevalue("sqlite_tables"))
    elif shutil.which("runuser"):
        template = request.getfixturevalue("postgres_tables")
        made = Office(tmp_path, "postgres", url=_copied(template, tmp_path.name))
    else:
        pytest.skip("no PostgreSQL server on this machine")
    yield made
    made.close()


def with_tables(folder: Path, tables: Path) -> Office:
    """An installation on a copy of the database file."""
    made = Office(folder, "sqlite")
    (folder / "var").mkdir()
    shutil.copy(tables, folder / "var" / NAME)
    return made


def _copied(template: str, folder: str) -> str:
    server, _slash, name = template.rpartition("/")
    copy = "".join(c if c.isalnum() else "_" for c in folder)[-50:]
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{copy}" TEMPLATE "{name}"')
    return f"{server}/{copy}"
