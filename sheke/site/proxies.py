"""The address of the person behind the proxies that the office runs itself (SHEKE_PROXIES)."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse


def real_address(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Put the last address of X-Forwarded-For that is no proxy of ours into REMOTE_ADDR.

    What comes from elsewhere may write into that header what it likes, so it is not believed there.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR")
        if settings.PROXIES and forwarded and _is_proxy(request.META.get("REMOTE_ADDR") or ""):
            request.META["REMOTE_ADDR"] = behind(forwarded)
        return get_response(request)

    return middleware


def behind(forwarded: str) -> str:
    """The last address of the list that is none of our proxies; the first where all are."""
    hosts = [host.strip() for host in forwarded.split(",")]
    return next((host for host in reversed(hosts) if not _is_proxy(host)), hosts[0])


def _is_proxy(host: str) -> bool:
    """A Unix socket has no address; whoever may open it is trusted."""
    try:
        address = ip_address(host) if host else None
    except ValueError:
        return False
    return address is None or any(address in network for network in settings.PROXIES)
