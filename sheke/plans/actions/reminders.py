"""The verb that reminds of duties and, where nothing happens, tells the leaders."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from sheke.core import audit
from sheke.directory.models import Account
from sheke.notices.actions import tell
from sheke.notices.models import Notice

from ..duties import DutyRow, duty_rows
from ..models import Duty
from ..telling import answerable, doers, leaders, leading

BACK = timedelta(days=90)  # who begins with an old plan is not told of all that was late then
AHEAD = timedelta(days=7)


@transaction.atomic
def remind(*, today: date, by: Account | None = None) -> list[Notice]:
    """Tell of what is due in 7 days, tomorrow, or overdue; nothing twice, nothing of what is done.

    A supporter's overdue duty is also told to those who lead the item. When a plan's number of days
    has passed the leaders of the leading organisations are told, when it has passed twice the
    leaders of the plan's organisation. Returns the notices that are new.
    """
    told: list[Notice] = []
    for row in _due_rows(today):
        told += _remind(row, by)
        told += _escalate(row, by)
    if told:
        audit.record("plan.remind", by=by, notices=len(told), day=today.isoformat())
    return told


def _due_rows(today: date) -> list[DutyRow]:
    """The duties that are not done and due from 90 days ago to in a week."""
    near = Q(due__range=(today - BACK, today + AHEAD)) | Q(due=None)
    duties = Duty.objects.filter(near, item__plan__year__gte=today.year - 1)
    rows = duty_rows(duties, today)
    return [r for r in rows if r.due and today - BACK <= r.due <= today + AHEAD and not r.done]


def _remind(row: DutyRow, by: Account | None) -> list[Notice]:
    days = row.days or 0
    if days < 0:
        told = _tell(row, "plan.duty_overdue", doers(row.duty), "overdue", by)
        if row.duty.role == Duty.Role.SUPPORT:
            told += _tell(row, "plan.support_overdue", answerable(row.duty), "lead", by)
        return told
    return _tell(row, "plan.duty_due", doers(row.duty), "day" if days <= 1 else "week", by)


def _escalate(row: DutyRow, by: Account | None) -> list[Notice]:
    plan = row.duty.item.plan
    told: list[Notice] = []
    if row.days_late >= max(1, plan.escalate_after):
        for organisation in leading(row.duty.item) or [plan.organisation]:
            told += _tell(row, "plan.duty_escalated", leaders(organisation), "leaders", by)
    if row.days_late >= max(2, 2 * plan.escalate_after):
        told += _tell(row, "plan.duty_escalated", leaders(plan.organisation), "owner", by)
    return told


def _tell(
    row: DutyRow, kind: str, to: list[Account], step: str, by: Account | None
) -> list[Notice]:
    """Once for each duty, day due and step: another day begins anew."""
    duty, due = row.duty, row.due.isoformat() if row.due else ""
    return tell(
        kind=kind, to=to, by=by, url=reverse("plans:duty", args=[duty.pk]),
        once=f"duty-{duty.pk}-{due}-{step}", item=str(duty.item), due=due, who=duty.who,
        days=row.days_late,
    )  # fmt: skip
