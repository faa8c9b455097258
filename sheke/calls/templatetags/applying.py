"""Tags that print what applicants filled in."""

from __future__ import annotations

from typing import Any

from django import template

from sheke.calls.applying.sheet import Line
from sheke.calls.models import Submission
from sheke.calls.values import shown
from sheke.definitions.programmes import Field

register = template.Library()

BADGES = {
    "draft": "badge badge--outline", "in": "badge badge--accent", "back": "badge badge--warn",
    "withdrawn": "badge", "refused": "badge badge--bad", "awarded": "badge badge--good",
    "not_awarded": "badge",
}  # fmt: skip


@register.filter
def state_badge(submission: Submission) -> str:
    """The class of the badge of its state."""
    return BADGES[submission.state]


@register.filter
def as_text(line: Line) -> str:
    """A line's value as people read it."""
    names = {upload.pk: upload.name for upload in line.files}
    value = list(names) if line.field.kind == "files" else line.value
    return shown(line.field, value, topics=line.topics, files=names)


@register.filter
def picks(field: Field) -> str:
    """How a choice is made: a few by radio buttons, many in a list, very many by searching."""
    if len(field.choices) <= 6 and field.required:
        return "radio"
    return "select" if len(field.choices) <= 10 else "combobox"


@register.filter
def of_key(mapping: dict[str, Any], key: str) -> Any:
    return mapping.get(key)
