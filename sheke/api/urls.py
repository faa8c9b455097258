"""The interface, version 1, and the page of tokens."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path
from ninja import NinjaAPI
from ninja.throttling import SimpleRateThrottle

from sheke.core.errors import BadInput

from . import views
from .auth import TokenAuth
from .indicators import router as indicators
from .organisations import router as organisations
from .plans import router as plans
from .records import router as records
from .reports import router as reports

app_name = "api"


class Rate(SimpleRateThrottle):
    """So many requests of one token, in each process of the web server."""

    scope = "token"

    def get_cache_key(self, request: HttpRequest) -> str | None:
        token = getattr(request, "auth", None)
        return f"api-rate:{token.pk}" if token else None


api = NinjaAPI(
    title="Sheke", version="1", urls_namespace="api:api-1", docs_url=None,
    description="Records, indicators, plans, organisations and reports of one office's tenure.",
    auth=TokenAuth(), throttle=Rate(settings.API_RATE),
)  # fmt: skip
for router in (organisations, records, indicators, plans, reports):
    api.add_router("", router)


@api.exception_handler(BadInput)
def bad_input(request: HttpRequest, error: BadInput) -> HttpResponse:
    """What a caller can mend; `fields` names the places of a record."""
    fields = getattr(error, "errors", {})
    return api.create_response(request, {"detail": str(error), "fields": fields}, status=422)


def open_to_tokens(patterns: list[Any]) -> list[URLPattern | URLResolver]:
    """The session's sign-in is not asked for where a token is."""
    for pattern in patterns:
        pattern.callback = login_not_required(pattern.callback)
    return patterns


urlpatterns = [
    path("tokens/", views.index, name="tokens"),
    path("tokens/<int:pk>/withdrawal/", views.withdrawal, name="withdrawal"),
    path("v1/", (open_to_tokens(api.urls[0]), "ninja", "api-1")),
]
