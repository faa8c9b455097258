"""What a page says to machines."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag
def data_block(json_text: str) -> SafeString:
    """JSON-LD in the page's head. A script of a type that nothing runs, so the policy lets it stand.

    `json_text` comes of `citing.linked_data.data_block`, which writes <, > and & as their numbers.
    """
    if set("<>&") & set(json_text):
        raise ValueError("this JSON could end its script")
    return mark_safe(f'<script type="application/ld+json">{json_text}</script>')  # noqa: S308
