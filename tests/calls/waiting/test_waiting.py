"""What waits in calls: each line for the person whose turn it is, at its page, under a literal query count."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from sheke.calls.models import (
    Assignment,
    Member,
    Objection,
    Packet,
    Phase,
    PublicNotice,
    Reviewer,
    Step,
)
from sheke.calls.steps import locked, take_step
from sheke.calls.waiting import (
    office_lines,
    own_lines,
    project_lines,
    recommending_lines,
    reviewing_lines,
    year_calls,
)
from tests import factories
from tests.calls import factories as calls
from tests.calls import panels
from tests.calls.deciding import made
from tests.calls.projects import made as projects
from tests.calls.reviewing.worlds import World, world

pytestmark = pytest.mark.django_db
CHECK = ("collect", "recommend")


def today():
    return timezone.localdate()


@pytest.fixture
def city():
    return factories.organisation(kind="federation", code="city", name="云川市社科联")


def of(lines):
    return [(line.text, line.url) for line in lines]


def test_the_office_finds_what_is_to_be_checked(city) -> None:
    staff = factories.account(city, "staff")
    call = calls.call(organisation=city, ended=CHECK, begun=("check",))
    call.phases.filter(stage="check").update(due_on=today() - timedelta(days=1))
    for _n in range(2):
        calls.submission(call, factories.organisation(city), stage="check")
    calls.submission(call, factories.organisation(city), stage="check", state="refused")
    (line,) = office_lines(staff, city, today())
    assert (line.text, line.is_late) == ("2项申报待审查", True)
    page = Client()
    page.force_login(staff)
    answer = page.get(line.url)  # the list that the number counts
    assert answer.content.decode().count('name="submission"') == 2
    assert escape(line.url) in page.get("/").content.decode()


def test_another_office_and_a_secretary_find_nothing(city) -> None:
    unit = factories.organisation(city, kind="county_federation")
    call = calls.call(organisation=city, ended=CHECK, begun=("check",))
    calls.submission(call, unit, stage="check")
    assert office_lines(factories.account(unit, "staff"), unit, today()) == []
    assert office_lines(factories.account(city, "secretary"), city, today()) == []


def reviewed() -> World:
    one = world(submissions=3, reviewers=4)
    one.call.phases.filter(stage="review").update(due_on=today() + timedelta(days=3))
    return one


def test_packets_and_reviews_by_their_state() -> None:
    one = reviewed()
    number = one.call.pk
    assert of(office_lines(one.office, one.city, today())) == [
        ("3份评审材料待核查", f"/calls/{number}/packets/")
    ]
    one.released()
    Packet.objects.filter(submission=one.submissions[0]).update(released_at=None)
    one.deployed()
    assert of(office_lines(one.office, one.city, today())) == [
        ("1份评审材料待发出", f"/calls/{number}/packets/"),
        ("6份评审意见尚未提交", f"/calls/{number}/reviews/"),
    ]


def test_objections_and_decisions() -> None:
    call = made.waiting_call(2, stage="decide")
    staff = factories.account(call.organisation, "staff")
    notice = PublicNotice.objects.create(
        call=call, stage="notice", title="公示", opens_on=today(), closes_on=today()
    )
    Objection.objects.create(notice=notice, name="甲", contact="1", text="异议")
    assert of(office_lines(staff, call.organisation, today())) == [
        ("2项申报待决定", f"/calls/{call.pk}/deciding/"),
        ("1条异议待答复", f"/calls/{call.pk}/objections/"),
    ]


def test_the_offices_queries_do_not_grow(django_assert_num_queries) -> None:
    one = reviewed()
    one.released()
    one.deployed()
    for more in range(2):
        for _n in range(2 * more):
            other = calls.call(one.call.edition, one.city, ended=CHECK, begun=("check",))
            calls.submission(other, factories.organisation(one.city), stage="check")
        account = type(one.office).objects.get(pk=one.office.pk)
        with django_assert_num_queries(8):
            office_lines(account, one.city, today())


def test_an_applicant_finds_the_draft_the_correction_and_who_is_silent(city) -> None:
    me = factories.account(factories.organisation(city), "member")
    call = calls.call(organisation=city)
    draft = calls.submission(call, by=me, sent=False, values={"title": "草稿"})
    Member.objects.create(submission=draft, role="member", name="李四", asked_at=timezone.now())
    back = calls.submission(call, by=me, stage="check")
    take_step(
        Step.Act.RETURNED, call=call, by=None, submission=locked(back), reason="改",
        due=(today() + timedelta(days=2)).isoformat(),
    )  # fmt: skip
    assert of(own_lines(me, today())) == [
        ("待修改", f"/calls/mine/{back.pk}/form/"),
        (f"“{call.title}”的草稿，尚未提交", f"/calls/mine/{draft.pk}/form/"),
        ("1人尚未同意", f"/calls/mine/{draft.pk}/people/"),
    ]
    page = Client()
    page.force_login(me)
    home = page.get("/").content.decode()
    assert f"/calls/mine/{draft.pk}/form/" in home
    assert own_lines(factories.account(city, "staff"), today()) == []


def test_drafts_of_calls_that_are_over_do_not_wait(city, django_assert_num_queries) -> None:
    me = factories.account(factories.organisation(city), "member")
    past = timezone.now() - timedelta(days=1)
    old = calls.call(organisation=city, closes_at=past)
    calls.submission(old, by=me, sent=False)
    assert own_lines(me, today()) == []
    call = calls.call(old.edition, city)
    for number in (1, 3):
        for _n in range(number):
            calls.submission(call, by=me, sent=False)
        with django_assert_num_queries(2):
            assert own_lines(me, today())


def test_a_lead_sees_the_next_report_of_each_project(city, django_assert_num_queries) -> None:
    me = factories.account(factories.organisation(city), "member")
    late = projects.project(by=me, decided_on=today() - timedelta(days=400))
    calm = projects.project(late.award.call, by=me, decided_on=today())
    calm.milestones.update(due_on=today() + timedelta(days=61))
    with django_assert_num_queries(1):
        (line,) = project_lines(me, today())
    assert (line.title, line.url) == (late.title, f"/calls/mine/projects/{late.pk}/")
    assert line.is_late
    calm.milestones.filter(key="midterm").update(due_on=today() + timedelta(days=60))
    assert len(project_lines(me, today())) == 2
    page = Client()
    page.force_login(me)
    assert line.url in page.get("/").content.decode()
    for milestone in late.milestones.all():  # what was handed in waits for the office
        projects.delivered(late, milestone.key, by=me)
    assert [each.title for each in project_lines(me, today())] == [calm.title]


def test_an_organisation_finds_what_it_may_recommend(city, django_assert_num_queries) -> None:
    unit = factories.organisation(city, kind="university_federation")
    secretary = factories.account(unit)
    call = calls.call(organisation=city, ended=("collect",), begun=("recommend",))
    for _n in range(2):
        calls.submission(call, unit, stage="recommend")
    calls.submission(call, factories.organisation(city), stage="recommend")
    (line,) = recommending_lines(secretary, today())
    assert (line.text, line.url) == ("2项申报待推荐", f"/calls/{call.pk}/recommending/")
    Phase.objects.filter(call=call, stage="recommend").update(ended_at=timezone.now())
    assert recommending_lines(secretary, today()) == []


def test_a_reviewer_finds_invitation_and_progress_and_no_title() -> None:
    one = reviewed()
    one.released()
    (first, *_rest) = one.deployed()
    account = one.account_of(first.reviewer)
    (line,) = reviewing_lines(account, today())
    number = Assignment.objects.filter(reviewer=first.reviewer).count()
    assert (line.url, line.all, line.done) == ("/calls/review/", number, 0)
    other = calls.call(one.call.edition, one.city)
    asked = Reviewer.objects.create(
        call=other, person=account.person, invited_at=timezone.now(), due_on=today()
    )
    assert reviewing_lines(account, today())[0].url == f"/calls/review/invitations/{asked.pk}/"
    page = Client()
    page.force_login(account)
    home = page.get("/").content.decode()
    assert "/calls/review/" in home
    assert not [s.title for s in one.submissions if s.title in home]


def test_a_member_finds_the_sitting() -> None:
    sitting = panels.sitting(members=2)
    sitting.panel.held_at = timezone.now() + timedelta(days=2)
    sitting.panel.save()
    (line,) = reviewing_lines(sitting.accounts[0], today())
    assert line.url == f"/calls/panels/{sitting.panel.pk}/"


def test_the_leader_sees_the_year_as_funnels(city, django_assert_num_queries) -> None:
    leader = factories.account(city, "leader")
    year = today().year
    edition = calls.programme()
    for number in (1, 2):
        call = calls.call(edition, city, year=year, ended=CHECK)
        unit = factories.organisation(city)
        for stage, state in (("check", "refused"), ("review", "in"), ("panel", "refused"),
                             ("decide", "awarded")):  # fmt: skip
            calls.submission(call, unit, stage=stage, state=state)
        account = type(leader).objects.get(pk=leader.pk)
        with django_assert_num_queries(3):
            found = year_calls(account, city, year)
        assert len(found) == number
    first = found[0]
    assert (first.sent, first.passed, first.reviewed, first.awarded, first.percent) == (
        4, 3, 2, 1, 25,
    )  # fmt: skip
    page = Client()
    page.force_login(leader)
    assert f"/calls/{call.pk}/submissions/?state=awarded" in page.get("/").content.decode()
    assert year_calls(factories.account(unit, "leader"), unit, year) == []
