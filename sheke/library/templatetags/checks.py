"""Shares of a checked text."""

from __future__ import annotations

from django import template

from ..models import Check

register = template.Library()


@register.filter
def percent(check: Check, count: int | None) -> str:
    """So many of the text's characters as a share; what is not nothing does not print as nothing."""
    share = check.share(count) * 100
    return "<0.1%" if 0 < share < 0.05 else f"{share:.1f}%"
