"""What comboboxes offer: organisations, found by name, short name or code."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from sheke.directory.models import Organisation
from sheke.directory.queries import reachable_organisations

from .access import account

SHOWN = 40


@require_safe
def organisations(request: HttpRequest) -> JsonResponse:
    """{"options": [{"value": code, "text": name, "hint": code}]}; ?scope=all also names strangers."""
    if request.GET.get("scope") == "all":
        found = Organisation.objects.all()
    else:
        found = reachable_organisations(account(request))
    for word in request.GET.get("q", "").split():
        named = Q(name__icontains=word) | Q(short_name__icontains=word) | Q(code__icontains=word)
        found = found.filter(named)
    options = [
        {"value": o.code, "text": o.name, "hint": o.code} for o in found.order_by("path")[:SHOWN]
    ]
    return JsonResponse({"options": options}, json_dumps_params={"ensure_ascii": False})
