"""Pages of the values: the dashboard, one indicator with what is behind it, exports."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sheke.core.attachments import attachment
from sheke.core.errors import BadInput
from sheke.definitions import labels
from sheke.definitions.models import Edition
from sheke.definitions.queries import Listed, by_group, groups, indicators
from sheke.directory.queries import reachable_organisations
from sheke.ledger.exports import workbook as records_workbook

from . import exports
from .catalogue import Catalogue
from .charts import bars, month_chart
from .evaluation import evaluate, records_behind
from .figures import Compared, by_child, by_month, compared, shown
from .forms import ScopeForm
from .remembering import evaluate_remembered
from .rows import rows_page
from .scopes import Scope


def with_scope(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view its scope form; those who act for no organisation see why nothing is there."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        organisation = request.organisation  # type: ignore[attr-defined]
        if not organisation:
            return render(request, "indicators/nobody.html")
        form = ScopeForm(request.GET, account=request.user, organisation=organisation)  # type: ignore[arg-type]
        return view(request, form, *args, **kwargs)

    return require_safe(wrapped)


@with_scope
def index(request: HttpRequest, form: ScopeForm) -> HttpResponse:
    """The dashboard: groups, each of which brings its figures when it comes into view."""
    text = request.GET.get("q", "").strip()
    listed = by_group(indicators(), groups(), text)
    context = {
        "form": form, "scope": form.scope(), "listed": listed, "q": text,
        "found": sum(len(group.editions) for group in listed),
    }  # fmt: skip
    return render(request, "indicators/index.html", context)


@with_scope
def group(request: HttpRequest, form: ScopeForm, key: str) -> HttpResponse:
    """The figures of one group."""
    catalogue = Catalogue.load()
    listed = _group(key, request.GET.get("q", "").strip())
    scope = form.scope()
    context = {
        "form": form, "scope": scope, "group": listed,
        "rows": compared(listed.editions, scope, catalogue, evaluate_remembered),
    }  # fmt: skip
    return render(request, "indicators/group.html", context)


def _group(key: str, text: str) -> Listed:
    for listed in by_group(indicators(), groups(), text):
        if listed.key == key:
            return listed
    raise Http404


@with_scope
def detail(request: HttpRequest, form: ScopeForm, key: str) -> HttpResponse:
    """One indicator: its value, where it comes from, and the records behind it."""
    edition, catalogue = _edition(key)
    scope = form.scope()
    question = scope.question(edition)
    asked = [question, scope.year_before().question(edition)]
    now, before = evaluate_remembered(asked, catalogue)
    children = by_child(edition, scope, catalogue, evaluate_remembered)
    months = by_month(edition, scope, catalogue, evaluate_remembered)
    context = {
        "form": form, "scope": scope, "edition": edition, "indicator": edition.indicator,
        "figure": now, "compared": Compared(edition, now, before, []),
        "aggregate": labels.AGGREGATES[edition.indicator.aggregate],
        "parts": _parts(edition, scope, catalogue),
        "months": month_chart(edition.indicator, months),
        "children": bars([part for part in children if part.figure.rows]),
        "page": rows_page(question, now, catalogue, request.GET.get("page")),
    }  # fmt: skip
    return render(request, "indicators/detail.html", context)


@with_scope
def rows(request: HttpRequest, form: ScopeForm, key: str) -> HttpResponse:
    """Only the records behind the figure, for a drawer or on their own."""
    edition, catalogue = _edition(key)
    scope = form.scope()
    question = scope.question(edition)
    (figure,) = evaluate_remembered([question], catalogue)
    context = {
        "form": form, "scope": scope, "edition": edition, "indicator": edition.indicator,
        "figure": figure, "value": shown(figure, edition.indicator),
        "page": rows_page(question, figure, catalogue, request.GET.get("page")),
    }  # fmt: skip
    return render(request, "indicators/rows.html", context)


@with_scope
def rows_xlsx(request: HttpRequest, form: ScopeForm, key: str) -> HttpResponse:
    """The records behind the figure as a workbook, with the columns of their type if it is one."""
    edition, catalogue = _edition(key)
    records = records_behind(form.scope().question(edition), catalogue)
    types = edition.indicator.types
    one_type = catalogue.types[types[0]] if len(types) == 1 else None
    try:
        data = records_workbook(records.order_by("-happened_on", "-id"), one_type)  # type: ignore[arg-type]
    except BadInput as error:
        return HttpResponse(str(error), status=400, content_type="text/plain; charset=utf-8")
    return _download(data, f"{key}-records")


@with_scope
def table_xlsx(request: HttpRequest, form: ScopeForm, key: str) -> HttpResponse:
    """The figure with its months and organisations as a workbook."""
    edition, catalogue = _edition(key)
    scope = form.scope()
    data = exports.workbook(
        edition, scope, evaluate(scope.question(edition), catalogue),
        by_month(edition, scope, catalogue), by_child(edition, scope, catalogue),
    )  # fmt: skip
    return _download(data, key)


@require_safe
def organisations(request: HttpRequest) -> JsonResponse:
    """What the organisation box offers: those the account acts for that contain the words."""
    words = request.GET.get("q", "").split()
    found = reachable_organisations(request.user)  # type: ignore[arg-type]
    for word in words:
        found = found.filter(name__icontains=word) | found.filter(code__istartswith=word) | (
            found.filter(short_name__icontains=word)
        )  # fmt: skip
    options = [
        {"value": o.code, "text": o.label, "hint": o.name if o.short_name else o.code}
        for o in found.order_by("path")[:60]
    ]
    return JsonResponse({"options": options})


def _edition(key: str) -> tuple[Edition, Catalogue]:
    catalogue = Catalogue.load()
    try:
        return catalogue.indicator(key), catalogue
    except BadInput as error:
        raise Http404(str(error)) from None


def _parts(edition: Edition, scope: Scope, catalogue: Catalogue) -> list[tuple[Edition, Any]]:
    """What a ratio or completion is made of, each with its value."""
    editions = catalogue.parts(edition)
    if editions == [edition]:
        return []
    figures = evaluate_remembered([scope.question(each) for each in editions], catalogue)
    return [(e, shown(f, e.indicator)) for e, f in zip(editions, figures, strict=True)]


def _download(data: bytes, name: str) -> HttpResponse:
    return attachment(data, f"{name}-{timezone.localdate():%Y%m%d}.xlsx")
