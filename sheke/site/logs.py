"""Log lines: text or JSON, with the request's id, without personal data.

Addresses may hold codes and invitations, queries hold what people search for: a line names the route
(`ledger/records/<int:pk>/`), never the address. Phone and ID numbers and mail addresses are masked.
"""

from __future__ import annotations

import json
import logging
import re
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

request_id: ContextVar[str] = ContextVar("request_id", default="")

# Of our own lines; see sheke.site.observing.
FIELDS = ("view", "method", "status", "ms", "queries")
MASKS = (
    (re.compile(r"(?<![0-9A-Za-z])\d{6}(?:18|19|20)\d{9}[\dXx](?![0-9A-Za-z])"), "[ID number]"),
    (re.compile(r"(?<![0-9A-Za-z])(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?![0-9A-Za-z])"), "[phone]"),
    # Only from where a word begins: otherwise a long one without @ is read anew from each letter.
    (re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), "[mail]"),
    (re.compile(r"(?<=[\w/])\?[\w%.~-]+=[^\s\"'<>]*"), "?…"),
    # PostgreSQL prints the row that broke a constraint.
    (re.compile(r"^(DETAIL|CONTEXT|HINT):.*$", re.MULTILINE), r"\1: …"),
)  # fmt: skip


def masked(text: str) -> str:
    """The text without numbers and addresses of persons and without queries of addresses."""
    for pattern, instead in MASKS:
        text = pattern.sub(instead, text)
    return text


def route(request: Any) -> str:
    """What was asked for, without what a person put into the address."""
    match = getattr(request, "resolver_match", None)
    if match is not None:
        return f"/{match.route}"
    first, slash, _rest = str(getattr(request, "path", "")).lstrip("/").partition("/")
    return f"/{first}/…" if slash else "/…"


class Masked(logging.Formatter):
    """One line of text, with the stack below it where there is one."""

    def format(self, record: logging.LogRecord) -> str:
        line = f"{_time(record)} {record.levelname} {record.name} {_message(record)}"
        if number := request_id.get():
            line += f" request={number}"
        line += "".join(f" {k}={getattr(record, k)}" for k in FIELDS if hasattr(record, k))
        return masked("\n".join(part for part in (line, self._stack(record)) if part))

    def _stack(self, record: logging.LogRecord) -> str:
        return self.formatException(record.exc_info) if record.exc_info else ""


class Json(Masked):
    """One JSON object a line: time, level, logger, message, request, and the line's own fields."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": _time(record), "level": record.levelname, "logger": record.name,
            "message": masked(_message(record)),
        }  # fmt: skip
        if number := request_id.get():
            line["request"] = number
        line |= {k: getattr(record, k) for k in FIELDS if hasattr(record, k)}
        if stack := self._stack(record):
            line["stack"] = masked(stack)
        return json.dumps(line, ensure_ascii=False, default=str, separators=(",", ":"))


def _time(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")


def _message(record: logging.LogRecord) -> str:
    """Django's own lines name the address; the route stands in its place."""
    text = record.getMessage()
    request = getattr(record, "request", None)
    path = getattr(request, "path", "")
    return text.replace(path, route(request)) if len(path) > 1 else text


def logging_settings(level: str, form: str) -> dict[str, object]:
    """Django's LOGGING for a level and `text` or `json`."""
    formatter = "sheke.site.logs.Json" if form == "json" else "sheke.site.logs.Masked"
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": {"()": formatter}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["console"], "level": level},
        # Django's own handlers would print the addresses as they are, and mail them.
        "loggers": {
            "django": {"handlers": [], "propagate": True, "level": "NOTSET"},
            "django.server": {"handlers": [], "propagate": True, "level": "NOTSET"},
        },
    }
