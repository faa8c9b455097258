"""OpenSearch, for more than one machine: the same strings of tokens, cut at their spaces by the server.

Written against the documented interface (`_bulk`, `_search`, `_aliases`, external versions) and tested against
a server of the test suite that answers as documented, not against a cluster.

A bulk is no transaction, so the mark is written after everything else; until then the same events are
followed again. Versions are the seals: a machine that is behind cannot overwrite what a later one wrote.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import unquote, urlsplit
from urllib.request import Request as Call
from urllib.request import urlopen

from ..clauses import (
    NUMBERS,
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
from ..engine import Broken

SECONDS = 30
BATCH = 500  # entries of one bulk
MARK = "mark"
WINDOW = 100_000  # hits that one may page through
SORTS: dict[str, list[Any]] = {
    "relevance": ["_score", {"key": "desc"}],
    "newest": [{"date": "desc"}, {"key": "desc"}],
    "oldest": [{"early": "asc"}, {"key": "desc"}],
    "level": [{"rank": "asc"}, {"key": "desc"}],
}
SHAPE = {
    "settings": {
        "index": {
            "number_of_shards": 1,
            "max_result_window": WINDOW,
        },  # one shard: counts are exact
        "analysis": {"analyzer": {"tokens": {"type": "custom", "tokenizer": "whitespace"}}},
    },
    "mappings": {
        "dynamic": False,
        "_source": {"includes": ["key", "mark"]},
        "properties": {
            "key": {"type": "long"},
            "mark": {"type": "object", "enabled": False},
            **{name: {"type": "text", "analyzer": "tokens"} for name in TEXTS},
            **{name: {"type": "keyword"} for name in VALUES},
            **{name: {"type": "integer"} for name in NUMBERS},
        },
    },
}


class Server:
    """`https://USER:PASSWORD@HOST:PORT`, asked in JSON."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self.base = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
        self.headers = {"Content-Type": "application/json"}
        if parts.username:
            pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
            self.headers["Authorization"] = "Basic " + base64.b64encode(pair.encode()).decode()

    def ask(self, method: str, path: str, body: object = None, *, missing: bool = False) -> Any:
        """The answer; None where there is no such thing and `missing` allows it. Raises Broken."""
        data = body if isinstance(body, bytes) else None if body is None else _json(body)
        call = Call(f"{self.base}{path}", data=data, headers=self.headers, method=method)  # noqa: S310
        try:
            with urlopen(call, timeout=SECONDS) as answer:  # noqa: S310
                return json.loads(answer.read() or b"{}")
        except HTTPError as error:
            if missing and error.code == 404:
                return None
            detail = error.read(500).decode("utf-8", "replace")
            raise Broken(f"OpenSearch {error.code}: {detail}") from error
        except (URLError, OSError, ValueError) as error:
            raise Broken(f"OpenSearch: {error}") from error


def _json(body: object) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


class OpenSearchIndex:
    """An index of the server by its name, which is made where there is none."""

    def __init__(self, server: Server, name: str) -> None:
        self.server, self.name = server, name
        if server.ask("GET", f"/{name}", missing=True) is None:
            server.ask("PUT", f"/{name}", SHAPE)

    def find(self, request: Request) -> Found:
        query = _query(request.clause)
        if request.sort == "relevance" and request.raised:
            raised = [_boosted(clause, weight) for clause, weight in request.raised]
            query = {"bool": {"must": [query], "should": raised}}
        body = {
            "query": query, "from": request.offset, "size": request.limit,
            "track_total_hits": True, "sort": SORTS[request.sort], "_source": ["key"],
        }  # fmt: skip
        hits = self.server.ask("POST", f"/{self.name}/_search", body)["hits"]
        return Found(
            int(hits["total"]["value"]),
            [(int(one["_source"]["key"]), float(one["_score"] or 0.0)) for one in hits["hits"]],
        )

    def count(
        self, clause: Clause, fields: Sequence[str], size: int = 20
    ) -> Mapping[str, list[tuple[str, int]]]:
        wanted = {name: {"terms": {"field": name, "size": size}} for name in fields}
        body = {"query": _query(clause), "size": 0, "aggs": wanted}
        found = self.server.ask("POST", f"/{self.name}/_search", body)["aggregations"]
        return {
            name: [(str(one["key"]), int(one["doc_count"])) for one in found[name]["buckets"]]
            for name in fields
        }

    def mark(self) -> Mark | None:
        found = self.server.ask("GET", f"/{self.name}/_doc/{MARK}", missing=True)
        return Mark(**found["_source"]["mark"]) if found and found.get("found") else None

    def entries(self) -> int:
        body = {"query": {"exists": {"field": "key"}}}
        return int(self.server.ask("POST", f"/{self.name}/_count", body)["count"])

    @contextmanager
    def writer(
        self, mark: Mark, *, fresh: bool = False, tidy: bool = True
    ) -> Iterator[OpenSearchWriter]:
        writing = OpenSearchWriter(self.server, self.name, mark.seal + 1)
        yield writing
        writing.flush()
        writing.keep(mark)


class OpenSearchWriter:
    def __init__(self, server: Server, name: str, version: int) -> None:
        self.server, self.name, self.version = server, name, version
        self.lines: list[bytes] = []
        self.held = 0

    def put(self, entries: Iterable[Prepared]) -> None:
        for entry in entries:
            body = {"key": entry.key, **entry.texts, **entry.values, **entry.numbers}
            self._add("index", str(entry.key), body)

    def remove(self, keys: Sequence[int]) -> None:
        for key in keys:
            self._add("delete", str(key), None)

    def keep(self, mark: Mark) -> None:
        self._add("index", MARK, {"mark": asdict(mark)})
        self.flush()
        self.server.ask("POST", f"/{self.name}/_refresh")

    def _add(self, act: str, number: str, body: object) -> None:
        self.lines.append(
            _json({act: {"_index": self.name, "_id": number, "version": self.version,
                         "version_type": "external_gte"}})
        )  # fmt: skip
        if body is not None:
            self.lines.append(_json(body))
        self.held += 1
        if self.held >= BATCH:
            self.flush()

    def flush(self) -> None:
        if not self.lines:
            return
        data = b"\n".join(self.lines) + b"\n"
        self.lines, self.held = [], 0
        answer = self.server.ask("POST", "/_bulk", data)
        for one in answer["items"] if answer["errors"] else ():
            ((_act, result),) = one.items()
            if result["status"] >= 400 and result["status"] not in (404, 409):
                raise Broken(f"OpenSearch: {result.get('error')}")


def _boosted(clause: Clause, weight: float) -> dict[str, Any]:
    return {"bool": {"must": [_query(clause)], "boost": weight}}


def _query(clause: Clause) -> dict[str, Any]:
    match clause:
        case Phrase(field, tokens, prefix):
            kind = "match_phrase_prefix" if prefix else "match_phrase"
            return {kind: {field: {"query": " ".join(tokens)}}}
        case OneOf(field, values):
            return {"bool": {"filter": [{"terms": {field: list(values)}}]}}
        case Numbered(keys):
            return {"bool": {"filter": [{"terms": {"key": list(keys)}}]}}
        case Span(field, low, high):
            bounds = {
                name: value for name, value in (("gte", low), ("lte", high)) if value is not None
            }
            return {"bool": {"filter": [{"range": {field: bounds}}]}}
        case Both(parts):
            wanted = [_query(part) for part in parts if not isinstance(part, Without)]
            left_out = [_query(part.part) for part in parts if isinstance(part, Without)]
            return {"bool": {"must": wanted or [{"match_all": {}}], "must_not": left_out}}
        case Either(parts):
            if not parts:
                return {"match_none": {}}
            return {"bool": {"should": [_query(part) for part in parts],
                             "minimum_should_match": 1}}  # fmt: skip
        case Without(part):
            return {"bool": {"must_not": [_query(part)]}}
    raise TypeError(clause)
