"""A local server that speaks what the adapters' other sides speak: our contract, and both robots."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

SECRET = "a-signing-secret"
DINGTALK_SECRET = "SEC0123456789"


class Gateway(ThreadingHTTPServer):
    """`asked` has every request, `taken` what was accepted by key; `next` are answers to give first:
    (status, headers, data), or None to hang up without one."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[dict[str, Any]] = []
        self.taken: dict[str, dict[str, Any]] = {}
        self.next: list[tuple[int, dict[str, str], Any] | None] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    server: Gateway

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        data = json.loads(body)
        self.server.asked.append({"path": self.path, "headers": dict(self.headers), "data": data})
        if self.server.next:
            canned = self.server.next.pop(0)
            if canned is None:
                self.close_connection = True
                return
            return self.answer(*canned)
        place = urlsplit(self.path).path
        if place.startswith("/cgi-bin/webhook"):
            return self.wecom(data)
        if place.startswith("/robot/send"):
            return self.dingtalk(data)
        return self.signed(body, data)

    def do_GET(self) -> None:
        self.server.asked.append({"path": self.path, "method": "GET"})
        self.answer(200, {}, {})

    def signed(self, body: bytes, data: dict[str, Any]) -> None:
        stamp = self.headers["X-Sheke-Timestamp"]
        mine = hmac.new(SECRET.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
        if abs(time.time() - int(stamp)) > 300:
            return self.answer(401, {}, {"error": "stale"})
        if not hmac.compare_digest(f"sha256={mine}", self.headers["X-Sheke-Signature"]):
            return self.answer(401, {}, {"error": "signature"})
        key = self.headers["Idempotency-Key"]
        first = self.server.taken.setdefault(key, data)
        assert first == data, "one key, two messages"
        return self.answer(200, {}, {"reference": f"ref-{len(self.server.taken)}"})

    def wecom(self, data: dict[str, Any]) -> None:
        query = parse_qs(urlsplit(self.path).query)
        if query.get("key") != ["good"]:
            return self.answer(200, {}, {"errcode": 93000, "errmsg": "invalid webhook url"})
        if data.get("msgtype") != "text" or not data["text"]["content"]:
            return self.answer(200, {}, {"errcode": 40008, "errmsg": "invalid message type"})
        if len(data["text"]["content"].encode()) > 2048:
            return self.answer(200, {}, {"errcode": 45002, "errmsg": "content size out of limit"})
        return self.take(data)

    def dingtalk(self, data: dict[str, Any]) -> None:
        query = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
        words = f"{query.get('timestamp', '')}\n{DINGTALK_SECRET}"
        mine = hmac.new(DINGTALK_SECRET.encode(), words.encode(), hashlib.sha256).digest()
        if query.get("sign") != base64.b64encode(mine).decode():
            return self.answer(200, {}, {"errcode": 310000, "errmsg": "sign not match"})
        return self.take(data)

    def take(self, data: dict[str, Any]) -> None:
        self.server.taken[str(len(self.server.taken))] = data
        self.answer(200, {}, {"errcode": 0, "errmsg": "ok"})

    def answer(self, status: int, headers: dict[str, str], data: Any) -> None:
        body = json.dumps(data).encode()
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(body))} | headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Silent."""


@contextmanager
def running() -> Iterator[Gateway]:
    server = Gateway()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
