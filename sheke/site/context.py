"""What every page's template may use."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from sheke.core.databases import is_read_only


def site(request: HttpRequest) -> dict[str, object]:
    return {"DEMO": settings.DEMO, "READ_ONLY": is_read_only()}
