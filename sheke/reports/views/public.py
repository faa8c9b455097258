"""What anyone may see who has a report's code. No session, no cookie, no sign-in."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from sheke.core.public import public_page
from sheke.reports.documents import show_code
from sheke.reports.queries import published_snapshot
from sheke.reports.saying import say_period, say_scope
from sheke.reports.sealing import read_code, seal_holds


@public_page
@login_not_required
@require_safe
def form(request: HttpRequest) -> HttpResponse:
    """Type a code; it leads to the code's own address."""
    code = read_code(request.GET.get("code", ""))
    if code:
        return redirect("verify:code", code)
    return _page({"code": ""})


@public_page
@login_not_required
@require_safe
def code(request: HttpRequest, code: str) -> HttpResponse:
    """What the office chose to publish of a frozen report; nothing else, and no hint of more."""
    clean = read_code(code)
    snapshot = published_snapshot(clean)
    context: dict[str, object] = {"code": show_code(clean)}
    if snapshot is None:
        return _page(context | {"missing": True}, status=404)
    chosen = set(snapshot.publication.figures)
    context |= {
        "report": snapshot.body["report"],
        "period": _period(snapshot.body["report"]),
        "frozen_at": snapshot.at,
        "seal": snapshot.seal,
        "seal_holds": seal_holds(snapshot),
        "figures": [_figure(f) for f in snapshot.body["figures"] if f["key"] in chosen],
    }
    return _page(context)


def _page(context: dict[str, object], status: int = 200) -> HttpResponse:
    """Rendered without the request, so that no token or session is ever asked for."""
    answer = HttpResponse(render_to_string("reports/verify_public.html", context), status=status)
    patch_cache_control(answer, public=True, max_age=60)
    return answer


def _figure(figure: dict[str, object]) -> dict[str, object]:
    shown: dict[str, object] = {"printed": figure["printed"], "before": figure["before"]}
    if "indicator" in figure:
        scope: dict[str, object] = figure["scope"]  # type: ignore[assignment]
        kinds: list[str] = scope["kinds"]  # type: ignore[assignment]
        shown["indicator"] = figure["indicator"]
        shown["scope"] = say_scope(str(scope["name"]), kinds, bool(scope["own"]))
        shown["period"] = _period(figure)
        shown["rows"] = figure["rows"]
    return shown


def _period(holder: dict[str, object]) -> str:
    first, last = str(holder["first_day"]), str(holder["last_day"])
    return say_period(date.fromisoformat(first), date.fromisoformat(last))
