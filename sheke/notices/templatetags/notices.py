"""The bell, and the conversation about a thing."""

from __future__ import annotations

from typing import Any

from django import template
from django.db.models import Model
from django.http import HttpRequest

from ..conversations import context_of
from ..queries import MANY, unread_count

register = template.Library()


@register.inclusion_tag("notices/bell.html")
def bell(request: HttpRequest, place: str) -> dict[str, Any]:
    """The way to the inbox with the number of unread notices; `place` is “rail” or “top”.

    Both places of a page share one query.
    """
    return {"place": place} | unread(request)


@register.inclusion_tag("notices/conversation_section.html", takes_context=True)
def conversation(context: dict[str, Any], thing: Model) -> dict[str, Any]:
    """What people say to one another about a registered thing, and where they say it. Two queries,
    and one more when there are comments. The template's page has seen that the reader may see it.
    """
    request = context["request"]
    return context_of(thing, request.user) | {
        "request": request, "csrf_token": context.get("csrf_token")
    }  # fmt: skip


def unread(request: HttpRequest) -> dict[str, Any]:
    if not hasattr(request, "unread_notices"):
        account = getattr(request, "user", None)
        count = unread_count(account) if account and account.is_authenticated else 0
        request.unread_notices = count  # type: ignore[attr-defined]
    count = request.unread_notices  # type: ignore[attr-defined]
    return {"count": count, "shown": f"{MANY - 1}+" if count >= MANY else str(count)}


@register.filter
def masked_address(address: str) -> str:
    """A mail address or number with its middle hidden: enough to know it again."""
    name, at, host = address.partition("@")
    if at:
        return f"{name[:2]}***@{host}"
    return f"{address[:-8]}****{address[-4:]}" if len(address) > 8 else "****"
