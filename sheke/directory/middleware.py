"""Which organisation the signed-in person acts for in this session."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from .models import Organisation
from .queries import held_organisations

SESSION_KEY = "acting_organisation"


def acting_organisation(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Set `request.organisation`: the chosen one, else the first, else None. Read when first used."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.organisation = SimpleLazyObject(lambda: current_organisation(request))  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


def current_organisation(request: HttpRequest) -> Organisation | None:
    if not request.user.is_authenticated:
        return None
    mine = held_organisations(request.user)
    chosen = request.session.get(SESSION_KEY)
    return next((o for o in mine if o.pk == chosen), mine[0] if mine else None)
