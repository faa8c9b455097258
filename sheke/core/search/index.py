"""Where the tokens are kept: a table for each kind of subject, so that a word which stands in a million
records costs nothing where people are sought. Two engines behind one interface; a third needs these methods.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any, Protocol

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from .analysis import Phrase, tokens
from .sources import Document


class SearchIndex(Protocol):
    def create(self) -> None: ...
    def put(self, rows: Iterable[tuple[int, Document]]) -> None:
        """Index documents under the numbers of their entries."""
        ...

    def remove(self, entries: Sequence[int]) -> None: ...
    def find(
        self, phrases: Sequence[Phrase], *, within: Collection[int] | None, title: bool, limit: int
    ) -> list[int]:
        """Numbers of entries, the latest first. title: in the title only, else anywhere. within: seen
        through one of these organisations.
        """
        ...


def search_index(kind: str, using: BaseDatabaseWrapper | None = None) -> SearchIndex:
    """The index of one kind of subject, in the engine of the database in use."""
    database = using or connection
    engine = PostgresIndex if database.vendor == "postgresql" else SqliteIndex
    return engine(database, f"core_search_{kind}")


class SqliteIndex:
    """An FTS5 table whose columns are strings of tokens."""

    def __init__(self, connection: Any, table: str) -> None:
        self.connection, self.table = connection, table

    def create(self) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute(
                f"CREATE VIRTUAL TABLE IF NOT EXISTS {self.table} USING fts5"
                "(title, body, seen, prefix='1', tokenize='unicode61 remove_diacritics 0')"
            )

    def put(self, rows: Iterable[tuple[int, Document]]) -> None:
        values = [
            (number, " ".join(tokens(d.title)), " ".join(tokens(d.text)),
             " ".join(f"unit{organisation}" for organisation in d.organisations))
            for number, d in rows
        ]  # fmt: skip
        with self.connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT OR REPLACE INTO {self.table} (rowid, title, body, seen) "  # noqa: S608
                "VALUES (%s, %s, %s, %s)",
                values,
            )

    def remove(self, entries: Sequence[int]) -> None:
        with self.connection.cursor() as cursor:
            cursor.executemany(
                f"DELETE FROM {self.table} WHERE rowid = %s",  # noqa: S608
                [(entry,) for entry in entries],
            )

    def find(
        self, phrases: Sequence[Phrase], *, within: Collection[int] | None, title: bool, limit: int
    ) -> list[int]:
        columns = "{title}" if title else "{title body}"
        match = " AND ".join(f"{columns} : {_quoted(p)}" for p in phrases if not p.excluded)
        if within is not None:
            units = " OR ".join(f"unit{number}" for number in within)
            match = f"({match}) AND seen : ({units})"
        for phrase in phrases:
            if phrase.excluded:
                match = f"({match}) NOT {{title body}} : {_quoted(phrase)}"
        with self.connection.cursor() as cursor:
            cursor.execute(
                f"SELECT rowid FROM {self.table} WHERE {self.table} MATCH %s "  # noqa: S608
                "ORDER BY rowid DESC LIMIT %s",
                [match, limit],
            )
            return [number for (number,) in cursor.fetchall()]


def _quoted(phrase: Phrase) -> str:
    return f'"{" ".join(phrase.tokens)}"' + (" *" if phrase.prefix else "")


class PostgresIndex:
    """A table of vectors that are written and asked literally, so that no locale has a say."""

    def __init__(self, connection: Any, table: str) -> None:
        self.connection, self.table = connection, table

    def create(self) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute(
                f"CREATE TABLE IF NOT EXISTS {self.table} (entry bigint PRIMARY KEY, "
                "title tsvector NOT NULL, body tsvector NOT NULL, seen bigint[] NOT NULL)"
            )
            for column in ("title", "body"):
                cursor.execute(
                    f"CREATE INDEX IF NOT EXISTS {self.table}_{column} "
                    f"ON {self.table} USING gin ({column})"
                )

    def put(self, rows: Iterable[tuple[int, Document]]) -> None:
        values = []
        for number, d in rows:
            title = tokens(d.title)
            body = [*title, *tokens(d.text)]
            values.append((number, _vector(title), _vector(body), list(d.organisations)))
        with self.connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {self.table} (entry, title, body, seen) "  # noqa: S608
                "VALUES (%s, %s::tsvector, %s::tsvector, %s) ON CONFLICT (entry) DO UPDATE "
                "SET title = excluded.title, body = excluded.body, seen = excluded.seen",
                values,
            )

    def remove(self, entries: Sequence[int]) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute(
                f"DELETE FROM {self.table} WHERE entry = ANY(%s)",  # noqa: S608
                [list(entries)],
            )

    def find(
        self, phrases: Sequence[Phrase], *, within: Collection[int] | None, title: bool, limit: int
    ) -> list[int]:
        wanted = " & ".join(f"({_asked(p)})" for p in phrases if not p.excluded)
        column = "title" if title else "body"
        scope = ""
        values: list[object] = [wanted]
        if unwanted := " | ".join(f"({_asked(p)})" for p in phrases if p.excluded):
            scope += "AND NOT body @@ %s::tsquery "  # the body holds the title's words, too
            values.append(unwanted)
        if within is not None:
            scope += "AND seen && %s::bigint[]"
            values.append(list(within))
        with self.connection.cursor() as cursor:
            cursor.execute(
                f"SELECT entry FROM {self.table} WHERE {column} @@ %s::tsquery "  # noqa: S608
                f"{scope} ORDER BY entry DESC LIMIT %s",
                [*values, limit],
            )
            return [number for (number,) in cursor.fetchall()]


POSITIONS = 16_000  # PostgreSQL numbers no more than 16,383


def _vector(words: Sequence[str]) -> str:
    return " ".join(f"'{word}':{place}" for place, word in enumerate(words[:POSITIONS], 1))


def _asked(phrase: Phrase) -> str:
    words = [f"'{word}'" for word in phrase.tokens]
    if phrase.prefix:
        words[-1] += ":*"
    return " <-> ".join(words)
