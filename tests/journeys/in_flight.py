"""Counts the requests that the live server answers, so that a test's end waits for the last one."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

QUIET = 0.1  # seconds without a request
PATIENCE = 10.0

_lock = threading.Lock()
_running = 0
_last = 0.0


def counting(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """A middleware of the tests' settings."""

    def count(request: HttpRequest) -> HttpResponse:
        _change(1)
        try:
            return get_response(request)
        finally:
            _change(-1)

    return count


def wait() -> None:
    """Until the server is quiet: a page that saves itself writes once more when it is closed."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with _lock:
            if not _running and time.monotonic() - _last > QUIET:
                return
        time.sleep(0.02)


def _change(by: int) -> None:
    global _running, _last
    with _lock:
        _running += by
        _last = time.monotonic()
