"""The first page of data returns, and the matrix of organisations and returns."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, F, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sheke.core.numerals import whole_number
from sheke.directory.models import Organisation
from sheke.directory.queries import acting_organisations

from .. import queries
from ..models import Asked
from .access import account, office_only

COLUMNS = 18  # returns side by side


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What the account has to answer, and what its office asks."""
    me = account(request)
    mine = acting_organisations(me).order_by().values("pk")
    answered = Asked.objects.filter(organisation__in=mine).exclude(latest=None).with_state()
    context: dict[str, Any] = {
        "due": list(queries.due_for(me)[:100]),
        "answered": list(answered.order_by("-latest__sent_at")[:20]),
        "office": request.user.has_perm("returns.ask_something"),
    }
    if context["office"]:
        context |= _asked(request)
    return render(request, "returns/index.html", context)


def _asked(request: HttpRequest) -> dict[str, Any]:
    """The office's returns with their tallies. Two queries a page."""
    given_back = Q(asked__latest__sending_back__isnull=False)
    taken_back = Q(asked__latest__withdrawal__isnull=False)
    open_ = Q(asked__latest=None) | given_back | taken_back
    found = queries.returns_of(account(request)).annotate(
        asked_count=Count("asked"),
        accepted_count=Count("asked", filter=Q(asked__accepted__isnull=False)),
        sent_count=Count(
            "asked",
            filter=~open_ & Q(asked__latest__acceptance=None),
        ),
        missing_count=Count("asked", filter=open_ & Q(asked__accepted=None)),
    )
    state = request.GET.get("state", "open")
    if state == "open":
        found = found.filter(closure=None).filter(
            ~Q(asked_count=F("accepted_count")) | Q(due_on__gte=timezone.localdate())
        )
    page = Paginator(found.order_by("-due_on", "-id"), 30).get_page(request.GET.get("page"))
    return {"page": page, "state": state}


@require_safe
def matrix(request: HttpRequest) -> HttpResponse:
    """Organisations × returns of a year: states, completeness, timeliness."""
    office_only(request)
    today = timezone.localdate()
    year = _year(request.GET.get("year", ""), today)
    returns = queries.returns_of(account(request)).filter(due_on__year=year)
    forms = {r.edition.definition.key: str(r.form.name) for r in returns}
    form = request.GET.get("form", "")
    if form in forms:
        returns = returns.filter(edition__definition__key=form)
    columns = list(returns.order_by("-due_on", "-id")[:COLUMNS])[::-1]
    kind = request.GET.get("kind", "")
    rows = _rows(request, columns, year)
    kinds = {row.organisation.kind for row in rows}
    if kind in kinds:
        rows = [row for row in rows if row.organisation.kind == kind]
    if only := request.GET.get("only") == "late":
        rows = [row for row in rows if any(_is_late(asked) for asked in row.cells.values())]
    context = {
        "columns": columns,
        "rows": [(row, [row.cells.get(column.pk) for column in columns]) for row in rows],
        "totals": _totals(rows),
        "year": year,
        "years": range(today.year + 1, today.year - 5, -1),
        "forms": forms,
        "form": form,
        "kinds": [(k, label) for k, label in Organisation.Kind.choices if k in kinds],
        "kind": kind,
        "only_late": only,
    }
    return render(request, "returns/overview.html", context)


def _rows(request: HttpRequest, columns: list[Any], year: int) -> list[queries.Completeness]:
    """The rows below each office of the account, each organisation once."""
    days = date(year, 1, 1), date(year, 12, 31)
    found: dict[int, queries.Completeness] = {}
    for organisation in {
        column.organisation_id: column.organisation for column in columns
    }.values():
        there = [c for c in columns if c.organisation_id == organisation.pk]
        for row in queries.completeness(organisation, *days, returns=there):
            held = found.setdefault(row.organisation.pk, row)
            if held is not row:
                held.cells |= row.cells
                held.asked += row.asked
                held.sent += row.sent
                held.on_time += row.on_time
                held.due += row.due
    return sorted(found.values(), key=lambda row: row.organisation.path)


def _totals(rows: list[queries.Completeness]) -> dict[str, int | None]:
    asked, sent = sum(r.asked for r in rows), sum(r.sent for r in rows)
    due, on_time = sum(r.due for r in rows), sum(r.on_time for r in rows)
    return {
        "asked": asked,
        "completeness": round(sent * 100 / asked) if asked else None,
        "timeliness": round(on_time * 100 / due) if due else None,
        "late": sum(_is_late(asked) for row in rows for asked in row.cells.values()),
    }


def _is_late(asked: Asked) -> bool:
    back = asked.state == Asked.State.BACK and asked.of.is_overdue and not asked.is_closed
    return asked.state == Asked.State.LATE or back


def _year(text: str, today: date) -> int:
    year = whole_number(text, digits=4) or today.year
    return year if 1900 < year < 2200 else today.year
