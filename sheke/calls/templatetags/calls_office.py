"""Tags that print calls and submissions for offices and organisations."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html

from sheke.calls.listing import named
from sheke.calls.models import Call, Step, Submission
from sheke.definitions.programmes import Programme

register = template.Library()

BADGES = {
    "draft": "badge badge--outline", "in": "badge badge--accent", "back": "badge badge--warn",
    "withdrawn": "badge", "refused": "badge badge--bad", "awarded": "badge badge--good",
    "not_awarded": "badge",
}  # fmt: skip


CALL_BADGES = {
    Call.State.PREPARED: "badge badge--outline", Call.State.COMING: "badge badge--accent",
    Call.State.OPEN: "badge badge--good badge--dot", Call.State.RUNNING: "badge",
    Call.State.CLOSED: "badge",
}  # fmt: skip


@register.filter
def call_badge(call: Call) -> str:
    """How the call stands, as a badge."""
    state = call.state
    return format_html('<span class="{}">{}</span>', CALL_BADGES[state], state.label)


@register.filter
def badge(submission: Submission) -> str:
    """The class of the badge of its state."""
    return BADGES[submission.state]


@register.filter
def item(mapping: dict[str, Any], key: str) -> Any:
    return mapping.get(key, key)


@register.simple_tag
def choice_name(call: Call, use: str, key: str) -> str:
    """The name of a discipline or category of the call's form."""
    return named(call.programme, use, key) if key else ""


@register.filter
def rank_of(step: Step) -> Any:
    """The place that a recommendation took."""
    return step.data.get("rank", "")


@register.simple_tag(takes_context=True)
def sorting(context: dict[str, Any], key: str) -> dict[str, str]:
    """The address that sorts by `key`, or turns the order round; and aria-sort's word."""
    asked = context["request"].GET.copy()
    now = asked.get("sort", "number")
    state = {key: "ascending", f"-{key}": "descending"}.get(now, "")
    asked.pop("page", None)
    asked["sort"] = f"-{key}" if now == key else key
    return {"url": f"?{asked.urlencode()}", "state": state}


@register.simple_tag
def role_name(programme: Programme, key: str) -> str:
    """What a part that people have in a submission is called."""
    role = programme.people.role(key)
    return str(role.name) if role else key
