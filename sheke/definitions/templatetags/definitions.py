"""Parts of definitions in words, for templates."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from django import template
from django.utils.translation import gettext as _

from .. import labels

register = template.Library()


@register.filter
def word(value: Any, part: str) -> str:
    """`stage.kind|word:"kind"`: the value of a part in words."""
    return labels.value(part, value)


@register.filter
def share(value: float) -> str:
    """0.6667 as 2/3, exactly as ballots are counted."""
    return str(Fraction(value).limit_denominator(100))


@register.filter
def majority(value: float) -> str:
    """One half means more than it, every other share at least that much."""
    return (
        _("more than a half")
        if share(value) == "1/2"
        else _("at least %(share)s") % {"share": share(value)}
    )
