"""My duties, one duty, reporting on it, and who may."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from sheke.directory.models import Tenure
from sheke.plans import actions
from sheke.plans.models import Duty, DutyReport
from tests import factories

from .conftest import item


@pytest.fixture
def clerk(office):
    return factories.account(office, username="clerk")


@pytest.fixture
def duty(plan) -> Duty:
    return Duty.objects.get(item__title="立项课题")


@pytest.fixture
def at_desk(client, clerk):
    client.force_login(clerk)
    return client


def titles(answer) -> dict[str, list[str]]:
    return {g.value: [r.duty.item.title for r in rows] for g, rows in answer.context["groups"]}


@pytest.mark.parametrize(
    ("day", "group"),
    [("2025-07-01", "overdue"), ("2025-06-25", "week"), ("2025-06-05", "month"), ("2025-01-05", "later")],
)  # fmt: skip
def test_duties_stand_in_the_group_of_their_day(at_desk, duty, day, group):
    with time_machine.travel(f"{day}T10:00:00+08:00"):
        assert titles(at_desk.get(reverse("plans:my_duties"))) == {group: ["立项课题"]}


def test_done_ones_are_shown_when_asked_for(at_desk, duty, plan):
    actions.report_duty(duty=duty, state="done", note="完成", by=None)
    url = reverse("plans:my_duties")
    assert titles(at_desk.get(url)) == {}
    assert titles(at_desk.get(url, {"state": "done"})) == {"done": ["立项课题"]}


def test_the_list_is_narrowed_to_a_plan_and_a_chapter(at_desk, duty, plan, office):
    actions.assign_duty(item=item(plan, "编印读本"), organisation=office, role="support", by=None)
    url = reverse("plans:my_duties")
    chapter = item(plan, "抓普及")
    shown = titles(at_desk.get(url, {"plan": plan.pk, "chapter": chapter.pk}))
    assert [t for found in shown.values() for t in found] == ["编印读本"]


def test_those_below_are_shown_when_asked_for(client, editor, duty, office):
    client.force_login(editor)
    url = reverse("plans:my_duties")
    assert titles(client.get(url)) == {}
    assert "立项课题" in str(titles(client.get(url, {"below": "on"})))


@pytest.mark.parametrize("size", [1, 3])
def test_the_list_takes_the_same_queries(
    at_desk, plan, duty, office, size, django_assert_max_num_queries
):
    for title in ["办好年会", "编印读本"][: size - 1]:
        one = actions.assign_duty(item=item(plan, title), organisation=office, role="lead", by=None)
        actions.report_duty(duty=one, state="under_way", by=None)
    with django_assert_max_num_queries(14):
        at_desk.get(reverse("plans:my_duties"))


def test_a_report_is_made_with_records_of_the_item(at_desk, duty, office, clerk):
    record = factories.record(factories.lecture_type(), office, heading=duty.item.heading)
    page = at_desk.get(reverse("plans:duty", args=[duty.pk]))
    assert record.title in page.content.decode()
    data = {"state": "done", "note": "", "records": [record.pk]}
    at_desk.post(reverse("plans:report_duty", args=[duty.pk]), data)
    made = DutyReport.objects.get()
    assert (made.state, made.by, list(made.records.all())) == ("done", clerk, [record])


def test_what_is_lacking_stands_at_the_field(at_desk, duty):
    answer = at_desk.post(reverse("plans:report_duty", args=[duty.pk]), {"state": "blocked"})
    assert answer.status_code == 422
    assert answer.context["form"].errors["note"]


def test_a_record_of_another_item_is_no_evidence(at_desk, duty, office):
    record = factories.record(factories.lecture_type(), office)
    data = {"state": "done", "note": "完成", "records": [record.pk]}
    url = reverse("plans:report_duty", args=[duty.pk])
    assert at_desk.post(url, data).status_code == 422


def test_the_person_named_sees_and_reports_though_a_plain_member(client, plan, office):
    member = factories.account(office, Tenure.Role.MEMBER)
    duty = actions.assign_duty(
        item=item(plan, "办好年会"), organisation=office, role="lead", person=member.person, by=None
    )
    client.force_login(member)
    assert "办好年会" in client.get(reverse("plans:my_duties")).content.decode()
    assert client.get(reverse("plans:duty", args=[duty.pk])).status_code == 200
    url = reverse("plans:report_duty", args=[duty.pk])
    assert client.post(url, {"state": "under_way"}).status_code == 302
    assert client.get(reverse("plans:item", args=[duty.item_id])).status_code == 404


def test_another_society_sees_the_plan_but_does_not_report(client, city, duty):
    client.force_login(factories.account(factories.organisation(city)))
    assert client.get(reverse("plans:duty", args=[duty.pk])).status_code == 200
    url = reverse("plans:report_duty", args=[duty.pk])
    assert client.post(url, {"state": "under_way"}).status_code == 403
    assert not DutyReport.objects.exists()


def test_a_person_is_named_on_the_page(client, editor, plan, office):
    client.force_login(editor)
    person = factories.account(office, Tenure.Role.MEMBER).person
    one = item(plan, "办好年会")
    options = client.get(reverse("plans:people", args=[one.pk]), {"q": person.name}).json()
    assert options["options"][0]["value"] == person.pk
    data = {"person": person.pk, "role": "lead", "due": "2025-09-30"}
    client.post(reverse("plans:item_duties", args=[one.pk]), data)
    made = Duty.objects.get(item=one)
    assert (made.person, made.organisation, made.due) == (person, office, date(2025, 9, 30))
    data |= {"person": "", "organisation": office.pk}
    client.post(reverse("plans:change_duty", args=[made.pk]), data)
    made.refresh_from_db()
    assert made.person is None


def test_numbers_are_made_anew_on_a_page(client, editor, plan):
    client.force_login(editor)
    actions.move_item(
        item=item(plan, "编印读本"),
        parent=item(plan, "抓研究"),
        before=item(plan, "立项课题"),
        by=None,
    )
    url = reverse("plans:numbers", args=[plan.pk])
    assert len(client.get(url).context["changes"]) == 4
    client.post(url)
    assert item(plan, "编印读本").number == "1."
    assert client.get(url).context["changes"] == []


def test_the_overview_shows_what_is_blocked(client, editor, plan, duty):
    actions.report_duty(duty=duty, state="blocked", note="等场地", blocked_by="文旅局", by=None)
    client.force_login(editor)
    page = client.get(reverse("plans:overview", args=[plan.pk])).content.decode()
    assert "等场地" in page and "文旅局" in page
    page = client.get(reverse("plans:item", args=[duty.item_id])).content.decode()
    assert "等场地" in page


def test_a_duty_is_withdrawn_from_by_its_reporter(at_desk, duty):
    actions.report_duty(duty=duty, state="done", note="完成", by=None)
    url = reverse("plans:withdraw_report", args=[DutyReport.objects.get().pk])
    at_desk.post(url)
    assert duty.last is None
