"""Tags of the programme editor: addresses of rows, one control with its label."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from sheke.definitions import labels

register = template.Library()


@register.filter
def row(prefix: str, number: Any) -> str:
    """`"sections"|row:0` is the address sections-0; of a list in it: `p|row:"fields"`."""
    return f"{prefix}-{number}"


@register.filter
def under(mapping: Mapping[Any, Any] | None, key: Any) -> Any:
    """What stands under a key that a variable names."""
    return (mapping or {}).get(key)


@register.filter
def said(words: Mapping[str, str] | None) -> str:
    """A draft's text in the reader's language."""
    return labels.words(dict(words)) if words else ""


@register.filter
def in_percent(share: Any) -> Any:
    """0.6667 as 66.67; what is no number is shown as it was typed."""
    return f"{share * 100:.4g}" if isinstance(share, int | float) else share


@register.filter
def plain(value: Any) -> str:
    """A number without idle decimals, nothing for None."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


@register.inclusion_tag("calls/programme/entry.html", takes_context=True)
def entry(context: Any, prefix: str, name: str, value: Any, label: str, **options: Any) -> Any:
    """One control. `prefix` is its row's address, or "" for the page's own.

    type: text, number, area, select, check, date. choices: pairs of a select. redraw: a change asks
    for the page anew. narrow, help, rows, list, blank.
    """
    address = f"{prefix}-{name}" if prefix else name
    shown = value if isinstance(value, bool) else plain(value)
    return {
        "name": address, "value": shown, "label": label, "url": context["request"].get_full_path(),
        "type": options.pop("type", "text"), **options,
    }  # fmt: skip


@register.inclusion_tag("calls/programme/words.html")
def both(
    prefix: str, name: str, value: Mapping[str, str] | None, label: str, **options: Any
) -> Any:
    """A text in Chinese and English, side by side. area: in several lines."""
    address = f"{prefix}-{name}" if prefix else name
    value = value or {}
    return {
        "name": address, "zh": value.get("zh", ""), "en": value.get("en", ""), "label": label,
        **options,
    }  # fmt: skip


@register.inclusion_tag("calls/programme/tools.html", takes_context=True)
def row_tools(context: Any, address: str, what: str) -> Any:
    """Buttons that move a row up and down and take it away; `what` names it for who hears the page."""
    return {"address": address, "what": what, "url": context["request"].get_full_path()}
