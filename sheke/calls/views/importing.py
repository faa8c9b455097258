"""Submissions from a sheet."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from sheke.core.attachments import attachment
from sheke.core.errors import BadInput

from .. import importing
from ..actions.importing import import_submissions
from .access import account, own_call


@require_safe
def template(request: HttpRequest, pk: int) -> HttpResponse:
    call = own_call(request, pk)
    return attachment(importing.template(call), f"{call.key}-template.xlsx")


@require_http_methods(["GET", "POST"])
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a filled template, or only check it."""
    call = own_call(request, pk)
    context: dict[str, Any] = {"call": call}
    if request.method == "POST":
        file = request.FILES.get("file")
        try:
            if file is None:
                raise BadInput(_("Choose the filled template."))
            entries = importing.read_entries(call, file, file.name or "table")  # type: ignore[arg-type]
            if "trial" in request.POST:
                text = _("%(n)s rows are right. Nothing was taken yet.") % {"n": len(entries)}
                messages.success(request, text)
                return redirect("calls:import", pk)
            made = import_submissions(call=call, entries=entries, by=account(request))
        except BadInput as error:
            context |= {"error": str(error), "problems": error.problems}
        else:
            text = ngettext("%(n)s submission taken.", "%(n)s submissions taken.", len(made))
            messages.success(request, text % {"n": len(made)})
            return redirect("calls:submissions", pk)
    return render(request, "calls/import.html", context, status=422 if "error" in context else 200)
