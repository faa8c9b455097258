"""Return forms: the list, and the editor that publishes editions."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sheke.definitions.actions import publish_edition
from sheke.definitions.drafts import make_key
from sheke.definitions.models import Definition
from sheke.definitions.queries import current_editions, indicators, record_types
from sheke.definitions.validation import Fault, Invalid
from sheke.directory.models import Organisation

from .. import drafting
from ..models import Return
from ..words import KINDS, PERIODS, SEVERITIES
from .access import account, office_only

FORM = Definition.Kind.RETURN_FORM.value


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    office_only(request)
    used = dict(
        Return.objects.order_by().values_list("edition__definition__key").annotate(Count("pk"))
    )
    editions = [(e, used.get(key, 0)) for key, e in current_editions(FORM).items()]
    context = {"editions": editions, "may_publish": request.user.has_perm("definitions.publish")}
    return render(request, "returns/forms.html", context)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, key: str = "") -> HttpResponse:
    """The editor. A post publishes, unless it only asks for another row or takes one away."""
    if not request.user.has_perm("definitions.publish"):
        raise PermissionDenied(_("Only administrators change return forms."))
    data = _start(request, key)
    faults: list[Fault] = []
    if request.method == "POST":
        data = drafting.form_data(request.POST)
        if not request.POST.get("add") and not request.POST.get("remove"):
            faults = _publish(request, key, data)
            if not faults:
                messages.success(request, _("Published. Returns opened from now on use it."))
                return redirect("returns:forms")
    context = {
        "key": key, "data": data, "faults": faults, "kinds": KINDS, "periods": PERIODS,
        "severities": SEVERITIES, "note": request.POST.get("note", ""),
        "organisation_kinds": [c for c in Organisation.Kind.choices if c[0] != "federation"],
        "indicators": [(k, str(e.indicator.name)) for k, e in indicators().items()],
        "types": [(k, str(e.record_type.name)) for k, e in record_types().items()],
        "measures": [
            (f"{k}.{m.key}", f"{e.record_type.name} · {m.name}")
            for k, e in record_types().items()
            for m in e.record_type.measures
        ],
    }  # fmt: skip
    return render(request, "returns/edit.html", context, status=422 if faults else 200)


def _start(request: HttpRequest, key: str) -> dict[str, Any]:
    source = key or request.GET.get("copy", "")
    if not source:
        return drafting.EMPTY
    edition = current_editions(FORM).get(source)
    if edition is None:
        raise Http404
    data = drafting.as_posted(edition.return_form)
    return data if key else data | {"key": ""}


def _publish(request: HttpRequest, key: str, data: dict[str, Any]) -> list[Fault]:
    taken = Definition.objects.filter(kind=FORM).values_list("key", flat=True)
    wanted = key or data["key"] or make_key(data["name"], taken, "return")
    if not key and wanted in taken:
        return [Fault("key", _("there is a return form of this key already"))]
    try:
        publish_edition(
            kind=FORM, key=wanted, data=drafting.clean(data), note=request.POST.get("note", ""),
            by=account(request),
        )  # fmt: skip
    except Invalid as error:
        return error.faults
    return []
