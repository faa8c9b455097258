"""Reports on duties: what they need, whom they reach, what they do to the item."""

from __future__ import annotations

from datetime import date

import pytest

from sheke.core.errors import BadInput
from sheke.directory.models import Tenure
from sheke.notices.models import Notice
from sheke.plans import actions
from sheke.plans.actions.duties import Assignment
from sheke.plans.models import Completion, Duty, DutyReport
from tests import factories

from .conftest import item


@pytest.fixture
def society(city):
    return factories.organisation(city, name="史志学会", code="history")


@pytest.fixture
def duty(plan, office) -> Duty:
    return item(plan, "立项课题").duties.get()


@pytest.fixture
def support(plan, society) -> Duty:
    return actions.assign_duty(
        item=item(plan, "立项课题"), organisation=society, role="support", by=None
    )


def report(duty: Duty, state: str = "under_way", note: str = "", **more: object) -> DutyReport:
    return actions.report_duty(duty=duty, state=state, note=note, by=None, **more)  # type: ignore[arg-type]


def test_the_last_report_is_the_state_and_all_are_kept(duty):
    report(duty)
    report(duty, "blocked", "等批复", blocked_by="财政局")
    assert duty.last is not None
    assert (duty.last.state, duty.last.blocked_by) == ("blocked", "财政局")
    assert duty.reports.count() == 2


@pytest.mark.parametrize("state", ["blocked", "done"])
def test_a_word_alone_is_not_enough(duty, state):
    with pytest.raises(BadInput):
        report(duty, state, "  ")
    assert not DutyReport.objects.exists()


def test_done_may_be_shown_by_a_record(duty, office):
    record = factories.record(factories.lecture_type(), office, heading=duty.item.heading)
    made = report(duty, "done", records=[record])
    assert list(made.records.all()) == [record]


def test_an_item_is_done_when_all_who_lead_it_say_so(duty, support, plan, city):
    second = actions.assign_duty(item=duty.item, organisation=city, role="lead", by=None)
    report(duty, "done", "完成立项")
    report(support, "done", "已配合")
    assert not Completion.objects.exists()
    report(second, "done", "已验收")
    assert Completion.objects.get().note == "已验收"
    report(second, "under_way", "补充材料")
    assert not Completion.objects.exists()


def test_what_the_office_said_of_an_item_is_left_alone(duty):
    actions.complete_item(item=duty.item, by=None, note="会议确认")
    report(duty, "under_way")
    assert Completion.objects.get().note == "会议确认"


def test_the_latest_report_is_taken_back(duty):
    first, second = report(duty, "under_way"), report(duty, "done", "完成")
    with pytest.raises(BadInput):
        actions.withdraw_report(report=first, by=None)
    actions.withdraw_report(report=second, by=None)
    assert duty.last == first
    assert not Completion.objects.exists()


def test_a_block_is_told_to_those_who_lead_and_to_the_office(support, office, city, editor):
    lead = factories.account(office, username="lead")
    mine = factories.account(support.organisation, username="mine")
    factories.account(city, Tenure.Role.LEADER, username="boss")
    actions.report_duty(duty=support, state="blocked", note="没有场地", by=mine)
    told = Notice.objects.filter(kind="plan.duty_blocked")
    assert {notice.account for notice in told} == {lead, editor}
    assert told[0].data == {"item": "1.立项课题", "who": "史志学会", "why": "没有场地"}


def test_who_gets_a_duty_is_told(plan, society):
    secretary = factories.account(society)
    person = factories.account(society, Tenure.Role.MEMBER)
    actions.assign_duty(
        item=item(plan, "办好年会"), organisation=society, role="lead", person=person.person,
        due=date(2025, 9, 1), by=None,
    )  # fmt: skip
    told = Notice.objects.filter(kind="plan.duty_given")
    assert {notice.account for notice in told} == {secretary, person}


def test_a_breakdown_is_told_once_to_each_organisation(plan, society):
    secretary = factories.account(society)
    rows = [Assignment(item(plan, title), society, "lead") for title in ("办好年会", "办好讲坛")]
    actions.assign_duties(plan=plan, assignments=rows, by=None)
    told = Notice.objects.get(account=secretary)
    assert (told.kind, told.data["count"]) == ("plan.duties_given", 2)


def test_a_breakdown_keeps_what_was_reported(plan, duty, office):
    report(duty)
    row = Assignment(duty.item, office, "lead", date(2025, 7, 31))
    actions.assign_duties(plan=plan, assignments=[row], by=None)
    duty.refresh_from_db()
    assert (duty.due, duty.reports.count()) == (date(2025, 7, 31), 1)


def test_a_duty_is_handed_over_with_its_reports(duty, society):
    report(duty)
    with pytest.raises(BadInput):
        actions.release_duty(duty=duty, by=None)
    actions.change_duty(duty=duty, organisation=society, role="lead", by=None)
    duty.refresh_from_db()
    assert (duty.organisation, duty.reports.count()) == (society, 1)


def test_a_person_must_be_of_the_organisation(plan, society, office):
    person = factories.account(office).person
    with pytest.raises(BadInput, match="史志学会"):
        actions.assign_duty(
            item=item(plan, "办好年会"), organisation=society, role="lead", person=person, by=None
        )


def test_deleting_an_item_and_undoing_it_brings_the_reports_back(plan, duty, office):
    record = factories.record(factories.lecture_type(), office)
    made = report(duty, "done", "完成", records=[record])
    actions.delete_item(item=duty.item, by=None)
    assert not DutyReport.objects.exists()
    actions.undo(plan=plan, by=None)
    again = DutyReport.objects.get()
    assert (again.at, again.note, list(again.records.all())) == (made.at, "完成", [record])
    assert Completion.objects.get().report == again


def test_merging_hands_the_reports_on(plan, office):
    kept, gone = item(plan, "立项课题"), item(plan, "办好年会")
    duty = actions.assign_duty(item=gone, organisation=office, role="lead", by=None)
    report(duty, "under_way", "在征集")
    actions.merge_item(item=gone, by=None)
    assert DutyReport.objects.get().duty == kept.duties.get()
