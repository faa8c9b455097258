"""The verb that reminds of milestones."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from sheke.core import audit
from sheke.directory.models import Account

from ..models import Milestone
from ..projects.delivering import milestone_name
from ..projects.listing import open_milestones
from ..projects.telling import tell_leads, tell_project_office

AHEAD = 30  # days
BACK = 90  # who begins with old projects is not told of all that was late then


@transaction.atomic
def remind_of_projects(*, today: date, by: Account | None) -> int:
    """Tell leads of what is due in 30 days, in 7 and tomorrow, and once when it is overdue; then the
    people in charge too. Nothing twice for one day due. Returns how many notices are new.
    """
    near = (today - timedelta(days=BACK), today + timedelta(days=AHEAD))
    found = open_milestones().filter(due_on__range=near).select_related(
        "project__award__call__edition__definition", "project__award__call__organisation",
        "project__award__submission",
    )  # fmt: skip
    count = sum(_remind(each, today, by) for each in found)
    if count:
        audit.record("call.remind", None, by=by, notices=count)
    return count


def _remind(milestone: Milestone, today: date, by: Account | None) -> int:
    days = (milestone.due_on - today).days
    project, due = milestone.project, milestone.due_on.isoformat()
    words = {"what": milestone_name(project, milestone.key), "due": due}
    once = f"milestone-{milestone.pk}-{due}"
    if days < 0:
        told = tell_leads("calls.milestone_late", project, by=by, once=f"{once}-late", **words)
        told += tell_project_office(
            "calls.project_late", project, by=by, once=f"{once}-office", **words
        )
        return len(told)
    step = "day" if days <= 1 else "week" if days <= 7 else "month"
    return len(tell_leads("calls.milestone_due", project, by=by, once=f"{once}-{step}", **words))
