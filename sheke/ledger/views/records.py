"""The ledger page, its export, and the page of one record."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sheke.core.attachments import attachment
from sheke.definitions.models import Edition
from sheke.definitions.queries import record_types
from sheke.directory.queries import reaches_all

from .. import exports, listing, words
from ..confirming import queries as confirming
from ..forms import FilterForm
from ..models import Record
from .access import account, visible_record


def _filter_form(request: HttpRequest) -> FilterForm:
    return FilterForm(
        request.GET,
        account=account(request),
        types=record_types(),
        sort=request.GET.get("sort", ""),
    )


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    form = _filter_form(request)
    chosen = form.filter()
    records = chosen.apply(Record.objects.visible_to(account(request)))
    days = chosen.days_only() if reaches_all(account(request)) else None
    count = None if chosen.state else listing.count_of(records)
    context = {
        "form": form,
        "filter": chosen,
        "chips": form.chips(),
        "page": listing.page_of(records, request.GET.get("page"), count=count),
        "totals": listing.totals(records, chosen.edition, days=days),
        "columns": _columns(chosen.edition),
    }
    return render(request, "ledger/index.html", context)


def _columns(edition: Edition | None) -> list[tuple[str, str]] | None:
    """(key, name) of the amounts that a list of one type has columns for."""
    return [(m.key, str(m.name)) for m in edition.record_type.measures] if edition else None


@require_safe
def export(request: HttpRequest, kind: str) -> HttpResponse | StreamingHttpResponse:
    """The filtered list as a file; every page of it."""
    chosen = _filter_form(request).filter()
    records = chosen.apply(Record.objects.visible_to(account(request)))
    name = f"records-{timezone.localdate():%Y%m%d}.{kind}"
    if kind != "csv":
        return attachment(exports.workbook(records, chosen.edition), name)
    lines = exports.csv_lines(records, chosen.edition)
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_safe
def record(request: HttpRequest, pk: int) -> HttpResponse:
    found = visible_record(request, pk)
    type_ = found.edition.record_type
    versions = list(found.versions.select_related("made_by__person", "closing"))
    context = {
        "record": found,
        "type": type_,
        "participations": found.participations.select_related("organisation"),
        "evidence": found.evidence.select_related("stored", "added_by__person"),
        "steps": words.history(type_, versions),
        "corrections": [v for v in versions if v.closing_id],
        "may_correct": request.user.has_perm("ledger.correct_record", found),
    } | _confirming(request, found)
    return render(request, "ledger/record.html", context)


def _confirming(request: HttpRequest, record: Record) -> dict[str, Any]:
    """What the office above said of the record."""
    queries = list(record.queries.select_related("by__person", "reply__by__person"))
    return {
        "queries": queries,
        "open_query": any(not hasattr(query, "reply") for query in queries),
        "confirmation": confirming.confirmation_of(record) if record.settled else None,
        "needs_confirmation": confirming.needs(record.organisation),
        "may_confirm": request.user.has_perm("ledger.confirm_record", record),
    }
