"""Import and export of organisations, people and tenures."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sheke.core.attachments import XLSX, attachment
from sheke.core.errors import BadInput
from sheke.core.tables import read_table

from ..forms.people import TableForm
from ..models import Account, Organisation, Person, Tenure
from ..queries import administered_organisations
from ..tables import (
    CHECKS,
    TITLES,
    Checked,
    export_organisations,
    export_people,
    export_tenures,
    written,
)
from .access import account, go, require

TYPES = {
    "xlsx": XLSX,
    "csv": "text/csv; charset=utf-8",
}


@require_http_methods(["GET", "POST"])
def import_table(request: HttpRequest, what: str) -> HttpResponse:
    """Check a file and, when asked to and nothing is wrong, take all of it."""
    require(request, "administer_something")
    if what not in CHECKS:
        raise Http404
    form = TableForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form, "what": what, "titles": TITLES, "title": TITLES[what]}
    if request.method == "POST" and form.is_valid():
        try:
            checked = _check(request, what, form)
            if checked.ok and "take" in request.POST:
                checked.apply(by=account(request))
                messages.success(
                    request, _("%(count)s rows were taken.") % {"count": _sum(checked)}
                )
                return go(request, "index" if what == "organisations" else "people")
            checked.rehearse(by=account(request))
            context["checked"] = checked
        except BadInput as error:
            form.add_error("file", str(error))
    status = 422 if form.errors else 200
    return render(request, "directory/import.html", context, status=status)


@require_safe
def export_table(request: HttpRequest, what: str, kind: str) -> HttpResponse:
    """The whole table, or with ?empty=1 only its headings, to fill in."""
    if what not in TITLES:
        raise Http404
    if what != "organisations":
        require(request, "administer_something")
    rows = [] if "empty" in request.GET else _rows(what, account(request))
    name = f"{what}-{timezone.localdate():%Y%m%d}.{kind}"
    return attachment(written(what, rows, kind), name, TYPES[kind])


def _rows(what: str, of: Account) -> list[list[Any]]:
    """All organisations; people and tenures of those that the account administers."""
    if what == "organisations":
        found = Organisation.objects.select_related("parent").order_by("path")
        return export_organisations(found)
    mine = administered_organisations(of)
    held = Tenure.objects.filter(organisation__in=mine)
    if what == "tenures":
        return export_tenures(held.select_related("person", "organisation"))
    nobody_s = Q(tenures=None) if of.has_perm("directory.administer", None) else Q(pk__in=[])
    people = list(Person.objects.filter(Q(pk__in=held.values("person_id")) | nobody_s))
    return export_people(people, seen_by=of)


def _check(request: HttpRequest, what: str, form: TableForm) -> Checked:
    upload = form.cleaned_data["file"]
    check: Callable[..., Checked] = CHECKS[what]
    return check(
        read_table(upload, upload.name), by=account(request), since=form.cleaned_data["since"],
        reason=form.cleaned_data["reason"],
    )  # fmt: skip


def _sum(checked: Checked) -> int:
    return sum(checked.counts.values())
