"""Each request gets an id, is timed and counted, and leaves a line in the log."""

from __future__ import annotations

import logging
import re
import secrets
from collections.abc import Callable
from contextlib import ExitStack
from time import perf_counter
from typing import Any

from django.conf import settings
from django.db import connections
from django.http import HttpRequest, HttpResponse

from . import logs
from .metrics import QUERIES, REQUESTS

logger = logging.getLogger("sheke.requests")
HEADER = "X-Request-ID"
WELL_FORMED = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{7,63}")
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


class Count:
    """Counts the statements that pass."""

    def __init__(self) -> None:
        self.queries = 0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self.queries += 1
        return execute(sql, params, many, context)


class Observed:
    """Outermost but for the page cache: what is below is measured with it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        number = _number(request)
        request.id = number  # type: ignore[attr-defined]
        before = logs.request_id.set(number)
        start, count = perf_counter(), Count()
        try:
            with ExitStack() as stack:
                for connection in connections.all():
                    stack.enter_context(connection.execute_wrapper(count))
                response = self.get_response(request)
            response.headers[HEADER] = number
            _note(request, response, perf_counter() - start, count.queries)
            return response
        finally:
            logs.request_id.reset(before)


def _number(request: HttpRequest) -> str:
    """The id that a proxy in front gave, if it is one; else a new one."""
    given = request.headers.get(HEADER, "")
    return given if WELL_FORMED.fullmatch(given) else secrets.token_hex(8)


def _note(request: HttpRequest, response: HttpResponse, seconds: float, queries: int) -> None:
    match = request.resolver_match
    view = match.view_name if match else "none"
    method = request.method if request.method in METHODS else "other"
    REQUESTS.labels(view, method, str(response.status_code)).observe(seconds)
    QUERIES.labels(view).observe(queries)
    ms = round(seconds * 1000, 1)
    slow = ms >= settings.SLOW_MS
    logger.log(
        logging.WARNING if slow else logging.INFO, "slow request" if slow else "request",
        extra={"view": view, "method": method, "status": response.status_code, "ms": ms,
               "queries": queries},
    )  # fmt: skip
