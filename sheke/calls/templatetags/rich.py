"""Printing rich text; nowhere else in calls is a text trusted to be markup."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from sheke.calls.values import clean_rich

register = template.Library()


@register.filter
def as_html(value: Any) -> SafeString:
    """Rich text, cleaned once more before it is printed."""
    return mark_safe(clean_rich(value))  # noqa: S308 – the cleaner is the guard
