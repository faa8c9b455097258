"""Settings from the environment: read by type, refused with the name of the variable."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from sheke.site import env

NAME = "SHEKE_TEST"


@pytest.mark.parametrize(
    ("value", "read"), [("true", True), ("ON", True), ("0", False), ("no", False), ("", True)]
)
def test_flag(monkeypatch, value, read):
    monkeypatch.setenv(NAME, value)
    assert env.flag(NAME, default=True) is read


@pytest.mark.parametrize(
    ("reader", "value"),
    [
        (lambda: env.flag(NAME), "perhaps"),
        (lambda: env.number(NAME, 1), "many"),
        (lambda: env.database(NAME, Path("x")), "mysql://host/name"),
        (lambda: env.database(NAME, Path("x")), "sqlite:///"),
    ],
)
def test_a_wrong_value_is_refused_by_name(monkeypatch, reader, value):
    monkeypatch.setenv(NAME, value)
    with pytest.raises(ImproperlyConfigured, match=NAME):
        reader()


def test_numbers_names_and_folders(monkeypatch, tmp_path):
    monkeypatch.setenv(NAME, " 7 ")
    assert env.number(NAME, 1) == 7
    monkeypatch.setenv(NAME, "a, b,,")
    assert env.names(NAME) == ["a", "b"]
    monkeypatch.setenv(NAME, str(tmp_path))
    assert env.folder(NAME, Path("/elsewhere")) == tmp_path
    monkeypatch.delenv(NAME)
    assert env.folder(NAME, Path("/elsewhere")) == Path("/elsewhere")
    assert env.names(NAME, ("x",)) == ["x"]


def test_sqlite_waits_for_other_writers(monkeypatch):
    monkeypatch.setenv(NAME, "sqlite:////data/office.sqlite3")
    read = env.database(NAME, Path("unused"))
    assert read["NAME"] == Path("/data/office.sqlite3")
    assert read["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    monkeypatch.delenv(NAME)
    assert env.database(NAME, Path("default.sqlite3"))["NAME"] == Path("default.sqlite3")


def test_postgresql(monkeypatch):
    monkeypatch.setenv(NAME, "postgresql://office:p%40ss@db.example:5433/sheke?sslmode=require")
    read = env.database(NAME, Path("unused"))
    told = (read["USER"], read["PASSWORD"], read["HOST"], read["PORT"], read["NAME"])
    assert told == ("office", "p@ss", "db.example", "5433", "sheke")
    assert read["OPTIONS"] == {"sslmode": "require"}
    monkeypatch.setenv(NAME, "postgres:///sheke?host=/run/postgresql")
    assert env.database(NAME, Path("unused"))["HOST"] == "/run/postgresql"
