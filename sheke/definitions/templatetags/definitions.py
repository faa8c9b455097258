"""Parts of definitions in words, for templates."""

from __future__ import annotations

from typing import Any

from django import template

from .. import labels

register = template.Library()


@register.filter
def word(value: Any, part: str) -> str:
    """`stage.kind|word:"kind"`: the value of a part in words."""
    return labels.value(part, value)


@register.filter
def percent(share: float) -> str:
    """0.6667 as 66.7 %."""
    return f"{share * 100:.3g} %"
