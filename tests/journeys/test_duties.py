"""A secretary reports a duty with evidence; a decision of a meeting becomes somebody's duty."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from sheke.meetings import actions as meeting_actions
from sheke.meetings.models import AgendaItem, Decision
from sheke.plans import actions
from sheke.plans.models import Duty, DutyReport
from sheke.plans.reading import read_plan
from tests import factories

from .conftest import until
from .filling import choose


@pytest.fixture
def city():
    return factories.organisation(name="云川市社科联", kind="federation", code="city")


@pytest.fixture
def society(city):
    return factories.organisation(city, name="史志学会", code="history")


@pytest.fixture
def plan(city):
    year = timezone.localdate().year
    text = f"{year}年工作要点\n一、抓普及\n1. 办好讲坛。进社区。\n2. 编印读本。\n"
    return actions.import_plan(organisation=city, read=read_plan(text), by=None)


def test_a_duty_is_reported_done_with_evidence(phone, signed_in, plan, society):
    item = plan.items.get(title="办好讲坛")
    due = timezone.localdate() + timedelta(days=3)
    duty = actions.assign_duty(item=item, organisation=society, role="lead", due=due, by=None)
    record = factories.record(factories.lecture_type(), society, heading=item.heading)
    page = signed_in(phone, factories.account(society), "/plans/duties/")
    page.get_by_role("link", name="办好讲坛").click()
    page.locator(".plan-states label", has_text="受阻").click()
    page.get_by_label("卡在哪里").wait_for(state="visible")
    page.locator(".plan-states label", has_text="已完成").click()
    page.get_by_label(record.title).check()
    page.get_by_role("button", name="报告").click()
    page.get_by_text("已报告。").wait_for()
    said = DutyReport.objects.get(duty=duty)
    assert (said.state, list(said.records.all())) == ("done", [record])
    assert hasattr(type(item).objects.get(pk=item.pk), "completion")


def test_from_minutes_to_the_duty_of_another(page, signed_in, plan, city, society):
    clerk = factories.account(city, "staff")
    meeting = meeting_actions.create_meeting(
        organisation=city, kind="council", number=1, by=clerk,
        starts_at=timezone.now() - timedelta(hours=1),
    )  # fmt: skip
    point = meeting_actions.add_agenda_item(meeting=meeting, title="研究普及工作", by=clerk)
    signed_in(page, clerk, f"/meetings/{meeting.pk}/")
    page.get_by_label("纪要", exact=True).press_sequentially("会议听取了汇报。")
    page.get_by_text("已保存").wait_for()
    until(page, lambda: AgendaItem.objects.get().revision == 1)
    meeting_actions.write_minutes(
        agenda=point, text="另一位记录人写的。", revision=AgendaItem.objects.get().revision, by=None
    )
    page.get_by_label("纪要", exact=True).press_sequentially("又写一句。")
    page.get_by_text("另一位记录人写的。").wait_for()
    page.get_by_role("button", name="保留我的").click()
    until(page, lambda: AgendaItem.objects.get().minutes == "会议听取了汇报。又写一句。")
    page.get_by_text("添加决定").click()
    page.get_by_label("决定内容").fill("编印社区读本。")
    page.get_by_role("button", name="添加", exact=True).first.click()
    page.get_by_role("link", name="落实责任").click()
    choose(page, "牵头单位", "史志", "史志学会")
    page.get_by_role("button", name="交办").click()
    page.get_by_text("决定已交办。").wait_for()
    duty = Duty.objects.get()
    assert (duty.organisation, Decision.objects.get().item) == (society, duty.item)
    page.context.clear_cookies()
    signed_in(page, factories.account(society), "/plans/duties/")
    page.get_by_role("link", name="编印社区读本").click()
    page.get_by_role("link", name="决定第1项").wait_for()
