"""Tags of the binding page."""

from __future__ import annotations

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from sheke.reports.models import Slot

register = template.Library()


@register.simple_tag
def slot_mark(slot: Slot, chosen: Slot | None = None, oob: bool = False) -> SafeString:
    """A slot in the text. Without the file's last line end, which would show between the words."""
    context = {"slot": slot, "current": slot == chosen, "oob": oob}
    return mark_safe(render_to_string("reports/template_slot.html", context).strip())  # noqa: S308
