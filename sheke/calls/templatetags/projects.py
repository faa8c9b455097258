"""Tags that print projects."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from sheke.calls.models import Change, Closing, Delivery, Project, Step, Submission
from sheke.calls.projects import money, words
from sheke.calls.projects.listing import STATES, state_of

register = template.Library()

BADGES = {
    "running": "badge badge--outline", "waiting": "badge badge--accent", "overdue": "badge badge--bad",
    "closed": "badge badge--good", "terminated": "badge",
}  # fmt: skip


@register.simple_tag
def project_badge(project: Any) -> SafeString:
    """How a project of a list or a page stands."""
    state = state_of(project)
    return format_html('<span class="{}">{}</span>', BADGES[state], STATES[state])


@register.filter
def project_act(step: Step) -> str:
    """What a step of a project is called."""
    return words.act_name(step)


@register.filter
def project_detail(step: Step) -> str:
    """What it was about."""
    return words.act_detail(step)


@register.filter
def wish(change: Change) -> str:
    """What a change asks for."""
    return words.asked_in_words(change)


@register.filter
def was(change: Change) -> str:
    """How it was before a granted change."""
    return words.before_in_words(change)


@register.filter
def result_name(delivery: Delivery) -> str:
    """The result of a closing report."""
    return str(dict(Closing.Result.choices).get(delivery.result, delivery.result))


@register.simple_tag
def instalment_name(project: Project, key: str) -> str:
    """What an instalment is called."""
    return money.instalment_name(project, key)


@register.inclusion_tag("calls/own_project.html", takes_context=True)
def own_project(context: dict[str, Any], submission: Submission) -> dict[str, Any]:
    """The project that the submission became; for who leads it their own page. Nothing without one."""
    project = Project.objects.filter(award__submission=submission).first()
    mine = project is not None and context["request"].user.has_perm("calls.lead_project", project)
    return {"project": project, "mine": mine}
