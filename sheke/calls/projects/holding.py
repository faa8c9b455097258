"""What verbs of projects ask before they write."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from sheke.core.errors import BadInput
from sheke.directory.models import Account

from ..models import Closing, Project, Step
from ..steps import take_step


def locked_project(project: Project) -> Project:
    """The project as it is now, locked until the transaction ends, with award, submission and call."""
    found = Project.objects.select_for_update(of=("self",)).select_related(
        "award__call__edition__definition", "award__call__organisation",
        "award__submission__organisation", "award__submission__call",
        "award__submission__edition__definition",
    )  # fmt: skip
    return found.get(pk=project.pk)


def running_project(project: Project) -> Project:
    """The same, or BadInput for one that is closed. The call itself may be closed by then."""
    found = locked_project(project)
    if Closing.objects.filter(project=found).exists():
        raise BadInput(_("This project is closed."))
    if found.award.revoked_at is not None:
        raise BadInput(_("The award was revoked."))
    return found


def note_step(
    project: Project, what: str, *, by: Account | None, reason: str = "", **data: Any
) -> Step:
    """A line of the log: something happened to a project. what: see `projects.words.ACTS`."""
    award = project.award
    if key := data.get("key"):  # named now: the log stays as it is
        found = award.call.programme.outcome.milestone(key)
        data["called"] = found.name.zh if found else ""
    return take_step(
        Step.Act.PROJECT, call=award.call, submission=award.submission, by=by, reason=reason,
        what=what, number=award.number, **data,
    )  # fmt: skip
