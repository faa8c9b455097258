"""Tags that print returns."""

from __future__ import annotations

from typing import Any

from django import template

from sheke.definitions.models import Definition
from sheke.definitions.return_forms import Question
from sheke.returns import listing, periods, values, words
from sheke.returns.models import Asked, Return

register = template.Library()

BADGES = {
    "open": "badge", "draft": "badge badge--outline", "late": "badge badge--bad",
    "sent": "badge badge--accent", "back": "badge badge--warn", "accepted": "badge badge--good",
}  # fmt: skip
# The letter of the matrix, beside its colour and its spoken name.
SIGNS = {"open": "·", "draft": "…", "late": "!", "sent": "→", "back": "↩", "accepted": "✓"}


@register.filter
def badge(asked: Asked) -> str:
    """The class of the badge of its state."""
    return BADGES[asked.state]


@register.filter
def sign(asked: Asked) -> str:
    return SIGNS[asked.state]


@register.filter
def period(of: Return) -> str:
    """The period in words."""
    return periods.name((of.first_day, of.last_day))


@register.filter
def of_row(question: Question, row: listing.Row) -> str:
    """What a row of the table says to a question."""
    return values.shown(question, row.values.get(question.key))


@register.filter
def before_of_row(question: Question, row: listing.Row) -> str:
    return values.shown(question, row.before.get(question.key))


@register.filter
def remark_of_row(question: Question, row: listing.Row) -> str:
    return row.remarks.get(question.key, "")


@register.filter
def item(mapping: dict[str, Any], key: str) -> Any:
    return mapping.get(key)


@register.filter
def period_word(key: str) -> str:
    return str(words.PERIODS[key])


@register.filter
def kind_word(key: str) -> str:
    return str(words.KINDS[key])


@register.filter
def form_name(definition: Definition) -> str:
    return str(definition)


@register.simple_tag(takes_context=True)
def sorting(context: dict[str, Any], key: str) -> dict[str, str]:
    """The address that sorts by `key`, or turns the order round; and aria-sort's word."""
    asked = context["request"].GET.copy()
    now = asked.get("sort", "")
    state = {key: "ascending", f"-{key}": "descending"}.get(now, "")
    asked["sort"] = f"-{key}" if now == key else key
    return {"url": f"?{asked.urlencode()}", "state": state}


@register.simple_tag(takes_context=True)
def keeping(context: dict[str, Any], **changes: str) -> str:
    """This page's address with some parts changed; an empty one is taken out."""
    asked = context["request"].GET.copy()
    for name, value in changes.items():
        asked.pop(name, None)
        if value:
            asked[name] = value
    return f"?{asked.urlencode()}"
