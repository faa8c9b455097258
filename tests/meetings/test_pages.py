"""The pages of meetings: what they show, who sees them, what scripts are answered."""

from __future__ import annotations

import io
from datetime import date

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from sheke.directory.models import Account, Tenure
from sheke.meetings import actions
from sheke.meetings.models import Decision, Meeting, Paper
from sheke.plans.models import Duty
from tests import factories

from .conftest import moment


@pytest.fixture
def desk(client, clerk):
    client.force_login(clerk)
    return client


def url(name: str, *args: int) -> str:
    return reverse(f"meetings:{name}", args=args)


def test_a_meeting_is_made_on_the_page(desk, city):
    page = desk.get(url("new"))
    assert page.context["form"].initial["number"] == 1
    data = {"kind": "standing", "number": 2, "starts_at": "2025-05-06T09:30", "place": "会议室"}
    desk.post(url("new"), data)
    made = Meeting.objects.get()
    assert (made.organisation, made.quorum, made.starts_at) == (
        city,
        "two_thirds",
        moment(2025, 5, 6, 9, 30),
    )


def test_an_end_before_the_beginning_is_refused(desk):
    data = {"kind": "office", "starts_at": "2025-05-06T09:30", "ends_at": "2025-05-06T08:00"}
    answer = desk.post(url("new"), data)
    assert answer.status_code == 422 and answer.context["form"].errors["ends_at"]


def test_from_agenda_to_duty(desk, meeting, plan, society, board):
    desk.post(url("board", meeting.pk))
    desk.post(url("convening", meeting.pk))
    desk.post(url("add_agenda", meeting.pk), {"title": "审议普及计划", "presenter": "理事0"})
    point = meeting.agenda.get()
    desk.post(url("write", point.pk), {"text": "会议认为应当多办讲坛。", "revision": "0"})
    desk.post(url("decide", meeting.pk), {"agenda": point.pk, "text": "办十场讲坛。"})
    decision = Decision.objects.get()
    data = {
        "plan": plan.pk,
        "as_new": "1",
        "lead": society.pk,
        "due": "2025-10-01",
        "title": "办十场讲坛。",
    }
    assert desk.post(url("give_duties", decision.pk), data).status_code == 302
    duty = Duty.objects.get()
    page = desk.get(url("detail", meeting.pk)).content.decode()
    for words in (
        "审议普及计划",
        "会议认为应当多办讲坛。",
        "办十场讲坛。",
        "史志学会",
        "2025-10-01",
    ):
        assert words in page
    page = desk.get(reverse("plans:duty", args=[duty.pk])).content.decode()
    assert f"/meetings/{meeting.pk}/#decision-{decision.pk}" in page
    assert "办十场讲坛" in desk.get(url("decisions")).content.decode()
    assert "办十场讲坛" not in desk.get(url("decisions"), {"state": "done"}).content.decode()


def test_scripts_are_told_of_a_conflict(desk, meeting, clerk):
    point = actions.add_agenda_item(meeting=meeting, title="甲", by=None)
    script = {"headers": {"Accept": "application/json"}}
    first = desk.post(url("write", point.pk), {"text": "一", "revision": "0"}, **script)
    assert first.json()["revision"] == 1
    second = desk.post(url("write", point.pk), {"text": "二", "revision": "0"}, **script)
    assert (second.status_code, second.json()["text"]) == (409, "一")
    actions.approve_minutes(meeting=meeting, by=clerk)
    third = desk.post(url("write", point.pk), {"text": "三", "revision": "1"}, **script)
    assert third.status_code == 422 and third.json()["message"]


def test_the_order_is_changed_by_scripts(desk, meeting):
    a, b = (actions.add_agenda_item(meeting=meeting, title=t, by=None) for t in "甲乙")
    script = {"headers": {"X-Requested-With": "agenda"}}
    assert desk.post(url("place", b.pk), {"before": a.pk}, **script).status_code == 204
    assert list(meeting.agenda.values_list("title", flat=True)) == ["乙", "甲"]


def test_papers_are_kept_and_given_out(desk, meeting, client):
    point = actions.add_agenda_item(meeting=meeting, title="甲", by=None)
    file = SimpleUploadedFile("方案.pdf", b"%PDF-1.4 x")
    desk.post(url("attach", point.pk), {"files": [file]})
    paper = Paper.objects.get()
    answer = desk.get(url("download", paper.pk))
    assert b"".join(answer.streaming_content) == b"%PDF-1.4 x"
    assert "attachment" in answer["Content-Disposition"]
    bad = SimpleUploadedFile("坏.pdf", b"MZ not a pdf")
    assert (
        "坏.pdf"
        in desk.post(url("attach", point.pk), {"files": [bad]}, follow=True).content.decode()
    )
    desk.post(url("withdraw_paper", paper.pk))
    assert desk.get(url("download", paper.pk)).status_code == 404


def test_an_attendee_reads_what_was_convened_and_changes_nothing(client, meeting, society, clerk):
    guest = factories.account(society, Tenure.Role.MEMBER)
    client.force_login(guest)
    actions.invite(meeting=meeting, person=guest.person, by=clerk)
    assert client.get(url("detail", meeting.pk)).status_code == 404
    actions.convene(meeting=meeting, by=clerk)
    assert client.get(url("detail", meeting.pk)).status_code == 200
    assert client.post(url("add_agenda", meeting.pk), {"title": "x"}).status_code == 403
    assert client.get(url("edit", meeting.pk)).status_code == 403
    assert "三楼会议室" in client.get(url("index")).content.decode()


def test_a_society_sees_nothing_of_the_city(client, meeting, society):
    client.force_login(factories.account(society))
    assert client.get(url("detail", meeting.pk)).status_code == 404
    assert meeting.title not in client.get(url("index")).content.decode()


def test_meetings_are_found_by_words_year_and_kind(desk, meeting, city):
    point = actions.add_agenda_item(meeting=meeting, title="审议章程", by=None)
    actions.write_minutes(agenda=point, text="修改第五条", revision=0, by=None)
    actions.create_meeting(
        organisation=city, kind="office", title="办公会", starts_at=moment(2024, 2, 1, 9), by=None
    )

    def shown(**query: object) -> list[str]:
        return [m.title for m in desk.get(url("index"), query).context["page"]]

    assert shown(q="章程 第五条") == shown(year=2025) == shown(kind="council") == [meeting.title]
    assert shown(year=2024) == ["办公会"]
    assert shown(q="没有") == []


@pytest.mark.parametrize("size", [1, 3])
def test_the_list_takes_the_same_queries(desk, city, size, django_assert_max_num_queries):
    for number in range(size):
        made = actions.create_meeting(
            organisation=city,
            kind="office",
            number=number + 1,
            starts_at=moment(2025, 2, 1, 9),
            by=None,
        )
        actions.decide(meeting=made, text="做。", by=None)
    with django_assert_max_num_queries(10):
        desk.get(url("index"))


@pytest.mark.parametrize("size", [1, 3])
def test_decisions_take_the_same_queries(
    desk, meeting, plan, society, size, django_assert_max_num_queries
):
    for number in range(size):
        one = actions.decide(meeting=meeting, text=f"做{number}。", by=None)
        actions.give_duties(decision=one, plan=plan, lead=society, by=None)
    with django_assert_max_num_queries(14):
        desk.get(url("decisions"))


@pytest.mark.parametrize("size", [1, 3])
def test_a_meeting_takes_the_same_queries(
    desk, meeting, plan, society, board, size, django_assert_max_num_queries
):
    actions.invite_board(meeting=meeting, by=None)
    for number in range(size):
        point = actions.add_agenda_item(meeting=meeting, title=f"点{number}", by=None)
        one = actions.decide(meeting=meeting, agenda=point, text=f"做{number}。", by=None)
        actions.give_duties(decision=one, plan=plan, lead=society, by=None)
    with django_assert_max_num_queries(32):
        desk.get(url("detail", meeting.pk))


def test_versions_show_what_was_corrected(desk, meeting, clerk):
    point = actions.add_agenda_item(meeting=meeting, title="甲", by=None)
    desk.post(url("write", point.pk), {"text": "原来的话", "revision": "0"})
    desk.post(url("approve", meeting.pk))
    desk.post(url("correct", meeting.pk), {"reason": "更正"})
    desk.post(url("write", point.pk), {"text": "更正后的话", "revision": "1"})
    desk.post(url("approve", meeting.pk))
    page = desk.get(url("versions", meeting.pk)).content.decode()
    assert "原来的话" in page and "更正后的话" in page


def test_word_files_and_the_printed_page_say_the_same(desk, meeting, board):
    actions.invite_board(meeting=meeting, by=None)
    actions.invite(meeting=meeting, name="来宾甲", post="省社科院", part="guest", by=None)
    point = actions.add_agenda_item(meeting=meeting, title="审议章程", presenter="理事0", by=None)
    actions.write_minutes(agenda=point, text="第一段\n第二段\x08", revision=0, by=None)
    actions.decide(meeting=meeting, agenda=point, text="通过章程。", by=None)

    def words(name: str) -> str:
        content = desk.get(url(name, meeting.pk)).content
        return "\n".join(p.text for p in docx.Document(io.BytesIO(content)).paragraphs)

    for expected in ("审议章程", "三楼会议室", "理事0", "来宾甲"):
        assert expected in words("agenda_word")
    said = words("minutes_word")
    printed = desk.get(url("paper", meeting.pk)).content.decode()
    for expected in ("2025年3月3日", "第二段", "通过章程。"):
        assert expected in said and expected in printed


def test_the_chair_without_tenure_today_reads_what_was(client, meeting, board, clerk):
    account = Account.objects.create_user("former", person=board[2])
    actions.invite_board(meeting=meeting, by=clerk)
    actions.convene(meeting=meeting, by=clerk)
    board[2].tenures.update(until=date(2025, 4, 1))
    client.force_login(account)
    assert client.get(url("detail", meeting.pk)).status_code == 200
