"""SQLite's FTS5 on the same tokens: for machines on which tantivy does not run.

One file; a clause becomes one MATCH wherever it speaks of words and values alone, numbers are SQL. WAL and
FULL: whatever moment a process dies at, the file is that of a commit, with its mark.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from threading import local

from ..clauses import (
    NUMBERS,
    TEXTS,
    Both,
    Clause,
    Either,
    Found,
    Mark,
    Numbered,
    OneOf,
    Phrase,
    Prepared,
    Request,
    Span,
    Without,
)
from ..engine import Broken, Busy

INSIDE = "words.rowid IN (SELECT rowid FROM words WHERE words MATCH ?)"
EVERY = "every"  # a tag of each entry, from which is taken what must not hold
SORTS = {"newest": "d.date DESC", "oldest": "d.early", "level": "d.rank"}
TABLES = f"""
    CREATE TABLE IF NOT EXISTS entry (key INTEGER PRIMARY KEY, {", ".join(NUMBERS)});
    CREATE INDEX IF NOT EXISTS entry_year ON entry (year);
    CREATE TABLE IF NOT EXISTS value (field, value, key, PRIMARY KEY (key, field, value)) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS mark (one INTEGER PRIMARY KEY CHECK (one = 1), mark);
    CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5
        ({", ".join(TEXTS)}, tags, tokenize="unicode61 remove_diacritics 0");
"""


class SqliteIndex:
    """An index in `folder`, which is made where there is none."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "index.sqlite3"
        folder.mkdir(parents=True, exist_ok=True)
        self.threads = local()
        try:
            self._connection().executescript(TABLES)
        except sqlite3.Error as error:
            raise Broken(str(error)) from error

    def _connection(self) -> sqlite3.Connection:
        found: sqlite3.Connection | None = getattr(self.threads, "connection", None)
        if found is None:
            found = self.threads.connection = self._connect()
        return found

    def _connect(self) -> sqlite3.Connection:
        made = sqlite3.connect(self.path, isolation_level=None, timeout=5)
        made.execute("PRAGMA journal_mode=WAL")
        made.execute("PRAGMA synchronous=FULL")
        made.execute("PRAGMA mmap_size=2147418112")
        made.execute("PRAGMA cache_size=-65536")
        return made

    def _rows(self, statement: str, values: Sequence[object]) -> list[tuple[int, float]]:
        try:
            return self._connection().execute(statement, values).fetchall()
        except sqlite3.Error as error:
            raise Broken(str(error)) from error

    def find(self, request: Request) -> Found:
        where, values = _where(request.clause)
        source = f"FROM words JOIN entry d ON d.key = words.rowid WHERE {where}"
        if "d." not in where:
            total = f"SELECT COUNT(*), 0 FROM words WHERE {where}"  # noqa: S608
        else:
            total = f"SELECT COUNT(*), 0 {source}"
        count = int(self._rows(total, values)[0][0])
        if request.sort == "relevance":
            raised = [weight for _clause, weight in request.raised]
            score = " + ".join(["-bm25(words)", *(f"{weight} * ({INSIDE})" for weight in raised)])
            columns, order = f"words.rowid, {score} AS score", "score DESC, 1 DESC"
            values = [*(_match(clause) for clause, _weight in request.raised), *values]
        else:
            columns, order = "words.rowid, 0.0", f"{SORTS[request.sort]}, 1 DESC"
        hits = self._rows(
            f"SELECT {columns} {source} ORDER BY {order} LIMIT ? OFFSET ?",
            [*values, request.limit, request.offset],
        )
        return Found(count, hits)

    def count(
        self, clause: Clause, fields: Sequence[str], size: int = 20
    ) -> Mapping[str, list[tuple[str, int]]]:
        where, values = _where(clause)
        found: dict[str, list[tuple[str, int]]] = {}
        for name in fields:
            statement = (
                "SELECT value.value, COUNT(*) AS n FROM words JOIN entry d ON d.key = words.rowid "  # noqa: S608
                f"JOIN value ON value.key = d.key AND value.field = ? WHERE {where} "
                "GROUP BY 1 ORDER BY n DESC, 1 LIMIT ?"
            )
            rows = self._rows(statement, [name, *values, size])
            found[name] = [(str(value), int(n)) for value, n in rows]
        return found

    def mark(self) -> Mark | None:
        rows = self._rows("SELECT mark, 0 FROM mark", [])
        return Mark(**json.loads(str(rows[0][0]))) if rows else None

    def entries(self) -> int:
        return int(self._rows("SELECT COUNT(*), 0 FROM entry", [])[0][0])

    @contextmanager
    def writer(
        self, mark: Mark, *, fresh: bool = False, tidy: bool = True
    ) -> Iterator[SqliteWriter]:
        connection = self._connect()
        try:
            try:
                connection.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                raise Busy(str(error)) from error
            writing = SqliteWriter(connection)
            try:
                yield writing
                writing.keep(mark)
                connection.execute("COMMIT")
            except BaseException as error:
                connection.execute("ROLLBACK")
                if isinstance(error, sqlite3.Error):  # no space is left, say
                    raise Broken(str(error)) from error
                raise
        finally:
            connection.close()


class SqliteWriter:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def put(self, entries: Iterable[Prepared]) -> None:
        for entry in entries:
            self.remove([entry.key])
            numbers = [entry.numbers.get(name, 0) for name in NUMBERS]
            marks = ", ".join("?" * (1 + len(NUMBERS)))
            self.connection.execute(f"INSERT INTO entry VALUES ({marks})", [entry.key, *numbers])  # noqa: S608
            values = {(name, one) for name, all_ in entry.values.items() for one in all_}
            self.connection.executemany(
                "INSERT INTO value VALUES (?, ?, ?)",
                [(name, value, entry.key) for name, value in sorted(values)],
            )
            tags = " ".join([EVERY, *(_tag(name, value) for name, value in sorted(values))])
            texts = [entry.texts.get(name, "") for name in TEXTS]
            marks = ", ".join("?" * (2 + len(TEXTS)))
            self.connection.execute(
                f"INSERT INTO words (rowid, {', '.join(TEXTS)}, tags) VALUES ({marks})",  # noqa: S608
                [entry.key, *texts, tags],
            )

    def remove(self, keys: Sequence[int]) -> None:
        for table, column in (("words", "rowid"), ("value", "key"), ("entry", "key")):
            self.connection.executemany(
                f"DELETE FROM {table} WHERE {column} = ?",  # noqa: S608
                [(key,) for key in keys],
            )

    def keep(self, mark: Mark) -> None:
        self.connection.execute(
            "INSERT OR REPLACE INTO mark VALUES (1, ?)", [json.dumps(asdict(mark))]
        )


def _tag(name: str, value: str) -> str:
    return f"{name}{value.encode().hex()}"


def _where(clause: Clause) -> tuple[str, list[object]]:
    """The condition on `words` and `d`, with its values. What is of words and values is one MATCH."""
    parts = clause.parts if isinstance(clause, Both) else (clause,)
    worded = [part for part in parts if _is_worded(part)]
    match = _match(Both(tuple(worded))) if worded else f"tags : {EVERY}"
    conditions = ["words MATCH ?"]
    values: list[object] = [match]
    for part in parts:
        if not _is_worded(part):
            condition, more = _condition(part)
            conditions.append(condition)
            values += more
    return " AND ".join(conditions), values


def _is_worded(clause: Clause) -> bool:
    if isinstance(clause, Both | Either):
        return bool(clause.parts) and all(_is_worded(part) for part in clause.parts)
    if isinstance(clause, Without):
        return _is_worded(clause.part)
    return isinstance(clause, Phrase | OneOf)


def _match(clause: Clause) -> str:
    match clause:
        case Phrase(field, tokens, prefix):
            return f'{field} : "{" ".join(tokens)}"' + (" *" if prefix else "")
        case OneOf(field, values):
            tags = " OR ".join(_tag(field, value) for value in values)
            return f"tags : ({tags})"
        case Either(parts):
            return "(" + " OR ".join(f"({_match(part)})" for part in parts) + ")"
        case Both(parts):
            wanted = [_match(part) for part in parts if not isinstance(part, Without)]
            text = " AND ".join(f"({one})" for one in wanted) or f"tags : {EVERY}"
            for part in parts:
                if isinstance(part, Without):
                    text = f"({text}) NOT ({_match(part.part)})"
            return text
        case Without(part):
            return f"(tags : {EVERY}) NOT ({_match(part)})"
    raise TypeError(clause)


def _condition(clause: Clause) -> tuple[str, list[object]]:
    """SQL on `d` for what MATCH does not express."""
    if _is_worded(clause):
        inner = "SELECT rowid FROM words WHERE words MATCH ?"
        return f"d.key IN ({inner})", [_match(clause)]
    match clause:
        case Span(field, low, high):
            bounds = [(">=", low), ("<=", high)]
            held = [(sign, value) for sign, value in bounds if value is not None]
            text = " AND ".join(f"d.{field} {sign} ?" for sign, _value in held)
            return f"({text})" if held else "d.key = d.key", [value for _sign, value in held]
        case Numbered(keys):
            return f"d.key IN ({', '.join('?' * len(keys))})", list(keys)
        case Without(part):
            text, values = _condition(part)
            return f"NOT {text}", values
        case Both(parts) | Either(parts):
            pairs = [_condition(part) for part in parts]
            word = " AND " if isinstance(clause, Both) else " OR "
            empty = "d.key = d.key" if isinstance(clause, Both) else "d.key < 0"
            text = word.join(text for text, _values in pairs) or empty
            return f"({text})", [value for _text, values in pairs for value in values]
    raise TypeError(clause)
