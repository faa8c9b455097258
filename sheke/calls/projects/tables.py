"""Projects as a sheet and as data."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sheke.core.tables import write_xlsx

from ..deciding.proposals import level_name, plain
from ..models import Project
from .listing import STATES, Wanted, listed, state_of
from .money import Money, money_of


def projects_table(projects: QuerySet[Project], wanted: Wanted) -> bytes:
    """What the list shows, each project in a row."""
    heads = [
        _("Number"), _("Title"), pgettext("project", "Lead"), _("Organisation"), _("Call"), _("Level"),
        _("State"), _("From"), _("Until"), _("Contract signed"), _("Budget"), pgettext("money", "Paid"),
        pgettext("money", "Left"), _("Next due"), _("Closed on"), _("Result"), pgettext("project", "Members"),
    ]  # fmt: skip
    return write_xlsx(
        heads, _rows(projects, wanted), title=_("Projects"),
        widths={_("Title"): 40, _("Organisation"): 28, _("Call"): 28},
    )  # fmt: skip


def as_data(project: Any, today: date | None = None) -> dict[str, Any]:
    """A listed project, with its milestones and payments prefetched, for the command line."""
    today = today or timezone.localdate()
    milestones, payments = list(project.milestones.all()), list(project.payments.all())
    money = money_of(project, milestones, payments)
    closing = getattr(project, "closing", None)
    unit = project.award.submission.organisation
    running = closing is None and project.award.revoked_at is None
    return {
        "number": project.award.number, "title": project.title, "lead": project.lead_name,
        "organisation": unit.code if unit else None, "state": state_of(project),
        "overdue": bool(running and project.late), "starts": project.starts_on,
        "ends": project.ends_on, "signed": project.signed_on, "next_due": project.next_due,
        "budget": _exact(project.budget), "paid": _exact(money.paid), "left": _exact(money.left),
        "milestones": [
            {"key": m.key, "due": m.due_on, "settled": m.settled_at is not None,
             "overdue": running and m.settled_at is None and m.due_on < today}
            for m in milestones
        ],
        "instalments": _instalments(money),
        "outputs": len(project.outputs.all()),
        "closed": closing.closed_on if closing else None,
        "result": closing.result if closing else None,
    }  # fmt: skip


def _exact(amount: Decimal | None) -> str | None:
    """As a text, so that nothing is lost; none where the project is not funded."""
    return None if amount is None else plain(amount)


def _instalments(money: Money) -> list[dict[str, Any]]:
    return [
        {
            "key": i.key,
            "percent": i.percent,
            "planned": _exact(i.planned),
            "paid": _exact(i.paid),
            "due": i.due,
        }
        for i in money.instalments
    ]


def _rows(projects: QuerySet[Project], wanted: Wanted) -> Iterator[list[Any]]:
    found: Any = listed(projects, wanted)
    for project in found.iterator(chunk_size=500):
        award, closing = project.award, getattr(project, "closing", None)
        unit = award.submission.organisation
        yield [
            award.number, project.title, project.lead_name, unit.name if unit else project.employer,
            award.call.title, level_name(award.call.programme, award.level),
            str(STATES[state_of(project)]), project.starts_on, project.ends_on, project.signed_on,
            project.budget, project.paid,
            None if project.budget is None else project.budget - project.paid, project.next_due,
            closing.closed_on if closing else None,
            str(closing.get_result_display()) if closing else "", "、".join(project.members),
        ]  # fmt: skip
