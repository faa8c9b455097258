"""Search: the library's index against a scan of all texts, and against FTS5's trigrams in the same run.

A question is measured from the typed text to the exact total and the ten best keys, as everybody's page asks it
(what is public); the rows and snippets of a page come on top. `cpu_ms` is the processor time of the same
questions: what is left of the others when the machine is busy with something else. Both are read from the
disk once before, as after a day of use: the machine that has built them for minutes may have let go of some
of it. Recall and precision are over whole sets of hits.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from ..measure import read_once, rss_mb, timed
from .questions import KINDS, Question, folded, questions
from .texts import Text, texts

ASKED = 200  # questions of a class whose time is measured
SCANNED = 20_000_000  # texts × questions of a class that are scanned
RIVALS = 40  # questions of a class that the rival is asked
RIVAL = 100_000  # documents that the rival holds at most: its index takes longer than all the rest
ADDED = 30  # documents that are added one by one


def run(documents: int, folder: Path, engine: str) -> dict[str, Any]:
    """Everything about search at this number of documents. An index that is in the folder is used again."""
    from django.contrib.auth.models import AnonymousUser

    from sheke.library.index.planning import reader_of

    folder /= f"{engine}-{documents}"
    holdings = list(texts(documents))
    plain = [(folded(text.title), folded(text.body)) for text in holdings]
    results: dict[str, Any] = {"engine": engine, "documents": documents,
                               "characters": sum(len(t.body) for t in holdings) // documents}  # fmt: skip
    index = _index(results, holdings, folder / "index", engine)
    _add_one(results, index, documents)
    rival = _rival(results, plain[:RIVAL], folder / "trigrams.sqlite3")
    reader = reader_of(AnonymousUser())
    read_once(folder)
    classes: dict[str, Any] = {}
    for kind in KINDS:
        drawn = questions(kind, holdings, ASKED)
        classes[kind] = _class(index, reader, drawn, plain) | {
            "trigram": _ask_rival(rival, drawn, plain[:RIVAL])
        }
    results["classes"] = classes
    results["rss_mb"] = rss_mb()
    rival.close()
    return results


def _index(results: dict[str, Any], holdings: list[Text], folder: Path, engine: str) -> Any:
    from sheke.library.index.clauses import Mark
    from sheke.library.index.frequent import SAMPLE, learn, listed
    from sheke.library.index.places import _opener

    index = _opener(engine)(folder)
    if index.entries() != len(holdings):
        shutil.rmtree(folder)
        index = _opener(engine)(folder)
        with timed(results, "index_seconds", places=1):
            sample = holdings[:: max(len(holdings) // SAMPLE, 1)]
            words = learn([folded(f"{text.title} {text.body}") for text in sample])
            with index.writer(Mark(words=" ".join(words)), fresh=True) as writer:
                left = iter(holdings)
                while batch := list(islice(left, 500)):
                    writer.put(_prepared(text, words) for text in batch)
    results["frequent_words"] = len(listed(index.mark().words))
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    results["index_mb"] = round(size / 1e6, 1)
    results["index_kb_per_document"] = round(size / 1e3 / len(holdings), 2)
    return index


def _prepared(text: Text, words: Sequence[str]) -> Any:
    from sheke.directory.models import Organisation
    from sheke.library.index.entries import PUBLIC, Entry

    return Entry(
        kind="work", number=text.number, seen=[PUBLIC, "unit:000001"],
        keeper=Organisation(pk=1, path="000001"), title=text.title, open=[text.body],
        values={"kind": ["report"]}, issued=str(1980 + text.number % 45),
    ).prepared(words)  # fmt: skip


def _add_one(results: dict[str, Any], index: Any, documents: int) -> None:
    """One document each time, committed to the disk and found."""
    from sheke.library.index.clauses import Mark, Numbered, Request
    from sheke.library.index.entries import key_of
    from sheke.library.index.frequent import listed

    times, held = [], index.mark().words
    for number, text in enumerate(texts(ADDED, seed=2), documents + 1):
        entry = _prepared(Text(number, text.title, text.body), listed(held))
        started = perf_counter()
        with index.writer(Mark(seal=number, words=held)) as writer:
            writer.put([entry])
        assert index.find(Request(Numbered((key_of("work", number),)))).total == 1
        times.append(perf_counter() - started)
    results["add_one_ms"] = percentiles(times)
    with index.writer(Mark(seal=documents, words=held)) as writer:
        writer.remove([key_of("work", documents + n) for n in range(1, ADDED + 1)])


def _class(
    index: Any, reader: Any, drawn: Sequence[Question], plain: Sequence[tuple[str, str]]
) -> dict[str, Any]:
    """Times of all questions; recall and precision of as many as the scan can bear."""
    times, busy, totals = [], [], []
    for question in drawn:
        started, worked = perf_counter(), process_time()
        answer = _ask(index, reader, question.typed, 10)
        times.append(perf_counter() - started)
        busy.append(process_time() - worked)
        totals.append(answer.total)
    scanned = drawn[: max(4, SCANNED // len(plain) // 4)]
    right = wanted = given = 0
    for question in scanned:
        answer = _ask(index, reader, question.typed, len(plain))
        keys = {key & ((1 << 40) - 1) for key, _score in answer.hits}
        truth = _scan(question, plain)
        if answer.total != len(keys):
            raise SystemExit(f"the total of {question.typed} is wrong")
        right, wanted, given = right + len(keys & truth), wanted + len(truth), given + len(keys)
    return {
        **percentiles(times), "cpu_ms": percentiles(busy), "hits": sum(totals) // len(totals), "scanned": len(scanned),
        "recall": round(right / max(wanted, 1), 6), "precision": round(right / max(given, 1), 6),
    }  # fmt: skip


def _ask(index: Any, reader: Any, typed: str, limit: int) -> Any:
    from sheke.library.index.frequent import known
    from sheke.library.index.language import ask
    from sheke.library.index.planning import clause_of, request_of

    asked = ask(typed)
    clause = clause_of(asked, reader, {}, frequent=known(index.mark().words))
    return index.find(request_of(asked, clause, sort="relevance", offset=0, limit=limit))


def _scan(question: Question, plain: Sequence[tuple[str, str]]) -> set[int]:
    return {n for n, pair in enumerate(plain, 1) if question.holds(*pair)}


def _rival(
    results: dict[str, Any], plain: Sequence[tuple[str, str]], path: Path
) -> sqlite3.Connection:
    """FTS5 with its own trigrams on the folded texts."""
    path.unlink(missing_ok=True)
    rival = sqlite3.connect(path, isolation_level=None)
    rival.execute("PRAGMA journal_mode=OFF")
    rival.execute("PRAGMA synchronous=OFF")
    rival.execute("PRAGMA mmap_size=2147418112")
    rival.execute("CREATE VIRTUAL TABLE works USING fts5(title, body, tokenize='trigram')")
    with timed(results, "trigram_index_seconds", places=1):
        rival.execute("BEGIN")
        rival.executemany("INSERT INTO works (rowid, title, body) VALUES (?, ?, ?)", _rows(plain))
        rival.execute("COMMIT")
    results["trigram_index_mb"] = round(path.stat().st_size / 1e6, 1)
    return rival


def _rows(plain: Sequence[tuple[str, str]]) -> Iterator[tuple[int, str, str]]:
    for number, (title, body) in enumerate(plain, 1):
        yield number, title, body


def _ask_rival(
    rival: sqlite3.Connection, drawn: Sequence[Question], plain: Sequence[tuple[str, str]]
) -> dict[str, Any]:
    times, right, wanted, given = [], 0, 0, 0
    scanned = drawn[: min(RIVALS, max(4, SCANNED // len(plain) // 4))]
    for question in scanned:
        started = perf_counter()
        rival.execute(
            "SELECT COUNT(*) FROM works WHERE works MATCH ?", [question.trigram]
        ).fetchone()
        rival.execute("SELECT rowid FROM works WHERE works MATCH ? ORDER BY rank LIMIT 10",
                      [question.trigram]).fetchall()  # fmt: skip
        times.append(perf_counter() - started)
        rows = rival.execute("SELECT rowid FROM works WHERE works MATCH ?", [question.trigram])
        keys = {number for (number,) in rows}
        truth = _scan(question, plain)
        right, wanted, given = right + len(keys & truth), wanted + len(truth), given + len(keys)
    return percentiles(times) | {
        "recall": round(right / max(wanted, 1), 6), "precision": round(right / max(given, 1), 6)
    }  # fmt: skip


def percentiles(seconds: Sequence[float]) -> dict[str, float]:
    """p50, p95 and p99 in milliseconds."""
    ordered = sorted(seconds)

    def at(part: float) -> float:
        return round(ordered[min(len(ordered) - 1, int(part * len(ordered)))] * 1000, 3)

    return {"p50_ms": at(0.5), "p95_ms": at(0.95), "p99_ms": at(0.99)}


Run = Callable[[int, bool], dict[str, Any]]
