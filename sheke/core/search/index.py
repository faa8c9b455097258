"""Where the tokens are kept. Two engines behind one interface; a third needs these five methods."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any, Protocol

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from .analysis import Phrase, tokens
from .sources import Document

TABLE = "core_searchwords"
Put = tuple[int, str, Document]  # number of the entry, kind, document


class SearchIndex(Protocol):
    def create(self) -> None: ...
    def put(self, rows: Iterable[Put]) -> None: ...
    def remove(self, entries: Sequence[int]) -> None: ...
    def find(
        self,
        phrases: Sequence[Phrase],
        *,
        kind: str,
        within: Collection[int] | None,
        title: bool,
        limit: int,
    ) -> list[int]:
        """Numbers of entries of a kind, the latest first. title: in the title only, else anywhere."""
        ...  # fmt: skip


def search_index(using: BaseDatabaseWrapper | None = None) -> SearchIndex:
    """The engine of the database in use."""
    database = using or connection
    return (PostgresIndex if database.vendor == "postgresql" else SqliteIndex)(database)


class SqliteIndex:
    """An FTS5 table whose columns are strings of tokens."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection

    def create(self) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute(
                f"CREATE VIRTUAL TABLE IF NOT EXISTS {TABLE} USING fts5"
                "(title, body, kind, seen, prefix='1', tokenize='unicode61 remove_diacritics 0')"
            )

    def put(self, rows: Iterable[Put]) -> None:
        values = [
            (number, " ".join(tokens(d.title)), " ".join(tokens(d.text)), f"kind{kind}",
             " ".join(f"unit{organisation}" for organisation in d.organisations))
            for number, kind, d in rows
        ]  # fmt: skip
        with self.connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT OR REPLACE INTO {TABLE} (rowid, title, body, kind, seen) "  # noqa: S608
                "VALUES (%s, %s, %s, %s, %s)",
                values,
            )

    def remove(self, entries: Sequence[int]) -> None:
        with self.connection.cursor() as cursor:
            cursor.executemany(
                f"DELETE FROM {TABLE} WHERE rowid = %s",  # noqa: S608
                [(entry,) for entry in entries],
            )

    def find(
        self, phrases: Sequence[Phrase], *, kind: str, within: Collection[int] | None,
        title: bool, limit: int,
    ) -> list[int]:  # fmt: skip
        columns = "{title}" if title else "{title body}"
        wanted = " AND ".join(f"{columns} : {_quoted(p)}" for p in phrases if not p.excluded)
        match = f"({wanted}) AND kind : kind{kind}"
        if within is not None:
            units = " OR ".join(f"unit{number}" for number in within)
            match += f" AND seen : ({units})"
        for phrase in phrases:
            if phrase.excluded:
                match = f"({match}) NOT {{title body}} : {_quoted(phrase)}"
        with self.connection.cursor() as cursor:
            cursor.execute(
                f"SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s "  # noqa: S608
                "ORDER BY rowid DESC LIMIT %s",
                [match, limit],
            )
            return [number for (number,) in cursor.fetchall()]


def _quoted(phrase: Phrase) -> str:
    return f'"{" ".join(phrase.tokens)}"' + (" *" if phrase.prefix else "")


class PostgresIndex:
    """A table of vectors that are written and asked literally, so that no locale has a say."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection

    def create(self) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute(
                f"CREATE TABLE IF NOT EXISTS {TABLE} (entry bigint PRIMARY KEY, kind text NOT NULL, "
                "title tsvector NOT NULL, body tsvector NOT NULL, seen bigint[] NOT NULL)"
            )
            for column in ("title", "body"):
                cursor.execute(
                    f"CREATE INDEX IF NOT EXISTS {TABLE}_{column} ON {TABLE} USING gin ({column})"
                )

    def put(self, rows: Iterable[Put]) -> None:
        values = []
        for number, kind, d in rows:
            title = tokens(d.title)
            body = [*title, *tokens(d.text)]
            values.append((number, kind, _vector(title), _vector(body), list(d.organisations)))
        with self.connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {TABLE} (entry, kind, title, body, seen) "  # noqa: S608
                "VALUES (%s, %s, %s::tsvector, %s::tsvector, %s) ON CONFLICT (entry) DO UPDATE "
                "SET kind = excluded.kind, title = excluded.title, body = excluded.body, "
                "seen = excluded.seen",
                values,
            )

    def remove(self, entries: Sequence[int]) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {TABLE} WHERE entry = ANY(%s)", [list(entries)])  # noqa: S608

    def find(
        self, phrases: Sequence[Phrase], *, kind: str, within: Collection[int] | None,
        title: bool, limit: int,
    ) -> list[int]:  # fmt: skip
        wanted = " & ".join(("!" if p.excluded else "") + f"({_asked(p)})" for p in phrases)
        column = "title" if title else "body"
        scope = ""
        values: list[object] = [wanted, kind]
        if within is not None:
            scope = "AND seen && %s::bigint[]"
            values.append(list(within))
        with self.connection.cursor() as cursor:
            cursor.execute(
                f"SELECT entry FROM {TABLE} WHERE {column} @@ %s::tsquery AND kind = %s "  # noqa: S608
                f"{scope} ORDER BY entry DESC LIMIT %s",
                [*values, limit],
            )
            return [number for (number,) in cursor.fetchall()]


def _vector(words: Sequence[str]) -> str:
    return " ".join(f"'{word}':{place}" for place, word in enumerate(words[:16_000], 1))


def _asked(phrase: Phrase) -> str:
    words = [f"'{word}'" for word in phrase.tokens]
    if phrase.prefix:
        words[-1] += ":*"
    return " <-> ".join(words)
