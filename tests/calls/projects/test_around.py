"""Around projects: reminders, days, search, what is held of a person, the command, days and money."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from sheke.calls.actions.project_payments import pay_instalment
from sheke.calls.actions.project_reminders import remind_of_projects
from sheke.calls.actions.projects import end_project
from sheke.calls.projects.days import months_between, months_on
from sheke.core.search.sources import SOURCES
from sheke.directory.holdings import held_of, mentions_of
from sheke.notices.deadlines import deadlines, deadlines_of
from sheke.notices.models import Notice
from tests.factories import account, organisation

from .made import deciding_call, delivered, project

days = st.dates(date(1990, 1, 1), date(2100, 1, 1))


@given(days, st.integers(0, 240))
def test_months_on_is_that_many_months_later(day, months):
    later = months_on(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == day.day or (later + timedelta(days=1)).day == 1
    assert later == day or months_between(day, later) == months


@pytest.fixture
def world(db):
    class World:
        city = organisation(kind="federation")
        unit = organisation(city)
        staff, lead, stranger = account(city, "staff"), account(unit, "member"), account(unit)
        call = deciding_call(of=city)

    World.project = project(World.call, by=World.lead, unit=World.unit)
    World.midterm = World.project.milestones.get(key="midterm")
    return World


def told(who):
    return list(Notice.objects.filter(account=who).order_by("pk").values_list("kind", flat=True))


class TestReminders:
    def remind(self, world, days):
        return remind_of_projects(today=world.midterm.due_on - timedelta(days=days), by=None)

    def test_at_thirty_seven_and_one_days_and_once_when_late(self, world):
        counts = [self.remind(world, days) for days in (31, 30, 20, 7, 3, 1, 0, -1, -2)]
        assert counts == [0, 1, 0, 1, 0, 1, 0, 2, 0]
        assert told(world.lead) == ["calls.milestone_due"] * 3 + ["calls.milestone_late"]
        assert told(world.staff) == ["calls.project_late"]

    def test_not_of_what_is_handed_in_or_over(self, world):
        delivered(world.project)
        assert self.remind(world, 1) == 0
        end_project(project=world.project, reason="撤项", by=None)
        assert self.remind(world, -1) == 0

    def test_a_new_day_begins_anew(self, world):
        self.remind(world, 7)
        type(world.midterm).objects.filter(pk=world.midterm.pk).update(
            due_on=world.midterm.due_on + timedelta(days=30)
        )
        world.midterm.refresh_from_db()
        assert self.remind(world, 7) == 1


def test_deadlines_of_the_lead_and_the_organisation(world):
    span = (world.project.starts_on, world.project.ends_on)
    mine = [d for d in deadlines(world.lead, *span) if "milestone" in d.uid]
    theirs = deadlines_of(world.unit, *span)
    assert len(mine) == len(theirs) == 2
    assert mine[0].url == f"/calls/mine/projects/{world.project.pk}/" and not mine[0].done
    assert deadlines(world.stranger, *span) == []
    delivered(world.project)
    assert deadlines_of(world.unit, *span)[0].done


def test_a_project_is_found_by_who_sees_it(world):
    source = SOURCES["project"]
    for who, sees in ((world.staff, True), (world.lead, True), (account(organisation()), False)):
        assert source.visible(who).filter(pk=world.project.pk).exists() is sees
    (document,) = source.documents([world.project.pk])
    assert world.project.award.number in document.text
    assert world.project.lead_name in document.text


def test_what_is_held_of_a_person_and_where_they_are_named(world):
    delivered(world.project, by=world.lead)
    held = {one.holding.key: one.rows for one in held_of(world.lead.person)}
    assert held["calls.projects"][0]["number"] == world.project.award.number
    assert held["calls.reports"][0]["text"] == "进展顺利。"
    world.project.members = [world.stranger.person.name]
    world.project.save()
    urls = {mention.url for mention in mentions_of(world.stranger.person)}
    assert f"/calls/projects/{world.project.pk}/" in urls


def test_the_command_lists_them(world, capsys):
    pay_instalment(project=world.project, amount=Decimal(1), paid_on=timezone.localdate(), by=None)
    project(world.call, decided_on=timezone.localdate() - timedelta(days=300))
    call_command("call", "projects", world.call.key, "--json")
    first, second = json.loads(capsys.readouterr().out)
    assert (first["state"], first["overdue"], first["paid"]) == ("running", False, "1")
    assert [m["key"] for m in first["milestones"]] == ["midterm", "closing"]
    assert (second["state"], second["overdue"]) == ("overdue", True)
    call_command("call", "projects", world.call.key, "--overdue", "--json")
    (only,) = json.loads(capsys.readouterr().out)
    assert only["number"] == second["number"]
