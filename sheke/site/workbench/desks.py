"""The desks, one class for each role; every part is read when it is printed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import ClassVar

from django.db.models import QuerySet

from sheke.calls import waiting as calls_waiting
from sheke.core.acts import last_act
from sheke.core.charts import Chart
from sheke.directory.models import Account, Organisation
from sheke.directory.queries import held_tenures
from sheke.indicators.figures import Compared
from sheke.indicators.remembering import evaluate_remembered
from sheke.ledger.models import Participation, Record
from sheke.ledger.remembering import moment, remembered
from sheke.library.waiting import Waits, library_lines
from sheke.meetings.models import Attendance, Convening
from sheke.notices.models import Notice
from sheke.notices.queries import inbox
from sheke.plans.models import DutyReport, Plan
from sheke.plans.nodes import Tree
from sheke.plans.overviews import Group, by_chapter
from sheke.plans.queries import plan_tree, visible_plans
from sheke.returns.queries import to_accept

from . import leading, machine, office
from .due import Back, Due, came_back, due
from .perspectives import Role
from .year import TypeYear, year_by_type, year_chart

SHOWN = 8
RECENT = timedelta(days=60)
SHOWN_RECORDS = 6
LAST_SHARED = 200  # records shared with others, among which the latest are looked for


@dataclass
class Desk:
    """What every role has. `year` is the one looked at; `today` its last day when it is over."""

    account: Account
    organisation: Organisation
    today: date
    role: Role = Role.SECRETARY
    template: ClassVar[str] = ""

    @cached_property
    def key(self) -> str:
        """What a part that only counts records depends on: for keeping it as it is printed."""
        parts = (self.organisation.pk, self.organisation.path, self.today, *moment())
        return "|".join(map(str, parts))

    @cached_property
    def acts_key(self) -> str:
        """What a part depends on that shows what people did, to readers with the same offices."""
        offices = [(held.organisation.path, held.role) for held in held_tenures(self.account)]
        return f"{self.key}|{last_act()}|{offices}|{self.account.is_superuser}"

    @cached_property
    def own_key(self) -> str:
        """The same for a part that also shows what concerns the person."""
        return f"{self.acts_key}|{self.account.pk}"

    @cached_property
    def calls(self) -> list[calls_waiting.Line]:
        """What waits for the person in calls: of the organisation, as an applicant, as a reviewer."""
        found = [
            *calls_waiting.own_lines(self.account, self.today),
            *calls_waiting.project_lines(self.account, self.today),
            *calls_waiting.recommending_lines(self.account, self.today),
            *calls_waiting.reviewing_lines(self.account, self.today),
        ]
        return calls_waiting.in_order(found)

    @cached_property
    def library(self) -> list[Waits]:
        return library_lines(self.account)

    @cached_property
    def tree(self) -> Tree | None:
        plan = current_plan(self.account, self.organisation, self.today.year)
        return plan_tree(plan, today=self.today, evaluate=evaluate_remembered) if plan else None

    @cached_property
    def types(self) -> list[TypeYear]:
        return year_by_type(self.organisation, self.today)

    @cached_property
    def year(self) -> Chart:
        return year_chart(self.organisation, self.today, self.types[:12])

    @cached_property
    def latest(self) -> list[Record]:
        """The latest work of the last two months, one's own and what one shares: bounded, so that a
        short range of an index answers each.
        """
        here = list(Organisation.objects.below(self.organisation).values_list("pk", flat=True))
        recent = Record.objects.standing().filter(
            happened_on__range=(self.today - RECENT, self.today)
        )
        last_shared = Participation.objects.filter(organisation__in=here).order_by("-pk")
        shared = list(last_shared.values_list("record", flat=True)[:LAST_SHARED])
        numbers = [
            number
            for some in (recent.filter(organisation__in=here), recent.filter(pk__in=shared))
            for number in some.values_list("pk", flat=True)[:SHOWN_RECORDS]
        ]
        return list(Record.objects.filter(pk__in=numbers).listed()[:SHOWN_RECORDS])


@dataclass
class SecretaryDesk(Desk):
    template: ClassVar[str] = "site/home/secretary.html"

    @cached_property
    def all_due(self) -> list[Due]:
        return due(self.account, self.organisation, self.today)

    @property
    def first_due(self) -> list[Due]:
        return self.all_due[:SHOWN]

    @cached_property
    def came_back(self) -> list[Back]:
        return came_back(self.account, self.organisation)


@dataclass
class OfficeDesk(Desk):
    template: ClassVar[str] = "site/home/office.html"

    @cached_property
    def calls(self) -> list[calls_waiting.Line]:
        """What the office has to do in its calls comes before what concerns the person."""
        lines = calls_waiting.office_lines(self.account, self.organisation, self.today)
        return [*lines, *super().calls]

    @cached_property
    def waiting(self) -> office.Waiting:
        return office.waiting(self.account)

    @cached_property
    def to_accept(self) -> int:
        return to_accept(self.account).count()

    @cached_property
    def reporting(self) -> office.Reporting:
        return remembered(
            "reporting", [self.acts_key], lambda: office.reporting(self.organisation, self.today)
        )

    @cached_property
    def late(self) -> list[office.Late]:
        return remembered(
            "late", [self.acts_key], lambda: office.late_returns(self.account, self.organisation)
        )

    @property
    def late_count(self) -> int:
        return sum(one.count for one in self.late)

    @cached_property
    def behind(self) -> list[office.Behind]:
        return office.behind(self.tree, self.today) if self.tree else []

    @cached_property
    def blocked(self) -> list[DutyReport]:
        return list(office.blocked(self.organisation)[:20])


@dataclass
class AdministratorDesk(OfficeDesk):
    """`machine` is of the whole installation, for administrators of a root only."""

    @cached_property
    def machine(self) -> machine.Machine | None:
        whole = self.account.has_perm("directory.administer", None)
        return machine.machine() if whole else None


@dataclass
class LeaderDesk(OfficeDesk):
    template: ClassVar[str] = "site/home/leader.html"

    @property
    def first(self) -> date:
        return date(self.today.year, 1, 1)

    @cached_property
    def call_years(self) -> list[calls_waiting.CallYear]:
        return calls_waiting.year_calls(self.account, self.organisation, self.today.year)

    @cached_property
    def chapters(self) -> list[Group]:
        return by_chapter(self.tree) if self.tree else []

    @cached_property
    def figures(self) -> list[Compared]:
        found = leading.main_figures(self.organisation, self.first, self.today, self.tree)
        self.scope, compared = found
        return compared

    @cached_property
    def scope(self) -> leading.Scope:
        return leading.Scope(self.organisation, self.first, self.today)

    @cached_property
    def coverage(self) -> leading.Coverage:
        return leading.coverage(self.organisation, self.first, self.today)


@dataclass
class MemberDesk:
    """For who acts for no organisation: what concerns them all the same."""

    account: Account
    today: date
    template: ClassVar[str] = "site/home/member.html"

    @cached_property
    def own_key(self) -> str:
        """What the part depends on that shows what concerns the person."""
        return f"{self.today}|{last_act()}|{self.account.pk}"

    @cached_property
    def calls(self) -> list[calls_waiting.Line]:
        """What waits for an applicant and for a reviewer."""
        found = [
            *calls_waiting.reviewing_lines(self.account, self.today),
            *calls_waiting.own_lines(self.account, self.today),
            *calls_waiting.project_lines(self.account, self.today),
        ]
        return calls_waiting.in_order(found)

    @cached_property
    def notices(self) -> list[Notice]:
        return list(inbox(self.account, unread=True)[:SHOWN])

    @cached_property
    def meetings(self) -> QuerySet[Attendance]:
        """Convened meetings from today on, that the person is asked to."""
        convened = Convening.objects.values("meeting_id")
        return (
            Attendance.objects.filter(
                person=self.account.person_id, meeting__in=convened,
                meeting__starts_at__date__gte=self.today,
            )
            .select_related("meeting__organisation")
            .order_by("meeting__starts_at")
        )  # fmt: skip


DESKS: dict[Role, type[Desk]] = {
    Role.ADMINISTRATOR: AdministratorDesk,
    Role.LEADER: LeaderDesk,
    Role.STAFF: OfficeDesk,
    Role.SECRETARY: SecretaryDesk,
}


def current_plan(account: Account, organisation: Organisation, year: int) -> Plan | None:
    """The year's plan of the organisation itself, else of the nearest one above it."""
    plans = visible_plans(account).filter(year=year)
    fitting = [plan for plan in plans if plan.organisation.contains(organisation)]
    return max(fitting, key=lambda plan: (len(plan.organisation.path), plan.pk), default=None)
