"""Reading from streaming replicas without ever showing a person less than they wrote themselves.

After each request that may have written, the browser gets a cookie with the primary's position in
its log (LSN). A later GET may read a replica only when that replica has replayed this position; else
it reads the primary. Everything else – other methods, transactions, locks, jobs, the command line,
callers with tokens – uses the primary alone. Accounts and sessions are read from the primary too, so
that what was ended is ended at once.

While the primary is away, GETs are answered from a replica that has all of the person's writes;
what would write gets a page that says so (503), and nothing is half done.
"""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.signals import got_request_exception
from django.db import DEFAULT_DB_ALIAS, Error, InterfaceError, OperationalError, connections
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from sheke.core.databases import Reading, reading

from .metrics import READS
from .standing import Standing, lsn

logger = logging.getLogger(__name__)
COOKIE = "sheke_seen"
WELL_FORMED = re.compile(r"[0-9A-F]{1,8}/[0-9A-F]{1,8}")
UNKNOWN = "FFFFFFFF/FFFFFFFF"  # written, but behind which position could not be asked
READING = ("GET", "HEAD")
# What says who someone is, and whether they may still come in.
FIRST_HAND_APPS = {
    "sessions", "auth", "accounts", "account", "mfa", "socialaccount", "usersessions", "axes",
}  # fmt: skip
FIRST_HAND_MODELS = {"directory.account", "directory.tenure"}


class Router:
    """Django's database router; see the top of the file."""

    def db_for_read(self, model: type[Any], **_hints: Any) -> str:
        now = reading.get()
        if now is None or now.alias == DEFAULT_DB_ALIAS:
            return DEFAULT_DB_ALIAS
        if not now.primary_away and (
            now.wrote
            or connections[DEFAULT_DB_ALIAS].in_atomic_block
            or model._meta.app_label in FIRST_HAND_APPS
            or model._meta.label_lower in FIRST_HAND_MODELS
        ):
            return DEFAULT_DB_ALIAS
        return now.alias

    def db_for_write(self, model: type[Any], **_hints: Any) -> str:
        return DEFAULT_DB_ALIAS

    def allow_relation(self, _one: object, _other: object, **_hints: Any) -> bool:
        return True  # all are copies of one database

    def allow_migrate(self, db: str, app_label: str, **_hints: Any) -> bool:
        return db == DEFAULT_DB_ALIAS


def aliases() -> list[str]:
    return [alias for alias in settings.DATABASES if alias != DEFAULT_DB_ALIAS]


class ReadYourWrites:
    """Chooses the database of each request; stands before sessions are looked at."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.standing = Standing()
        got_request_exception.connect(_note_failure, dispatch_uid="sheke.replicas")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not aliases():
            return self._run(request, Reading())[0]
        now = self._choose(request)
        if now.primary_away and (request.method not in READING or now.alias == DEFAULT_DB_ALIAS):
            return away(request)
        response, failed = self._run(request, now)
        if failed and request.method in READING:
            response = self._again(request, now)
        unclear = request.COOKIES.get(COOKIE) == UNKNOWN
        if not now.primary_away and (now.wrote or unclear or request.method not in READING):
            _remember(response)
        return response

    def _choose(self, request: HttpRequest) -> Reading:
        """The replica of this browser if it has what the browser wrote, else the primary."""
        primary_away = not self.standing.is_up(DEFAULT_DB_ALIAS)
        may_read = request.method in READING and "Authorization" not in request.headers
        if not may_read and not (primary_away and request.method in READING):
            return Reading(primary_away=primary_away)
        seen = request.COOKIES.get(COOKIE, "")
        position = lsn(seen) if WELL_FORMED.fullmatch(seen) else 0
        alias = self.standing.replica_with(position, _stickiness(request))
        return Reading(alias=alias or DEFAULT_DB_ALIAS, primary_away=primary_away)

    def _run(self, request: HttpRequest, now: Reading) -> tuple[HttpResponse, bool]:
        """The answer, and whether a database failed on the way; then the answer says to wait."""
        before = reading.set(now)
        READS.labels("primary" if now.alias == DEFAULT_DB_ALIAS else "replica").inc()
        try:
            with connections[DEFAULT_DB_ALIAS].execute_wrapper(_Writes(now)):
                response = self.get_response(request)
        finally:
            reading.reset(before)
        return (away(request, uncertain=True), True) if now.failed else (response, False)

    def _again(self, request: HttpRequest, before: Reading) -> HttpResponse:
        """A database went away under a reader: look anew who is there, and read once more."""
        self.standing.doubt(before.alias, DEFAULT_DB_ALIAS)
        now = self._choose(request)
        if now.primary_away and now.alias == DEFAULT_DB_ALIAS:
            return away(request)
        response = self._run(request, now)[0]
        before.wrote, before.primary_away = now.wrote, now.primary_away
        return response


class _Writes:
    """Notes whether a statement on the primary may have changed something."""

    def __init__(self, now: Reading) -> None:
        self.now = now

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not str(sql).lstrip()[:6].upper().startswith("SELECT"):
            self.now.wrote = True
        return execute(sql, params, many, context)


def _note_failure(**_signal: Any) -> None:
    """Remember that the request failed because a database did, not because of us."""
    now, error = reading.get(), sys.exc_info()[1]
    if now is None or not isinstance(error, OperationalError | InterfaceError):
        return
    postgresql = connections[DEFAULT_DB_ALIAS].vendor == "postgresql"
    now.failed = postgresql or "locked" in str(error)


def _remember(response: HttpResponse) -> None:
    """Give the browser the primary's present position, behind which its writes lie."""
    try:
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute("SELECT pg_current_wal_insert_lsn()")
            (position,) = cursor.fetchone()
    except Error:
        position = UNKNOWN
        logger.warning("the primary went away after a request that wrote")
    response.set_cookie(
        COOKIE, position, max_age=365 * 24 * 3600, httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip


def _stickiness(request: HttpRequest) -> str:
    """One browser keeps to one replica, so that it does not go back and forth in time."""
    return request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")


def away(request: HttpRequest, *, uncertain: bool = False) -> HttpResponse:
    """The page that says that the database does not answer; `uncertain`: it went in the middle."""
    writing = request.method not in READING
    context = {"writing": writing, "uncertain": writing and uncertain}
    response = HttpResponse(render_to_string("503.html", context), status=503)
    response.headers["Retry-After"] = "5"
    response.headers["Cache-Control"] = "no-store"
    return response
