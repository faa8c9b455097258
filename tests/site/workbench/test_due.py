"""What is due and what came back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine

from sheke.ledger.confirming.actions import answer_query, ask_about
from sheke.plans.actions import report_duty
from sheke.plans.models import Duty, Item, Plan
from sheke.returns import actions as returns
from sheke.site.workbench.desks import SecretaryDesk
from tests import factories

from .conftest import TODAY

FORM = {
    "key": "month", "name": {"zh": "月报"}, "about": {"zh": "每月一报"},
    "questions": [{"key": "people", "name": {"zh": "听众"}}],
}  # fmt: skip


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def secretary(society):
    return factories.account(society)


def a_return(federation, due_on: date, title: str):
    form = factories.definition("return_form", FORM | {"key": f"month{due_on:%m%d}"})
    made = returns.open_return(
        edition=form, organisation=federation, span=(date(2025, 5, 1), date(2025, 5, 31)),
        due_on=due_on, audience={"kinds": ["society"]}, title=title, by=None,
    )  # fmt: skip
    return made.asked.get()


def a_duty(plan: Plan, organisation, days: int | None, title: str) -> Duty:
    position = plan.items.count()
    item = Item.objects.create(
        plan=plan, position=position, level=1, kind=Item.Kind.ITEM, title=title
    )
    due = None if days is None else TODAY + timedelta(days=days)
    return Duty.objects.create(item=item, organisation=organisation, role=Duty.Role.LEAD, due=due)


def test_returns_and_duties_stand_together_the_most_urgent_first(
    federation, society, secretary
) -> None:
    plan = Plan.objects.create(organisation=federation, year=2025, title="要点")
    a_duty(plan, society, None, "没有期限")
    a_duty(plan, society, 5, "五天后")
    late = a_duty(plan, society, -3, "三天前")
    a_duty(plan, federation, 1, "别人的")
    done = a_duty(plan, society, 2, "已完成")
    report_duty(duty=done, state="done", note="做完了", by=secretary)
    a_return(federation, TODAY + timedelta(days=1), "五月月报")
    desk = SecretaryDesk(secretary, society, TODAY)
    found = desk.all_due
    assert [one.title for one in found] == ["三天前", "五月月报", "五天后", "没有期限"]
    assert [one.is_late for one in found] == [True, False, False, False]
    assert found[0].url == f"/plans/duties/{late.pk}/"
    assert found[1].asked is not None


def test_a_return_sent_back_stands_with_its_reason(federation, society, secretary) -> None:
    asked = a_return(federation, TODAY + timedelta(days=9), "五月月报")
    returns.save_draft(asked=asked, values={"people": "30"}, remarks={}, revision=0, by=secretary)
    returns.send_answer(asked=asked, by=secretary)
    desk = SecretaryDesk(secretary, society, TODAY)
    assert desk.all_due == [] and desk.came_back == []
    staff = factories.account(federation, "staff")
    asked.refresh_from_db()
    returns.send_back(asked=asked, reason="人数与签到表不符", by=staff)
    desk = SecretaryDesk(secretary, society, TODAY)
    (back,) = desk.came_back
    assert (back.words, back.by, back.url) == (
        "人数与签到表不符", staff.person.name, f"/returns/answers/{asked.pk}/",
    )  # fmt: skip
    assert desk.all_due == []


def test_a_question_stands_until_it_is_answered(client, federation, society, lecture) -> None:
    secretary = factories.account(society)
    elsewhere = factories.organisation(federation)
    record = factories.record(lecture, society, happened_on=TODAY, title="老城方言小史")
    staff = factories.account(federation, "staff")
    query = ask_about(record=record, text="签到表在哪里？", by=staff)
    other = factories.record(lecture, elsewhere, happened_on=TODAY)
    ask_about(record=other, text="与我们无关", by=staff)
    (back,) = SecretaryDesk(secretary, society, TODAY).came_back
    assert (back.words, back.title, back.is_return) == ("签到表在哪里？", "老城方言小史", False)
    client.force_login(secretary)
    page = client.get("/").content.decode()
    assert "签到表在哪里？" in page
    assert "与我们无关" not in page
    answer_query(query=query, text="已补传", by=secretary)
    assert SecretaryDesk(secretary, society, TODAY).came_back == []
