"""From which address a request comes."""

from __future__ import annotations

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The client's address as the outermost of our proxies saw it; “” when there is none.

    Each proxy adds the address it sees at the end of X-Forwarded-For, so with two proxies the last
    entry but one is true and what stands before it may be anybody's invention. A request with fewer
    entries did not come through the proxies and has the address that the server sees.
    """
    seen = str(request.META.get("REMOTE_ADDR") or "")
    proxies = settings.PROXIES
    if proxies > 0:
        said = str(request.META.get("HTTP_X_FORWARDED_FOR") or "").split(",")
        if len(said) >= proxies:
            seen = said[-proxies].strip() or seen
    return _plain(seen) or _plain(str(request.META.get("REMOTE_ADDR") or ""))


def _plain(text: str) -> str:
    """Without a port or brackets; “” for what is no address."""
    text = text.removeprefix("[").partition("]")[0]
    if text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        return str(ip_address(text))
    except ValueError:
        return ""
