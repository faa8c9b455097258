"""Body of the command that lists the projects of a call."""

from __future__ import annotations

from typing import Any

from ..models import Call, Project
from ..projects.listing import Wanted, listed
from ..projects.tables import as_data


def projects(call: Call, *, overdue: bool) -> list[dict[str, Any]]:
    """Each project of the call with how it stands; only those that are late where `overdue`."""
    wanted = Wanted(state="overdue" if overdue else "", sort="number")
    found = listed(Project.objects.filter(award__call=call), wanted)
    return [as_data(each) for each in found.prefetch_related("milestones", "payments", "outputs")]
