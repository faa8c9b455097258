"""Secretaries at their browsers: post records and tables of records through the forms."""

from __future__ import annotations

import threading
import time
import uuid
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from itertools import count
from urllib.parse import urlencode

TOKEN = "t" * 32
ROWS = 20


@dataclass
class Told:
    """What the server acknowledged, and what it may or may not have kept."""

    acknowledged: list[str] = field(default_factory=list)
    sent: list[str] = field(default_factory=list)
    imports: list[str] = field(default_factory=list)  # names of tables whose posting was accepted
    refused: list[str] = field(default_factory=list)  # answers that no kill explains
    times: list[float] = field(default_factory=list)  # seconds of each acknowledged post


class Browser:
    """One signed-in secretary."""

    def __init__(self, port: int, session: str, code: str, timeout: float = 70) -> None:
        self.port, self.code, self.timeout = port, code, timeout
        self.headers = {"Cookie": f"sessionid={session}; csrftoken={TOKEN}"}
        self.connection: HTTPConnection | None = None
        self.page = b""  # of the last answer

    def ask(self, method: str, path: str, body: bytes = b"", kind: str = "") -> tuple[int, str]:
        """Status and the address it leads to. Raises OSError or HTTPException."""
        if self.connection is None:
            self.connection = HTTPConnection("127.0.0.1", self.port, timeout=self.timeout)
        headers = self.headers | ({"Content-Type": kind} if kind else {})
        try:
            self.connection.request(method, path, body or None, headers)
            answer = self.connection.getresponse()
            self.page = answer.read()
        except (OSError, HTTPException):
            self.connection.close()
            self.connection = None
            raise
        return answer.status, answer.getheader("Location", "")

    def post_record(self, title: str) -> tuple[int, str]:
        form = {
            "csrfmiddlewaretoken": TOKEN, "confirmed": "1", "title": title,
            "happened_on": "2025-05-10", "organisation": self.code, "part-attendance": "120",
        }  # fmt: skip
        kind = "application/x-www-form-urlencoded"
        return self.ask("POST", "/ledger/new/lecture/", urlencode(form).encode(), kind)

    def upload(self, name: str) -> tuple[int, str]:
        """A table of ROWS records whose titles begin with its name."""
        lines = "".join(f"{name}-{n},2025-0{n % 9 + 1}-11\n" for n in range(ROWS))
        fields = {"csrfmiddlewaretoken": TOKEN, "type": "lecture", "organisation": self.code}
        border = uuid.uuid4().hex
        parts = [
            f'--{border}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
            for key, value in fields.items()
        ]
        file = f'name="file"; filename="{name}.csv"\r\nContent-Type: text/csv'
        parts.append(f"--{border}\r\nContent-Disposition: form-data; {file}\r\n\r\n")
        body = "".join([*parts, "标题,日期\n", lines, f"\r\n--{border}--\r\n"])
        kind = f"multipart/form-data; boundary={border}"
        return self.ask("POST", "/ledger/imports/", body.encode(), kind)

    def confirm(self, address: str) -> tuple[int, str]:
        body = urlencode({"csrfmiddlewaretoken": TOKEN}).encode()
        kind = "application/x-www-form-urlencoded"
        return self.ask("POST", f"{address}posting/", body, kind)


class Secretary(threading.Thread):
    """Posts until told to stop. Every `tables`-th time a table, else one record."""

    def __init__(self, browser: Browser, name: str, told: Told, *, tables: int = 0) -> None:
        super().__init__(daemon=True)
        self.browser, self.label, self.told, self.tables = browser, name, told, tables
        self.ending = threading.Event()
        self.uploaded: list[tuple[str, str]] = []

    def run(self) -> None:
        for n in count(1):
            if self.ending.is_set():
                return
            try:
                self._table(n) if self.tables and n % self.tables == 0 else self._record(n)
            except (OSError, HTTPException):
                time.sleep(0.05)

    def _record(self, n: int) -> None:
        title = f"{self.label}-r{n}"
        self.told.sent.append(title)
        began = time.perf_counter()
        status, _where = self.browser.post_record(title)
        if status == 302:
            self.told.acknowledged.append(title)
            self.told.times.append(time.perf_counter() - began)
        elif status < 500:
            self.told.refused.append(f"{title}: {status}")

    def _table(self, n: int) -> None:
        """Upload one, and post those uploaded before that are read by now."""
        for name, address in list(self.uploaded):
            self.browser.ask("GET", address)
            if b"posting/" in self.browser.page:  # the button is there
                self.uploaded.remove((name, address))
                status, where = self.browser.confirm(address)
                if status == 302 and where == address:
                    self.told.imports.append(name)
        name = f"{self.label}-t{n}"
        status, where = self.browser.upload(name)
        if status == 302:
            self.uploaded.append((name, where))
