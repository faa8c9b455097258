"""Closed periods, closing one, and what was changed after it."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sheke.core.errors import BadInput
from sheke.directory.models import Organisation
from sheke.directory.queries import acting_organisations, reachable_organisations

from ..actions import close_period
from ..filters import span
from ..forms import ClosingForm
from ..queries import closings_for
from ..words import history_steps
from .access import account, require


@require_http_methods(["GET", "POST"])
def closings(request: HttpRequest) -> HttpResponse:
    form = _form(request)
    if request.method == "POST" and form.is_valid():
        organisation: Organisation = form.cleaned_data["organisation"]
        require(request, "ledger.close_period", organisation)
        try:
            closing = close_period(**form.cleaned_data, by=account(request))
        except BadInput as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Closed: %(period)s") % {"period": closing})
            return redirect("ledger:closings")
    found = closings_for(account(request)).select_related("organisation", "by__person")
    found = found.order_by("-last_day", "-id")
    page = Paginator(found.annotate(changed=Count("corrections")), 50).get_page(
        request.GET.get("page")
    )
    here = request.organisation  # type: ignore[attr-defined]
    context = {
        "form": form,
        "page": page,
        "may_close": bool(here) and account(request).has_perm("ledger.close_period", here),
    }
    return render(request, "ledger/closings.html", context, status=422 if form.errors else 200)


@require_safe
def closing(request: HttpRequest, pk: int) -> HttpResponse:
    """What was posted late, revised or reversed after the period was closed."""
    found = get_object_or_404(
        closings_for(account(request)).select_related("organisation", "by__person"), pk=pk
    )
    corrections = found.corrections.select_related(
        "record__organisation", "record__edition__definition", "made_by__person"
    )
    page = Paginator(
        corrections.filter(record__organisation__in=reachable_organisations(account(request)))
        .order_by("-id"), 50
    ).get_page(request.GET.get("page"))  # fmt: skip
    context = {"closing": found, "page": page, "steps": history_steps(list(page.object_list))}
    return render(request, "ledger/closing.html", context)


def _form(request: HttpRequest) -> ClosingForm:
    if request.method == "POST":
        return ClosingForm(request.POST, account=account(request))
    here = request.organisation or acting_organisations(account(request)).first()  # type: ignore[attr-defined]
    first, last = span("last_quarter")
    return ClosingForm(
        initial={"organisation": here.code if here else None, "first_day": first, "last_day": last},
        account=account(request),
    )
