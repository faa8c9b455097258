"""One JSON POST to an address that an administrator wrote: checked, short-lived, never redirected."""

from __future__ import annotations

import http.client
import json
import ssl
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from sheke.core.errors import BadInput

from .contract import NotNow, Refused, Unclear

TIMEOUT = 10  # seconds, for connecting and for each part of the answer
LONGEST = 64 * 1024  # bytes read of an answer
PATIENCE = timedelta(days=1)  # the longest Retry-After that is heeded
ROBOTS = ("qyapi.weixin.qq.com", "oapi.dingtalk.com")


@dataclass(frozen=True)
class Answer:
    status: int
    after: timedelta | None
    data: dict[str, Any]  # of a JSON object, else empty
    text: str


def checked_url(url: str) -> str:
    """The address if messages may go there. Raises BadInput.

    Only http(s) to hosts that the settings allow: an address must not lead into the own network.
    """
    try:
        parts = urlsplit(url.strip())
        parts.port  # noqa: B018  raises for what is no number
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
        raise BadInput(_("An address begins with https:// (or http://) and names a host."))
    if parts.hostname not in allowed_hosts():
        raise BadInput(
            _("Messages may not go to %(host)s; SHEKE_NOTICES_HOSTS lists where they may.")
            % {"host": parts.hostname}
        )
    return url.strip()


def allowed_hosts() -> set[str]:
    """The robots' hosts, the gateway for SMS, and those of the settings."""
    gateway = urlsplit(settings.SMS_URL).hostname
    return {*ROBOTS, *settings.NOTICES_HOSTS} | ({gateway} if gateway else set())


def post(url: str, body: bytes, headers: dict[str, str]) -> Answer:
    """POST the body. Raises NotNow when nothing was sent, Unclear when no answer came."""
    try:
        parts = urlsplit(checked_url(url))
    except BadInput as error:
        raise Refused(str(error)) from error
    connection = _connection(parts.scheme, parts.hostname or "", parts.port)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.connect()
    except OSError as error:
        raise NotNow(f"{parts.hostname}: {error}") from error
    try:
        connection.request("POST", path, body, {"Content-Type": "application/json"} | headers)
        answer = connection.getresponse()
        return _read(answer)
    except (OSError, http.client.HTTPException) as error:
        raise Unclear(f"{parts.hostname}: {type(error).__name__} {error}") from error
    finally:
        connection.close()


def _connection(scheme: str, host: str, port: int | None) -> http.client.HTTPConnection:
    if scheme == "http":
        return http.client.HTTPConnection(host, port, timeout=TIMEOUT)
    context = ssl.create_default_context()
    return http.client.HTTPSConnection(host, port, timeout=TIMEOUT, context=context)


def _read(answer: http.client.HTTPResponse) -> Answer:
    text = answer.read(LONGEST).decode(errors="replace")
    try:
        data = json.loads(text)
    except ValueError:
        data = {}
    wait = answer.headers.get("Retry-After", "")
    after = min(timedelta(seconds=int(wait[:9])), PATIENCE) if wait.isdecimal() else None
    return Answer(answer.status, after, data if isinstance(data, dict) else {}, text[:200])
