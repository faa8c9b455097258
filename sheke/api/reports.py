"""Reports, their figures, and whether a frozen one still holds."""

from __future__ import annotations

from typing import Any, cast

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Query, Router
from ninja.errors import HttpError

from sheke.directory.models import Account
from sheke.reports.models import Figure, Report
from sheke.reports.queries import report_figures, visible_reports
from sheke.reports.verification.files import verify_snapshot

from .paging import MOST, Page, page

router = Router(tags=["reports"])


@router.get("/reports", response=Page, summary="Reports, the latest first")
def reports(
    request: HttpRequest, cursor: str = "", limit: int = Query(50, ge=1, le=MOST)
) -> dict[str, Any]:
    found = visible_reports(cast(Account, request.user))
    rows, following = page(
        found, by=("last_day", "id"), cursor=cursor, limit=limit, descending=True
    )
    return {"items": [_head(row) for row in rows], "next": following}


@router.get("/reports/{int:number}", response=dict[str, Any], summary="A report with its figures")
def report(request: HttpRequest, number: int) -> dict[str, Any]:
    found = _found(request, number)
    return _head(found) | {"figures": [_figure(figure) for figure in report_figures(found)]}


@router.get(
    "/reports/{int:number}/verification", response=dict[str, Any], summary="What of it still holds"
)
def verification(request: HttpRequest, number: int) -> dict[str, Any]:
    found = _found(request, number)
    snapshot = getattr(found, "snapshot", None)
    if snapshot is None:
        raise HttpError(409, _("The report is not frozen yet."))
    return verify_snapshot(snapshot, None).as_json()


def _found(request: HttpRequest, number: int) -> Report:
    if number >= 2**63:
        raise Http404
    return get_object_or_404(visible_reports(cast(Account, request.user)), pk=number)


def _head(report: Report) -> dict[str, Any]:
    snapshot = getattr(report, "snapshot", None)
    return {
        "id": report.pk, "title": report.title, "organisation": report.organisation.code,
        "first": report.first_day.isoformat(), "last": report.last_day.isoformat(),
        "code": snapshot.code if snapshot else None, "seal": snapshot.seal if snapshot else None,
    }  # fmt: skip


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "slot": figure.slot.key, "printed": figure.printed,
        "indicator": figure.edition.definition.key if figure.edition else None,
        "value": str(figure.value) if figure.value is not None else None, "rows": figure.rows,
    }  # fmt: skip
