"""How often a page may be asked to do something, and what is said when it was too often."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


def limited(action: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """POSTs beyond the rates of ACCOUNT_RATE_LIMITS[action] get 429."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            if not allowed(request, action):
                return too_often(request)
            return view(request, *args, **kwargs)

        return wrapped

    return decorate


def allowed(request: HttpRequest, action: str, key: str = "") -> bool:
    """Count this request; whether it is still within the rates. `key`: what rates “per key” count."""
    return request.method == "GET" or ratelimit.consume(request, action=action, key=key or "-")


def too_often(request: HttpRequest, *_given: object) -> HttpResponse:
    reason = _("That was too often in a short time. Wait some minutes and try again.")
    return render(request, "400.html", {"reason": reason}, status=429)
