"""A server that answers as OpenSearch documents it, as far as the library asks: indexes, aliases, `_bulk` with
external versions, `_search` with bool, phrases, terms, ranges, sorting and terms aggregations, `_count`.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from fnmatch import fnmatch
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any


class Cluster:
    """The server's memory. asked: (method, path) of every request."""

    def __init__(self) -> None:
        self.indexes: dict[str, dict[str, tuple[int, dict[str, Any]]]] = {}
        self.gone: dict[tuple[str, str], int] = {}
        self.aliases: dict[str, set[str]] = {}
        self.shapes: dict[str, Any] = {}
        self.asked: list[tuple[str, str, dict[str, str]]] = []
        self.lock = Lock()

    def answer(self, method: str, path: str, body: bytes) -> tuple[int, Any]:
        parts = path.strip("/").split("/")
        match method, parts:
            case "POST", ["_bulk"]:
                return 200, self.bulk(body)
            case "POST", ["_aliases"]:
                return 200, self.alias(json.loads(body))
            case "GET", ["_alias", name]:
                held = {i: {"aliases": {name: {}}} for i in sorted(self.aliases.get(name, ()))}
                return (200, held) if held else (404, {"error": "alias missing", "status": 404})
            case "GET", [name]:
                held = {i: {} for i in self.indexes if fnmatch(i, name)}
                return (200, held) if held or "*" in name else (404, {"error": "no such index"})
            case "PUT", [name]:
                if name in self.indexes:
                    return 400, {"error": "resource_already_exists_exception"}
                self.indexes[name], self.shapes[name] = {}, json.loads(body)
                return 200, {"acknowledged": True}
            case "DELETE", [name]:
                return (200, {}) if self.indexes.pop(name, None) is not None else (404, {})
            case "GET", [name, "_doc", number]:
                found = self.indexes[name].get(number)
                if found is None:
                    return 404, {"found": False}
                return 200, {"found": True, "_source": found[1]}
            case "POST", [name, "_search"]:
                return 200, self.search(name, json.loads(body))
            case "POST", [name, "_count"]:
                query = json.loads(body)["query"]
                return 200, {"count": sum(s is not None for s in self.scored(name, query).values())}
            case "POST", [_name, "_refresh"]:
                return 200, {}
        return 400, {"error": f"{method} {path}"}

    def bulk(self, body: bytes) -> Any:
        lines = iter(body.decode().splitlines())
        items = []
        for line in lines:
            ((act, meta),) = json.loads(line).items()
            source = json.loads(next(lines)) if act == "index" else None
            assert meta["version_type"] == "external_gte"
            index, number, version = meta["_index"], meta["_id"], meta["version"]
            held = self.indexes[index].get(number)
            newest = held[0] if held else self.gone.get((index, number), 0)
            if newest > version:
                items.append({act: {"status": 409, "error": "version_conflict_engine_exception"}})
            elif source is not None:
                self.indexes[index][number] = (version, source)
                items.append({act: {"status": 201}})
            else:
                self.gone[index, number] = version
                there = self.indexes[index].pop(number, None)
                items.append({act: {"status": 200 if there else 404}})
        return {
            "errors": any(next(iter(i.values()))["status"] >= 400 for i in items),
            "items": items,
        }

    def alias(self, body: Any) -> Any:
        for act in body["actions"]:
            ((verb, said),) = act.items()
            held = self.aliases.setdefault(said["alias"], set())
            held.add(said["index"]) if verb == "add" else held.discard(said["index"])
        return {"acknowledged": True}

    def scored(self, name: str, query: Any) -> dict[str, float | None]:
        return {number: score(query, source) for number, (_v, source) in self.indexes[name].items()}

    def search(self, name: str, body: Any) -> Any:
        assert body.get("track_total_hits", True) is True
        scores = {n: s for n, s in self.scored(name, body["query"]).items() if s is not None}
        rows = [(number, scores[number], self.indexes[name][number][1]) for number in scores]
        if "aggs" in body:
            return {
                "aggregations": {
                    key: buckets(rows, one["terms"]) for key, one in body["aggs"].items()
                }
            }
        for way in reversed(body["sort"]):
            if way == "_score":
                rows.sort(key=lambda row: -row[1])
            else:
                ((field, order),) = way.items()
                rows.sort(key=lambda row: row[2][field], reverse=order == "desc")
        part = rows[body["from"] : body["from"] + body["size"]]
        hits = [{"_id": n, "_score": s, "_source": {"key": source["key"]}} for n, s, source in part]
        return {"hits": {"total": {"value": len(rows), "relation": "eq"}, "hits": hits}}


def buckets(rows: list[Any], terms: Any) -> Any:
    counts = Counter(value for _n, _s, source in rows for value in source.get(terms["field"], ()))
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[: terms["size"]]
    return {"buckets": [{"key": value, "doc_count": n} for value, n in ordered]}


def score(query: Any, source: dict[str, Any]) -> float | None:
    """None: the query does not hold."""
    ((kind, said),) = query.items()
    if kind == "match_all":
        return 1.0
    if kind == "match_none":
        return None
    if kind == "exists":
        return 1.0 if said["field"] in source else None
    if kind in ("match_phrase", "match_phrase_prefix"):
        ((field, wanted),) = said.items()
        return phrase(
            wanted["query"].split(), source.get(field, "").split(), kind.endswith("prefix")
        )
    if kind == "terms":
        ((field, values),) = said.items()
        held = source.get(field, ())
        held = held if isinstance(held, list) else [held]
        return 1.0 if set(values) & set(held) else None
    if kind == "range":
        ((field, bounds),) = said.items()
        value = source.get(field)
        if value is None or value < bounds.get("gte", value) or value > bounds.get("lte", value):
            return None
        return 1.0
    assert kind == "bool"
    return boolean(said, source)


def boolean(said: Any, source: dict[str, Any]) -> float | None:
    must = [score(one, source) for one in said.get("must", ())]
    filters = [score(one, source) for one in said.get("filter", ())]
    should = [score(one, source) for one in said.get("should", ())]
    held = [one for one in should if one is not None]
    needed = said.get("minimum_should_match", 0 if must or filters else min(1, len(should)))
    if None in must or None in filters or len(held) < needed:
        return None
    if any(score(one, source) is not None for one in said.get("must_not", ())):
        return None
    return said.get("boost", 1.0) * (sum(x for x in must if x) + sum(held))


def phrase(wanted: list[str], held: list[str], prefix: bool) -> float | None:
    count = 0
    for start in range(len(held) - len(wanted) + 1):
        window = held[start : start + len(wanted)]
        same = window[:-1] == wanted[:-1] and (
            window[-1].startswith(wanted[-1]) if prefix else window[-1] == wanted[-1]
        )
        count += same
    return float(count) if count else None


@contextmanager
def serving() -> Iterator[tuple[str, Cluster]]:
    """The address of a running server, and its memory."""
    cluster = Cluster()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_any(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            with cluster.lock:
                cluster.asked.append((self.command, self.path, dict(self.headers)))
                status, answer = cluster.answer(self.command, self.path, body)
            data = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = do_PUT = do_DELETE = handle_any

        def log_message(self, *_args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", cluster
    finally:
        server.shutdown()
        server.server_close()
