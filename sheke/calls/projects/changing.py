"""What a change asks for, and what granting it does to the project."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from sheke.core.errors import BadInput
from sheke.directory.models import Person

from ..deciding.proposals import plain
from ..models import Change, Milestone, Payment, Project
from .days import MOST, months_on
from .delivering import is_closing
from .money import money_of

Kind = Change.Kind


def check_wish(project: Project, change: Change) -> None:
    """Raise BadInput where the change does not say what it needs, or what cannot be."""
    wanted = change.wanted
    if change.kind == Kind.EXTENSION:
        _check_end(project, change.until)
    elif change.kind == Kind.TITLE and not wanted["title"]:
        raise BadInput(_("Write the new title."))
    elif change.kind == Kind.LEAD and not wanted["name"]:
        raise BadInput(_("Name the new lead."))
    elif change.kind == Kind.BUDGET:
        _check_budget(project, wanted["amount"])


def carry_out(project: Project, change: Change, person: Person | None) -> dict[str, Any]:
    """Do to the locked project what the change says. Returns how it was."""
    wanted = change.wanted
    if change.kind == Kind.EXTENSION and change.until:
        return _extend(project, change.until)
    if change.kind == Kind.TITLE:
        before = {"title": project.title}
        project.title = wanted["title"]
    elif change.kind == Kind.MEMBERS:
        before = {"members": project.members}
        project.members = wanted["members"]
    elif change.kind == Kind.BUDGET:
        before = {"amount": plain(project.budget)}
        project.budget = Decimal(wanted["amount"])
    elif change.kind == Kind.LEAD:
        before = _hand_over(project, wanted, person)
    else:
        return {}
    project.save()
    return before


def _hand_over(project: Project, wanted: dict[str, str], person: Person | None) -> dict[str, Any]:
    """Who is in the directory acts from now on alone; else who sent the submission in still does."""
    before = {"name": project.lead_name, "employer": project.employer}
    project.lead_name = person.name if person else wanted["name"]
    project.employer, project.lead = wanted["employer"] or project.employer, person
    if person is not None:
        project.writer = None
    return before


def _extend(project: Project, until: date) -> dict[str, Any]:
    """The end moves, with it the closing; other open milestones keep their days."""
    before = {"until": project.ends_on.isoformat()}
    for each in project.milestones.filter(settled_at=None):
        if is_closing(project, each.key):
            each.due_on = until
            each.save(update_fields=["due_on"])
    project.ends_on = until
    project.save(update_fields=["ends_on"])
    return before


def _check_end(project: Project, until: date | None) -> None:
    if until is None:
        raise BadInput(_("Say until when."))
    if until <= project.ends_on:
        raise BadInput(_("The project ends on %(day)s; an extension ends later.")
                       % {"day": project.ends_on.isoformat()})  # fmt: skip
    if until > months_on(project.starts_on, MOST):
        raise BadInput(_("That is more than twenty years after the beginning."))


def _check_budget(project: Project, text: str) -> None:
    try:
        amount = Decimal(text)
    except InvalidOperation:
        raise BadInput(_("Write the new budget.")) from None
    milestones = list(Milestone.objects.filter(project=project))
    paid = money_of(project, milestones, list(Payment.objects.filter(project=project))).paid
    if not amount.is_finite() or amount < 0 or amount > Decimal("9999999999"):
        raise BadInput(_("Write the new budget."))
    if amount < paid:
        raise BadInput(_("%(paid)s were paid already; the budget cannot be less.")
                       % {"paid": plain(paid)})  # fmt: skip
