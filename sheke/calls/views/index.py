"""The first page of calls."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from .. import queries
from .access import account


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The calls that the account sees."""
    calls = queries.visible_calls(account(request)).select_related("organisation", "closure")
    return render(request, "calls/index.html", {"calls": calls[:50]})
