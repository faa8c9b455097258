"""Projects of the demonstration's earlier grant: under way, overdue, closed, one that asks for more time."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings

from sheke.calls.actions.project_changes import ask_change
from sheke.calls.actions.project_closing import close_project
from sheke.calls.actions.project_deliveries import accept_delivery, deliver
from sheke.calls.actions.project_outputs import add_output
from sheke.calls.actions.project_payments import pay_instalment
from sheke.calls.actions.projects import sign_contract
from sheke.calls.models import Call, Change, Project
from sheke.directory.models import Account

from .clock import clock
from .earlier_calls import HERE
from .source import read

CLOSED, OVERDUE = 3, 2  # how many; the others are under way


def make_projects(call: Call, office: Account, applicant: Account, today: date) -> None:
    """Contracts and first instalments; then mid-term reports of all but the overdue ones; the best are
    closed, one waits for its closing to be judged, one asks for an extension.
    """
    words = read("calls")["earlier_grant"]["projects"]
    projects = list(Project.objects.filter(award__call=call).order_by("award__serial"))
    mine = [each for each in projects if each.lead_id == applicant.person_id]
    others = [each for each in projects if each not in mine]
    closed, late, rest = others[:CLOSED], others[-OVERDUE:], others[CLOSED:-OVERDUE]
    decided = projects[0].award.decided_on
    with clock(decided + timedelta(days=12)):
        for each in projects:
            sign_contract(project=each, signed_on=decided + timedelta(days=12), by=office)
            _pay(each, 60, "signing", decided + timedelta(days=12), office)
    for number, each in enumerate([*closed, *rest, *mine]):
        day = decided + timedelta(days=150 + 4 * number)
        with clock(day):
            _report(each, "midterm", words["midterm"], office, day)
    for number, each in enumerate(closed):
        with clock(today - timedelta(days=30 - 9 * number)):
            _close(each, words, office, "excellent" if number == 0 else "passed")
    _waiting(rest, words, today)
    for each in late[-1:]:
        with clock(today - timedelta(days=6)):
            ask_change(
                project=each, kind=Change.Kind.EXTENSION, text=words["extension"], by=None,
                until=each.ends_on + timedelta(days=90),
            )  # fmt: skip


def _waiting(projects: list[Project], words: dict[str, str], today: date) -> None:
    """The first handed in its closing report two days ago; nobody has judged it."""
    for each in projects[:1]:
        with clock(today - timedelta(days=2)):
            milestone = each.milestones.get(key="closing")
            deliver(milestone=milestone, text=words["closing"], by=None)


def _report(project: Project, key: str, text: str, office: Account, day: date) -> None:
    delivery = deliver(milestone=project.milestones.get(key=key), text=text, by=None)
    accept_delivery(delivery=delivery, by=office)
    _pay(project, 20, key, day, office)


def _close(project: Project, words: Any, office: Account, result: str) -> None:
    output = words["output"]
    add_output(
        project=project, kind="paper", title=output["title"], venue=output["venue"], by=None,
        level="municipal",
    )  # fmt: skip
    delivery = deliver(
        milestone=project.milestones.get(key="closing"), text=words["closing"], by=None
    )
    close_project(
        delivery=delivery, result=result, site=settings.SITE_URL or HERE, by=office,
        likeness=Decimal("6.5"),
    )  # fmt: skip


def _pay(project: Project, percent: int, key: str, day: date, office: Account) -> None:
    if project.budget:
        amount = project.budget * percent / 100
        pay_instalment(project=project, amount=amount, paid_on=day, key=key, by=office)
