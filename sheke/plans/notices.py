"""What plans tell people, and the days that they know."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sheke.directory.models import Account
from sheke.directory.queries import acting_organisations
from sheke.notices import conversations, deadlines, kinds
from sheke.notices.deadlines import Deadline
from sheke.notices.kinds import Kind

from .duties import due_of, duties_of, duty_rows
from .models import Item, Target
from .rules import sees

kinds.register(
    Kind(
        "plan.duty_given", _("A duty is given to us or to me"),
        _("You have a duty in “%(item)s”, due %(due)s."),
    ),
    Kind(
        "plan.duties_given", _("Several duties are given at once"),
        _("%(count)s duties of “%(plan)s” were given to you."),
    ),
    Kind(
        "plan.duty_due", _("A duty is due soon"), _("“%(item)s” is due on %(due)s."), urgent=True
    ),
    Kind(
        "plan.duty_overdue", _("A duty is overdue"),
        _("“%(item)s” was due on %(due)s. Report how it stands."), urgent=True,
    ),
    Kind(
        "plan.support_overdue", _("A supporter's part is overdue"),
        _("The part of %(who)s in “%(item)s” was due on %(due)s."),
    ),
    Kind(
        "plan.duty_escalated", _("A duty stays overdue (leaders)"),
        _("The part of %(who)s in “%(item)s” was due on %(due)s and is %(days)s days late."),
    ),
    Kind(
        "plan.duty_blocked", _("A duty is blocked"),
        _("%(who)s cannot go on with “%(item)s”: %(why)s"), urgent=True,
    ),
)  # fmt: skip

conversations.register(Item, sees=sees, url=lambda item: reverse("plans:item", args=[item.pk]))


@deadlines.register
def duty_days(account: Account, first: date, last: date) -> Iterator[Deadline]:
    """The days of the account's own duties."""
    duties = duties_of(account).filter(item__plan__year__range=(first.year - 1, last.year + 1))
    within = [
        duty.pk for duty in duties.select_related("item") if _within(due_of(duty), first, last)
    ]
    if not within:
        return
    for row in duty_rows(duties.filter(pk__in=within), first):
        if row.due:
            url = reverse("plans:duty", args=[row.duty.pk])
            yield Deadline(f"duty-{row.duty.pk}", row.due, str(row.duty.item), url, row.done)


@deadlines.register
def target_days(account: Account, first: date, last: date) -> Iterator[Deadline]:
    """The last days of the targets in plans of the organisations that the account acts for."""
    targets = Target.objects.filter(
        item__plan__organisation__in=acting_organisations(account).order_by().values("pk"),
        goal__last_day__range=(first, last),
    )
    for target in targets.select_related("item", "goal__indicator").order_by("goal__last_day"):
        url = reverse("plans:item", args=[target.item_id])
        title = f"{target.item} · {target.goal.indicator}"
        yield Deadline(f"target-{target.pk}", target.goal.last_day, title, url)


def _within(day: date | None, first: date, last: date) -> bool:
    return day is not None and first <= day <= last
