"""The cache of public pages. It stands first, so that a hit costs no other middleware.

Each process keeps its own pages for a short while. What is published touches one file, whose time is
part of every key: so all processes of a machine forget at once, and other machines by the clock.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from time import monotonic
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language_from_request

from .metrics import PAGE_CACHE
from .page_edition import edition

LIMIT = 1000  # pages; the oldest goes first
# The answer's own marks, made anew or left out.
NOT_KEPT = {"x-request-id", "date", "server-timing"}


@dataclass(frozen=True)
class Page:
    """An answer as it was, and until when (on the monotonic clock) it may be given again."""

    until: float
    content: bytes
    headers: tuple[tuple[str, str], ...]


class PageCache:
    """Answers GET of public pages without a query from memory."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.pages: OrderedDict[tuple[object, ...], Page] = OrderedDict()
        self.lock = Lock()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "GET" or request.META.get("QUERY_STRING"):
            return self.get_response(request)
        key = _key(request)
        page = self.pages.get(key)
        if page is not None and page.until > monotonic():
            PAGE_CACHE.labels("hit").inc()
            return HttpResponse(page.content, headers=dict(page.headers))
        response = self.get_response(request)
        if _may_be_kept(request, response):
            PAGE_CACHE.labels("miss").inc()
            self._keep(key, response)
        return response

    def _keep(self, key: tuple[object, ...], response: HttpResponse) -> None:
        headers = tuple((k, v) for k, v in response.items() if k.lower() not in NOT_KEPT)
        page = Page(monotonic() + settings.PAGE_CACHE_SECONDS, response.content, headers)
        with self.lock:
            self.pages[key] = page
            self.pages.move_to_end(key)
            while len(self.pages) > LIMIT:
                self.pages.popitem(last=False)


def _key(request: HttpRequest) -> tuple[object, ...]:
    """What the answer depends on. The scheme and host stand in absolute links."""
    return (
        request.scheme, request.META.get("HTTP_HOST"), request.path,
        get_language_from_request(request), "HTTP_HX_REQUEST" in request.META, edition(),
    )  # fmt: skip


def _may_be_kept(request: HttpRequest, response: Any) -> bool:
    """Only what is marked as public, went well and carries nothing of a person."""
    match = request.resolver_match
    return (
        settings.PAGE_CACHE_SECONDS > 0
        and match is not None
        and getattr(match.func, "public_page", False)
        and response.status_code == 200
        and not response.streaming
        and not response.cookies
        and "cookie" not in response.get("Vary", "").lower()
    )
