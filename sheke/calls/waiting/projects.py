"""What a project asks of who leads it: reports that are due or were sent back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from sheke.directory.models import Account

from ..projects.listing import own_projects, standing
from .lines import Line

AHEAD = timedelta(days=60)  # what is due later does not wait yet


def project_lines(account: Account, today: date) -> list[Line]:
    """Projects whose next report is due soon or late, by their days. One query."""
    found: Any = standing(own_projects(account), today)
    return [
        Line(project.title, _("A report on the project is to be handed in"),
             reverse("calls:my_project", args=[project.pk]), "flag", today, project.next_due)
        for project in found.filter(next_due__lte=today + AHEAD).order_by("next_due", "pk")
    ]  # fmt: skip
