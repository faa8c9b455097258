"""Returns that open by themselves."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sheke.core.errors import BadInput
from sheke.definitions.models import Definition, Edition
from sheke.definitions.queries import current_editions
from sheke.directory.queries import acting_organisations
from sheke.ledger.confirming.queries import office_organisations

from .. import actions
from ..forms.opening import SeriesForm, series_initial
from ..models import Series
from .access import account, office_only


@require_http_methods(["GET", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """The series, and with `form` the page that begins one."""
    office_only(request)
    editions = current_editions(Definition.Kind.RETURN_FORM)
    recurring = {k: e for k, e in editions.items() if e.return_form.period != "once"}
    edition = recurring.get(request.GET.get("form", "") or request.POST.get("form", ""))
    form = _form(request, edition) if edition else None
    if request.method == "POST" and form is not None and edition and form.is_valid():
        given = form.cleaned_data
        if not request.user.has_perm("returns.ask", given["organisation"]):
            raise PermissionDenied(_("You do not work for this organisation's office."))
        try:
            actions.start_series(
                form=edition, organisation=given["organisation"], audience=form.audience(),
                since=given["since"], due_days=given["due_days"], note=given["note"],
                remind=given["remind"], by=account(request),
            )  # fmt: skip
        except BadInput as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("From now on it opens by itself."))
            return redirect("returns:series")
    mine = office_organisations(account(request)).order_by().values("pk")
    series = Series.objects.filter(organisation__in=mine).select_related(
        "form__current", "organisation"
    )
    context = {
        "series": series.annotate(opened=Count("returns"), latest=Max("returns__last_day")),
        "editions": recurring.values(),
        "form": form,
        "edition": edition,
    }
    wrong = request.method == "POST"
    return render(request, "returns/series.html", context, status=422 if wrong else 200)


@require_POST
def ending(request: HttpRequest, pk: int) -> HttpResponse:
    mine = office_organisations(account(request)).order_by().values("pk")
    series = get_object_or_404(Series, pk=pk, organisation__in=mine)
    actions.end_series(series=series, by=account(request))
    messages.success(request, _("It opens no more by itself; what is open stays."))
    return redirect("returns:series")


def _form(request: HttpRequest, edition: Edition) -> SeriesForm:
    if request.method == "POST":
        return SeriesForm(request.POST, account=account(request))
    here = request.organisation or acting_organisations(account(request)).first()  # type: ignore[attr-defined]
    return SeriesForm(initial=series_initial(edition, here), account=account(request))
