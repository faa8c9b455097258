"""Lists of projects: who sees which, how they stand, filtered and sorted with a constant number of
queries.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import (
    DecimalField,
    Exists,
    F,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from sheke.core.numerals import whole_number
from sheke.directory.models import Account, Organisation

from ..models import Call, Change, Delivery, Milestone, Payment, Project
from ..queries import visible_submissions

STATES = {
    "running": pgettext_lazy("project", "Running"),
    "waiting": pgettext_lazy("project", "To rule on"),
    "overdue": pgettext_lazy("project", "Overdue"),
    "closed": pgettext_lazy("project", "Closed"),
    "terminated": pgettext_lazy("project", "Terminated"),
}
SORTS: dict[str, tuple[str, ...]] = {
    "number": ("award__call__opens_at", "award__serial"), "title": ("title",), "lead": ("lead_name",),
    "organisation": ("award__submission__organisation__name",), "due": ("next_due",),
    "ends": ("ends_on",), "paid": ("paid",),
}  # fmt: skip


@dataclass(frozen=True)
class Wanted:
    """What the list is narrowed to; empty means all."""

    q: str = ""
    call: int | None = None
    state: str = ""
    organisation: int | None = None
    sort: str = "due"

    @classmethod
    def read(cls, given: Mapping[str, str]) -> Wanted:
        """From an address; what is no value is taken as empty."""
        sort, state = given.get("sort", ""), given.get("state", "")
        return cls(
            q=given.get("q", "").strip()[:100], call=whole_number(given.get("call", "")),
            state=state if state in STATES else "",
            organisation=whole_number(given.get("organisation", "")),
            sort=sort if sort.removeprefix("-") in SORTS else "due",
        )  # fmt: skip


def visible_projects(account: Account) -> QuerySet[Project]:
    """Projects of the submissions that the account sees: one's own, of the organisations that it acts
    for, of the calls that its office runs. Nothing follows from reviewing.
    """
    seen = visible_submissions(account).order_by().values("pk")
    return Project.objects.filter(award__submission__in=seen)


def own_projects(account: Account) -> QuerySet[Project]:
    """Those that the account leads, or acts for as who sent the submission in."""
    mine = Q(writer=account)
    if account.person_id is not None:
        mine |= Q(lead=account.person_id)
    return Project.objects.filter(mine)


def open_milestones() -> QuerySet[Milestone]:
    """What projects under way still have to hand in: not settled, nothing waits for a ruling."""
    found = Milestone.objects.filter(
        settled_at=None, project__closing=None, project__award__revoked_at=None
    )
    return found.filter(~Exists(waiting_deliveries()))


def waiting_deliveries() -> QuerySet[Delivery]:
    """Of a milestone of the query around it: what waits for its ruling."""
    return Delivery.objects.filter(milestone=OuterRef("pk"), ruled_at=None, withdrawn_at=None)


def listed(
    projects: QuerySet[Project], wanted: Wanted, today: date | None = None
) -> QuerySet[Project]:
    """As wanted, each with `next_due`, `paid`, `waits` and `late`; ready to print. No queries yet."""
    found = standing(projects, today or timezone.localdate()).filter(_matching(wanted))
    found = found.select_related(
        "award__call__edition__definition", "award__submission__organisation", "closing"
    ).defer("award__submission__values", "award__call__about")
    down, key = wanted.sort.startswith("-"), wanted.sort.removeprefix("-")
    order = [F(n).desc(nulls_last=True) if down else F(n).asc(nulls_last=True) for n in SORTS[key]]
    return found.order_by(*order, "award__serial", "pk")


def standing(projects: QuerySet[Project], today: date) -> QuerySet[Project]:
    """Each with when something is due next, what was paid, whether something waits or is late."""
    left = open_milestones().filter(project=OuterRef("pk")).order_by()
    paid = Payment.objects.filter(project=OuterRef("pk"), taken_back_at=None).order_by()
    money = DecimalField(max_digits=16, decimal_places=4)
    asked = {"ruled_at": None, "withdrawn_at": None}
    return projects.annotate(
        next_due=Subquery(left.values("project").annotate(n=Min("due_on")).values("n")),
        paid=Coalesce(
            Subquery(
                paid.values("project").annotate(n=Sum("amount")).values("n"), output_field=money
            ),
            Value(Decimal(0), output_field=money),
        ),
        waits=Exists(Delivery.objects.filter(milestone__project=OuterRef("pk"), **asked))
        | Exists(Change.objects.filter(project=OuterRef("pk"), **asked)),
        late=Exists(left.filter(due_on__lt=today)),
    )


def choices_of(projects: QuerySet[Project]) -> dict[str, list[tuple[Any, str]]]:
    """What the list can be narrowed to. Two queries."""
    inside = projects.order_by()
    calls = Call.objects.filter(pk__in=inside.values("award__call"))
    units = Organisation.objects.filter(pk__in=inside.values("award__submission__organisation"))
    return {
        "calls": [(pk, title) for pk, title in calls.values_list("pk", "title")],
        "organisations": [(o.pk, o.label) for o in units.order_by("path")],
        "states": [(key, str(name)) for key, name in STATES.items()],
    }


def state_of(project: Any) -> str:
    """The word for how a listed project stands: the most pressing first."""
    if project.award.revoked_at is not None:
        return "terminated"
    if hasattr(project, "closing"):
        return "terminated" if project.closing.result == "terminated" else "closed"
    if project.waits:
        return "waiting"
    return "overdue" if project.late else "running"


def _matching(wanted: Wanted) -> Q:
    under_way = Q(closing=None, award__revoked_at=None)
    state = {
        "": Q(), "running": under_way, "waiting": under_way & Q(waits=True),
        "overdue": under_way & Q(late=True),
        "closed": Q(closing__isnull=False) & ~Q(closing__result="terminated"),
        "terminated": Q(closing__result="terminated") | Q(award__revoked_at__isnull=False),
    }[wanted.state]  # fmt: skip
    if wanted.call:
        state &= Q(award__call=wanted.call)
    if wanted.organisation:
        state &= Q(award__submission__organisation=wanted.organisation)
    for word in wanted.q.split():
        state &= (
            Q(title__icontains=word)
            | Q(lead_name__icontains=word)
            | Q(award__number__icontains=word)
        )
    return state
