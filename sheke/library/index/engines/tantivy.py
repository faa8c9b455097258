"""tantivy: an index in a folder, written by one process, read by all, committed as a whole.

A commit is one rename of `meta.json` after everything was written to the disk, and the mark is an entry of
the index itself: whatever moment a process dies at, the index is that of a commit, with its mark.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from threading import Lock, Thread
from time import monotonic, sleep
from typing import Any

import tantivy

from ..clauses import (
    NUMBERS,
    SINGLE,
    TEXTS,
    VALUES,
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

MARK = 0  # the key of the mark's entry
SMALL, LARGE = 30_000_000, 160_000_000  # bytes that a writer gathers: for a few entries, for many
FEW = 16  # values that are sought one by one
SEGMENT_VALUES = 5_000  # values that are counted in a segment
PATIENCE = 60  # seconds that whoever is in no hurry waits for another writer
MUST, SHOULD, NOT = tantivy.Occur.Must, tantivy.Occur.Should, tantivy.Occur.MustNot
SORTS = {
    "newest": ("date", tantivy.Order.Desc),
    "oldest": ("early", tantivy.Order.Asc),
    "level": ("rank", tantivy.Order.Asc),
}


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("key", indexed=True, fast=True)
    builder.add_text_field("mark", stored=True, tokenizer_name="raw", index_option="basic")
    for name in TEXTS:
        builder.add_text_field(name, tokenizer_name="tokens", index_option="position")
    for name in VALUES:
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    for name in NUMBERS:
        builder.add_unsigned_field(name, indexed=True, fast=True)
    return builder.build()


class TantivyIndex:
    """An index in `folder`, which is made where there is none."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.schema = _schema()
        self.lock = Lock()
        folder.mkdir(parents=True, exist_ok=True)
        try:
            self.index = self._opened()
        except ValueError as error:
            raise Broken(str(error)) from error
        self.seen: object = None
        self.marked: Mark | None = None

    def _opened(self) -> tantivy.Index:
        index = tantivy.Index(self.schema, path=str(self.folder))
        whole = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        index.register_tokenizer("tokens", whole)
        index.config_reader("manual")
        return index

    def _searcher(self) -> tantivy.Searcher:
        """Of the last commit, whichever process made it."""
        try:
            now = (self.folder / "meta.json").stat()
            standing = (now.st_mtime_ns, now.st_ino)
            if standing != self.seen:
                with self.lock:
                    self.index.reload()
                    self.marked = None
                    self.seen = standing
            return self.index.searcher()
        except (OSError, ValueError) as error:
            raise Broken(str(error)) from error

    def find(self, request: Request) -> Found:
        searcher = self._searcher()
        query = self._query(request.clause)
        last = max(request.limit, 1)
        if request.sort == "relevance":
            if not _weighs(request.clause):  # gone through in half the time when nothing is weighed
                query = tantivy.Query.const_score_query(query, 1.0)
            if request.raised:
                raised = [(SHOULD, self._boosted(*pair)) for pair in request.raised]
                query = tantivy.Query.boolean_query([(MUST, query), *raised])
            answer = searcher.search(query, last, offset=request.offset)
        else:
            name, order = SORTS[request.sort]
            answer = searcher.search(
                query, last, offset=request.offset, order_by_field=name, order=order
            )
        hits = answer.hits[: request.limit]
        keys = searcher.fast_field_values("key", [address for _score, address in hits])
        scored = request.sort == "relevance"
        scores = [float(score) if scored else 0.0 for score, _address in hits]
        return Found(int(answer.count), list(zip(map(int, keys), scores, strict=True)))  # type: ignore[arg-type, attr-defined]

    def count(
        self, clause: Clause, fields: Sequence[str], size: int = 20
    ) -> Mapping[str, list[tuple[str, int]]]:
        # Of each segment more values than are told: one that is rare here may be frequent on the whole.
        terms = {"size": size, "segment_size": max(SEGMENT_VALUES, size)}
        wanted = {name: {"terms": {"field": name, **terms}} for name in fields}
        found = self._searcher().aggregate(self._query(clause), wanted) if wanted else {}
        return {
            name: [(str(one["key"]), int(one["doc_count"])) for one in found[name]["buckets"]]
            for name in fields
        }

    def mark(self) -> Mark | None:
        searcher = self._searcher()
        if self.marked is None:
            query = tantivy.Query.term_query(self.schema, "key", MARK)
            hits = searcher.search(query, 1).hits
            if hits:
                self.marked = Mark(**json.loads(searcher.doc(hits[0][1])["mark"][0]))
        return self.marked

    def entries(self) -> int:
        return max(self._searcher().num_docs - 1, 0)

    @contextmanager
    def writer(
        self, mark: Mark, *, fresh: bool = False, tidy: bool = True
    ) -> Iterator[TantivyWriter]:
        writer = self._writer(LARGE if fresh else SMALL, PATIENCE if tidy else 0)
        try:
            writing = TantivyWriter(self.schema, writer, fresh=fresh)
            yield writing
            writing.commit(mark)
        except BaseException:
            writer.rollback()
            raise
        finally:  # the lock is given back when what was begun to be merged is merged
            merging = Thread(target=writer.wait_merging_threads, daemon=True)
            merging.start()
            del writer, writing
            if tidy or fresh:
                merging.join()

    def _writer(self, memory: int, patience: float) -> tantivy.IndexWriter:
        """Raises Busy when another one writes, or merges what it wrote, for longer.

        The index is opened anew for it: an opened one goes on with the list of files that it read
        then, and writes that over the lists of others. A process that was killed while it committed
        left files which no commit knows; they are removed, for the next commit would give its own
        the same names, and fail for ever.
        """
        until = monotonic() + patience
        while True:
            listed = self._listed()
            try:
                writer = self._opened().writer(memory, num_threads=1)
                if self._listed() == listed:
                    writer.garbage_collect_files()
                    # What is deleted first has the number of the last commit. A merge that begins
                    # before the next one takes it for done in some segments: so it is nothing.
                    writer.delete_documents_by_query(tantivy.Query.empty_query())
                    return writer
                del writer  # somebody wrote between the opening and the lock
            except ValueError as error:
                if monotonic() >= until:
                    raise Busy(str(error)) from error
            sleep(0.02)

    def _listed(self) -> bytes:
        try:
            return (self.folder / ".managed.json").read_bytes()
        except FileNotFoundError:
            return b""

    def _boosted(self, clause: Clause, weight: float) -> tantivy.Query:
        return tantivy.Query.boost_query(self._query(clause), weight)

    def _query(self, clause: Clause) -> tantivy.Query:
        make = tantivy.Query
        match clause:
            case Phrase():
                return self._phrase(clause)
            case OneOf(field, values):
                return make.const_score_query(self._one_of(field, values), 0.0)
            case Numbered(keys):
                return make.const_score_query(
                    make.term_set_query(self.schema, "key", list(keys)), 0.0
                )
            case Span(field, low, high):
                kind = tantivy.FieldType.Unsigned
                if low is None and high is None:
                    return make.const_score_query(make.all_query(), 0.0)
                return make.const_score_query(
                    make.range_query(self.schema, field, kind, low, high), 0.0
                )
            case Both(parts):
                return self._both(parts)
            case Either(parts):
                if len(parts) == 1:
                    return self._query(parts[0])
                return make.boolean_query([(SHOULD, self._query(part)) for part in parts])
            case Without():
                return self._both((clause,))
        raise TypeError(clause)

    def _one_of(self, field: str, values: Sequence[str]) -> tantivy.Query:
        """Few values are sought one by one; a set of terms would go over all entries that have one."""
        make = tantivy.Query
        if len(values) > FEW:
            return make.term_set_query(self.schema, field, list(values))
        terms = [make.term_query(self.schema, field, value, "basic") for value in values]
        if len(terms) == 1:
            return terms[0]
        return make.boolean_query([(SHOULD, term) for term in terms])

    def _both(self, parts: Sequence[Clause]) -> tantivy.Query:
        if len(parts) == 1 and not isinstance(parts[0], Without):
            return self._query(parts[0])
        wanted: list[tuple[tantivy.Occur, tantivy.Query]] = [
            (NOT, self._query(part.part))
            if isinstance(part, Without)
            else (MUST, self._query(part))
            for part in parts
        ]
        if all(isinstance(part, Without) for part in parts):
            everything = tantivy.Query.const_score_query(tantivy.Query.all_query(), 0.0)
            wanted.insert(0, (MUST, everything))
        return tantivy.Query.boolean_query(wanted)

    def _phrase(self, phrase: Phrase) -> tantivy.Query:
        make, words = tantivy.Query, list(phrase.tokens)
        if phrase.prefix:
            if len(words) == 1:
                return make.regex_query(self.schema, phrase.field, f"{words[0]}.*")
            return make.phrase_prefix_query(self.schema, phrase.field, list(words))
        if words[0].startswith(SINGLE):  # it stands once in each entry: nothing to weigh
            term = make.term_query(self.schema, phrase.field, words[0], "basic")
            return make.const_score_query(term, 1.0)
        if len(words) == 1:
            return make.term_query(self.schema, phrase.field, words[0], "freq")
        return make.phrase_query(self.schema, phrase.field, list(words))


def _weighs(clause: Clause) -> bool:
    """Whether one hit may fit better than another: a lone character stands or does not."""
    match clause:
        case Phrase():
            return clause.prefix or not clause.tokens[0].startswith(SINGLE)
        case Both(parts) | Either(parts):
            return any(_weighs(part) for part in parts)
    return False


class TantivyWriter:
    def __init__(self, schema: tantivy.Schema, writer: tantivy.IndexWriter, *, fresh: bool) -> None:
        self.schema, self.writer, self.fresh = schema, writer, fresh

    def put(self, entries: Iterable[Prepared]) -> None:
        held = list(entries)
        if not self.fresh:
            self.remove([entry.key for entry in held])
        for entry in held:
            self.writer.add_document(_document(entry))

    def remove(self, keys: Sequence[int]) -> None:
        if keys:
            wanted = tantivy.Query.term_set_query(self.schema, "key", list(keys))
            self.writer.delete_documents_by_query(wanted)

    def commit(self, mark: Mark) -> None:
        self.remove([MARK])
        made = tantivy.Document()
        made.add_unsigned("key", MARK)
        made.add_text("mark", json.dumps(asdict(mark)))
        self.writer.add_document(made)
        try:
            self.writer.commit()
        except ValueError as error:  # no space is left, say
            raise Broken(str(error)) from error


def _document(entry: Prepared) -> tantivy.Document:
    made: Any = tantivy.Document()
    made.add_unsigned("key", entry.key)
    for name, text in entry.texts.items():
        if text:
            made.add_text(name, text)
    for name, values in entry.values.items():
        for value in values:
            made.add_text(name, value)
    for name in NUMBERS:
        made.add_unsigned(name, entry.numbers.get(name, 0))
    return made
