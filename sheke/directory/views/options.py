"""What comboboxes offer: organisations and people, found by their words."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from ..queries import (
    administered_organisations,
    find_organisations,
    find_people,
    with_current_tenures,
)
from .access import account, require

SHOWN = 40


@require_safe
def organisations(request: HttpRequest) -> JsonResponse:
    """Those that the account administers and that exist today."""
    found = find_organisations(request.GET.get("q", "")).at(timezone.localdate())
    mine = found.filter(pk__in=administered_organisations(account(request)).values("pk"))
    rows = mine.order_by("path")[:SHOWN]
    return _answer([{"value": o.code, "text": o.name, "hint": o.code} for o in rows])


@require_safe
def people(request: HttpRequest) -> JsonResponse:
    """Everybody, with where they are, for giving them a tenure."""
    require(request, "administer_something")
    rows = with_current_tenures(find_people(request.GET.get("q", "")))[:SHOWN]
    return _answer([
        {"value": p.pk, "text": p.name,
         "hint": "、".join(t.organisation.label for t in p.current_tenures)}  # type: ignore[attr-defined]
        for p in rows
    ])  # fmt: skip


def _answer(options: list[dict[str, object]]) -> JsonResponse:
    return JsonResponse({"options": options}, json_dumps_params={"ensure_ascii": False})
