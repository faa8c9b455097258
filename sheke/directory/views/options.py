"""What comboboxes offer: organisations and people, found by their words."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from ..boards import People
from ..models import Person
from ..queries import (
    administered_organisations,
    find_organisations,
    find_people,
    with_current_tenures,
)
from .access import account, organisation_or_404, require

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
    return _answer([_one(person) for person in rows])


@require_safe
def board_people(request: HttpRequest, code: str) -> JsonResponse:
    """Those whom the account may bring into the organisation's board."""
    subject = organisation_or_404(code)
    require(request, "change_board", subject)
    people = People(subject, everybody=request.user.has_perm("directory.administer", subject))
    return _answer([_one(person) for person in people.find(request.GET.get("q", ""))])


def _one(person: Person) -> dict[str, object]:
    tenures = person.current_tenures  # type: ignore[attr-defined]
    hint = "、".join(t.organisation.label for t in tenures)
    return {"value": person.pk, "text": person.name, "hint": hint}


def _answer(options: list[dict[str, object]]) -> JsonResponse:
    return JsonResponse({"options": options}, json_dumps_params={"ensure_ascii": False})
