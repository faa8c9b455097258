"""`{% first_steps as guide %}`: what is left of the reader's first steps, or None."""

from __future__ import annotations

from typing import Any

from django import template

from sheke.site.guide import Guide, guide_for

register = template.Library()


@register.simple_tag(takes_context=True)
def first_steps(context: dict[str, Any]) -> Guide | None:
    request = context["request"]
    return guide_for(request.user, request.organisation or None)
