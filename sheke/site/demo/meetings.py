"""Meetings of the federation's board, what came of their decisions, and reports on duties."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from sheke.directory.models import Account, Organisation
from sheke.meetings import actions
from sheke.meetings.models import AgendaItem, Decision, Meeting
from sheke.plans import actions as planning
from sheke.plans.models import Duty, Item, Plan

from .clock import clock, workday
from .organisations import Tree
from .source import read


def make_meetings(tree: Tree, office: Account, today: date) -> None:
    """Two that were held and one to come, with decisions handed on as duties of the year's plan."""
    plan = Plan.objects.filter(organisation=tree.root, year=today.year).first()
    if plan is None:
        return
    for entry in read("meetings")["duties"]:
        with clock(today - timedelta(days=90)):
            _duty(plan, entry, tree, office, today)
    for entry in read("meetings")["meetings"]:
        _meeting(plan, entry, tree, office, today)


def _duty(plan: Plan, entry: dict[str, Any], tree: Tree, by: Account, today: date) -> None:
    items = plan.items.filter(kind=Item.Kind.ITEM, title__contains=entry["item"])
    item = items.filter(duties=None).first()
    if item is None:
        return
    parts = [(entry["lead"], "lead"), *((name, "support") for name in entry.get("support", []))]
    for name, role in parts:
        planning.assign_duty(
            item=item, organisation=tree.by_name[name], role=role, by=by,
            due=today + timedelta(days=entry["due"]),
        )  # fmt: skip


def _meeting(plan: Plan, entry: dict[str, Any], tree: Tree, by: Account, today: date) -> None:
    day = workday(today + timedelta(days=entry["days"]))
    with clock(today + timedelta(days=entry["convened"])):
        meeting = actions.create_meeting(
            organisation=tree.root, kind=entry["kind"], number=entry["number"],
            starts_at=timezone.make_aware(datetime.combine(day, time(9))), place=entry["place"], by=by,
        )  # fmt: skip
        actions.invite_board(meeting=meeting, by=by)
        points = [
            (actions.add_agenda_item(
                meeting=meeting, title=one["title"], presenter=one.get("presenter", ""), by=by,
            ), one)
            for one in entry["agenda"]
        ]  # fmt: skip
        actions.convene(meeting=meeting, by=by)
    if day >= today:
        return
    with clock(day, 16):
        _hold(meeting, by)
        decisions = [made for point, one in points for made in _decide(point, one, by)]
        for decision, said in decisions:
            _hand_on(decision, said, plan, tree, by, today)
    for decision, said in decisions:
        _report(decision, said, tree, today)
    if "approved" in entry:
        with clock(today + timedelta(days=entry["approved"])):
            actions.approve_minutes(meeting=meeting, by=by)


def _hold(meeting: Meeting, by: Account) -> None:
    people = list(meeting.attendances.all())
    marks = {one.pk: "present" for one in people} | {one.pk: "leave" for one in people[3:4]}
    actions.mark_presence(meeting=meeting, marks=marks, by=by)


def _decide(
    point: AgendaItem, entry: dict[str, Any], by: Account
) -> list[tuple[Decision, dict[str, Any]]]:
    actions.write_minutes(agenda=point, text=entry["minutes"], revision=0, by=by)
    return [
        (actions.decide(meeting=point.meeting, agenda=point, text=one["text"], by=by), one)
        for one in entry["decisions"]
    ]


def _hand_on(
    decision: Decision, said: dict[str, Any], plan: Plan, tree: Tree, by: Account, today: date
) -> None:
    if "settled" in said:
        actions.settle_decision(decision=decision, note=said["settled"], by=by)
    if "lead" not in said:
        return
    chapter = plan.items.filter(kind=Item.Kind.CHAPTER).order_by("position").last()
    actions.give_duties(
        decision=decision, plan=plan, place=chapter, lead=tree.by_name[said["lead"]],
        supporters=[tree.by_name[name] for name in said.get("support", [])],
        due=today + timedelta(days=said["due"]), by=by,
    )  # fmt: skip


def _report(decision: Decision, said: dict[str, Any], tree: Tree, today: date) -> None:
    if "report" not in said:
        return
    entry = said["report"]
    duty = Duty.objects.get(item=decision.item_id, role=Duty.Role.LEAD)
    with clock(today + timedelta(days=entry["days"])):
        planning.report_duty(
            duty=duty, state=entry["state"], note=entry["note"], blocked_by=entry.get("by", ""),
            by=_secretary(tree.by_name[said["lead"]]),
        )  # fmt: skip


def _secretary(organisation: Organisation) -> Account | None:
    there = Account.objects.filter(person__tenures__organisation=organisation)
    return there.filter(person__tenures__role="secretary").first()
