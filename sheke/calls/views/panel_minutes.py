"""The minutes of a sitting: written with autosave, exported, closed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sheke.core.attachments import DOCX, attachment
from sheke.core.errors import BadInput

from ..actions import panel_minutes as actions
from ..models import Panel
from ..panels.minutes import mark_of, minutes_word, record_of
from .access import account
from .panels import own_panel, rule_of


@require_http_methods(["GET", "POST"])
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """The text beside what the records say. Scripts save with JSON {revision, text, by, at, message}: 409 when
    somebody else wrote in between, 422 for what cannot be written.
    """
    found = own_panel(request, pk)
    if request.method == "POST":
        return _save(request, found)
    context = {
        "panel": found, "call": found.call, "record": record_of(found),
        "revision": mark_of(found.notes), "rule": rule_of(found.quorum, found.majority),
        "open": found.closed_at is None and not hasattr(found.call, "closure"),
    }  # fmt: skip
    return render(request, "calls/panel_minutes.html", context)


def _save(request: HttpRequest, found: Panel) -> HttpResponse:
    scripted = request.headers.get("Accept", "").startswith("application/json")
    try:
        found = actions.write_panel_minutes(
            panel=found, text=request.POST.get("text", ""), was=request.POST.get("revision", ""),
            by=account(request),
        )  # fmt: skip
    except actions.Overtaken as error:
        if scripted:
            return JsonResponse(_state(error.panel) | {"message": str(error)}, status=409)
        messages.error(request, str(error))
    except BadInput as error:
        if scripted:
            return JsonResponse({"message": str(error)}, status=422)
        messages.error(request, str(error))
    else:
        if scripted:
            return JsonResponse(_state(found))
        messages.success(request, _("Saved."))
    return redirect("calls:panel_minutes", found.pk)


def _state(panel: Panel) -> dict[str, Any]:
    at = f"{timezone.localtime():%H:%M:%S}"
    return {"revision": mark_of(panel.notes), "text": panel.notes, "by": "", "at": at}


@require_safe
def word(request: HttpRequest, pk: int) -> HttpResponse:
    """The minutes as a Word file by the official layout."""
    found = own_panel(request, pk)
    name = _("Minutes of %(meeting)s") % {"meeting": found.title}
    return attachment(minutes_word(found), f"{name}.docx", DOCX)


@require_POST
def closure(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the minutes; the results stand."""
    found = own_panel(request, pk)
    try:
        actions.close_panel(panel=found, by=account(request))
    except BadInput as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The minutes are closed, the results stand."))
    return redirect("calls:panel_minutes", pk)
