"""Deliveries as verbs meet them: the one that waits, the ruling on it."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.core.errors import BadInput
from sheke.directory.models import Account

from ..models import Delivery, Milestone, Project
from .holding import note_step, running_project
from .telling import tell_leads


def waiting(milestone: Milestone) -> Delivery | None:
    """The delivery of the milestone that was neither ruled on nor withdrawn."""
    return milestone.deliveries.filter(ruled_at=None, withdrawn_at=None).first()


def milestone_name(project: Project, key: str) -> str:
    """What a milestone is called in its programme, in Chinese: it is told to people."""
    found = project.award.call.programme.outcome.milestone(key)
    return found.name.zh if found else key


def is_closing(project: Project, key: str) -> bool:
    """Whether the milestone is the one that closes the project."""
    found = project.award.call.programme.outcome.milestone(key)
    return found is not None and found.kind == "closing"


def held_delivery(delivery: Delivery) -> tuple[Project, Delivery]:
    """The project, locked, and its delivery; or BadInput for one that waits no more."""
    project = running_project(delivery.milestone.project)
    found = Delivery.objects.select_related("milestone").get(
        pk=delivery.pk, milestone__project=project
    )
    if found.withdrawn_at is not None:
        raise BadInput(_("This report was withdrawn."))
    if found.ruled_at is not None:
        raise BadInput(_("This report was ruled on already."))
    return project, found


def rule_delivery(
    project: Project, delivery: Delivery, *, accepted: bool, reason: str, by: Account | None
) -> None:
    """Write the ruling, its line of the log and the notice: a step of the verbs that rule."""
    delivery.accepted, delivery.reason = accepted, reason
    delivery.ruled_at, delivery.ruled_by = timezone.now(), by
    delivery.save()
    key = delivery.milestone.key
    what = "accepted" if accepted else "returned"
    note_step(
        project, what, by=by, reason=reason, key=key, delivery=delivery.pk, result=delivery.result
    )
    tell_leads(
        f"calls.delivery_{what}", project, by=by, reason=reason, what=milestone_name(project, key)
    )


def settle(milestone: Milestone) -> None:
    """Its delivery was accepted."""
    milestone.settled_at = timezone.now()
    milestone.save(update_fields=["settled_at"])
