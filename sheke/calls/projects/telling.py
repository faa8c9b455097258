"""Whom to tell what happens in a project."""

from __future__ import annotations

from django.db.models import Q
from django.urls import reverse

from sheke.directory.models import Account
from sheke.notices.actions import tell
from sheke.notices.models import Notice

from ..models import Project
from ..telling import in_charge_of


def leads_of(project: Project) -> list[Account]:
    """The lead, and who sent the submission in as long as they act for it; with accounts."""
    mine = Q(pk=project.writer_id)
    if project.lead_id is not None:
        mine |= Q(person=project.lead_id)
    return list(Account.objects.filter(mine, is_active=True))


def tell_leads(
    kind: str, project: Project, *, by: Account | None, once: str = "", **data: str
) -> list[Notice]:
    """Tell who leads it; the notice leads to their page of the project."""
    url = reverse("calls:my_project", args=[project.pk])
    words = {"title": project.title, "number": project.award.number, "reason": ""} | data
    return tell(kind=kind, to=leads_of(project), by=by, url=url, once=once, **words)


def tell_project_office(
    kind: str, project: Project, *, by: Account | None, once: str = "", **data: str
) -> list[Notice]:
    """Tell the people in charge of its call; the notice leads to the office's page of the project."""
    url = reverse("calls:project", args=[project.pk])
    words = {"title": project.title, "number": project.award.number, "reason": ""} | data
    to = in_charge_of(project.award.call)
    return tell(kind=kind, to=to, by=by, url=url, once=once, **words)
