"""The bell, and the conversation about a thing."""

from __future__ import annotations

from typing import Any

from django import template
from django.db.models import Model
from django.http import HttpRequest

from ..queries import MANY, unread_count

register = template.Library()


@register.inclusion_tag("notices/bell.html")
def bell(request: HttpRequest, place: str) -> dict[str, Any]:
    """The way to the inbox with the number of unread notices; `place` is “rail” or “top”.

    Both places of a page share one query.
    """
    return {"place": place} | unread(request)


def unread(request: HttpRequest) -> dict[str, Any]:
    if not hasattr(request, "unread_notices"):
        account = getattr(request, "user", None)
        count = unread_count(account) if account and account.is_authenticated else 0
        request.unread_notices = count  # type: ignore[attr-defined]
    count = request.unread_notices  # type: ignore[attr-defined]
    return {"count": count, "shown": f"{MANY - 1}+" if count >= MANY else str(count)}
