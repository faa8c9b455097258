"""What load balancers, process managers and Prometheus ask. Answered before hosts, sessions or languages.

/health/live    the process answers; nothing else is looked at
/health/ready   it can serve people: database, tables of this version, writable folder
/metrics        numbers, for addresses of SHEKE_METRICS_FROM or bearers of SHEKE_METRICS_TOKEN
"""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Callable
from ipaddress import ip_address
from pathlib import Path

from django.conf import settings
from django.db import Error, connections
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, JsonResponse
from django.utils.crypto import constant_time_compare
from prometheus_client import CONTENT_TYPE_LATEST

from .metrics import exposition

logger = logging.getLogger(__name__)


def probes(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Answer the three addresses; all others go on."""
    answers = {"/health/live": live, "/health/ready": ready, "/metrics": metrics}

    def middleware(request: HttpRequest) -> HttpResponse:
        answer = answers.get(request.path_info)
        if answer is None:
            return get_response(request)
        if request.method not in ("GET", "HEAD"):
            return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
        response = answer(request)
        response.headers["Cache-Control"] = "no-store"
        return response

    return middleware


def live(_request: HttpRequest) -> HttpResponse:
    return JsonResponse({"status": "live"})


def ready(request: HttpRequest) -> HttpResponse:
    """200 or 503; the reasons are for callers who may also read the numbers."""
    failed, warned = faults()
    if failed:
        logger.error("not ready: %s", "; ".join(failed.values()))
    answer: dict[str, object] = {"status": "unready" if failed else "ready"}
    if is_ours(request):
        answer |= {"failed": failed, "warned": warned}
    return JsonResponse(answer, status=503 if failed else 200)


def metrics(request: HttpRequest) -> HttpResponse:
    if not is_ours(request):
        return HttpResponseForbidden("Not for you.\n", content_type="text/plain")
    return HttpResponse(exposition(), content_type=CONTENT_TYPE_LATEST)


def is_ours(request: HttpRequest) -> bool:
    """Whether the caller bears the token, or comes straight from an address that is allowed.

    What a proxy passed on comes from the proxy's address and not from there, so it needs the token.
    """
    token = settings.METRICS_TOKEN
    given = request.headers.get("Authorization", "")
    if token and constant_time_compare(given, f"Bearer {token}"):
        return True
    if {"HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP"} & request.META.keys():
        return False
    try:
        address = ip_address(request.META.get("REMOTE_ADDR") or "")
    except ValueError:
        return False
    return any(address in network for network in settings.METRICS_FROM)


def faults() -> tuple[dict[str, str], dict[str, str]]:
    """What keeps this process from serving anybody, and what it can do with for a while; by place."""
    failed: dict[str, str] = {}
    warned: dict[str, str] = {}
    for alias in connections:
        try:
            with connections[alias].cursor() as cursor:
                cursor.execute("SELECT 1")
        except Error as error:
            warned[f"database {alias}"] = _line(error)
    if len(warned) == len(list(connections)):
        failed, warned = warned, {}
    else:
        missing = _missing_migrations(next(a for a in connections if f"database {a}" not in warned))
        if missing:
            failed["migrations"] = f"{missing} to apply: run “sheke setup”"
    try:
        with tempfile.NamedTemporaryFile(dir=Path(settings.VAR)):
            pass
    except OSError as error:
        failed["folder"] = f"{settings.VAR}: {error.strerror}"
    return failed, warned


# Tables do not become older: once they are all there, that is not asked again.
_known: set[str] = set()


def _missing_migrations(alias: str) -> int:
    if alias in _known:
        return 0
    executor = MigrationExecutor(connections[alias])
    missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if not missing:
        _known.add(alias)
    return missing


def _line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]
