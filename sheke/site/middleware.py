"""What is refused before any page sees it, and the page that says so."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from sheke.core.errors import BadInput

logger = logging.getLogger(__name__)
DIGITS = 1000  # Python refuses to read more than 4300
FILES = 4  # so many uploads of the largest size may come with one form


def size_limit(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Refuse a body larger than any form of ours sends, before it fills the disk.

    A body without a length is read as empty by the server, so the length tells all.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or int(length) > FILES * settings.UPLOAD_LIMIT:
            text = _("What was sent is too large. Send fewer or smaller files at a time.")
            return HttpResponse(render_to_string("400.html", {"reason": text}), status=413)
        return get_response(request)

    return middleware


class SignInRequired(LoginRequiredMiddleware):
    """Django's, but it does not look into the session where nobody needs to be signed in.

    So the pages for everyone do not vary by cookie, and any cache may keep them.
    """

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        if not getattr(view, "login_required", True):
            return None
        return super().process_view(request, view, args, kwargs)


class BadRequests:
    """Zero characters, which no database keeps and no keyboard makes; numbers that Python does not
    read for their length; and what a view let through.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: object, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        given = [*args, *kwargs.values()]
        for query in (request.GET, request.POST):
            given += [*query, *(value for _name, values in query.lists() for value in values)]
        texts = [value for value in given if isinstance(value, str)]
        if any("\0" in text for text in texts):
            return refused(request, _("What was sent holds a character that cannot be kept."))
        if any(len(text) > DIGITS and text.isdecimal() for text in texts):
            return refused(request, _("What was sent holds a number that is too long."))
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A BadInput is a person's to mend, and so is a number that no column holds."""
        if isinstance(error, OverflowError | DataError):
            logger.warning("a value that cannot be kept", exc_info=error)
            return refused(request, _("What was sent holds a number that is too long."))
        return refused(request, str(error)) if isinstance(error, BadInput) else None


def refused(request: HttpRequest, reason: str) -> HttpResponse:
    return render(request, "400.html", {"reason": reason}, status=400)
