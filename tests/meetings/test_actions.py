"""Convening, order of the agenda, minutes and their versions, decisions that become duties."""

from __future__ import annotations

from datetime import date

import pytest

from sheke.core.errors import BadInput
from sheke.directory.models import Account
from sheke.meetings import actions
from sheke.meetings.actions.minutes import Overtaken
from sheke.meetings.minutes import changes, is_approved
from sheke.meetings.models import Approval, Meeting
from sheke.meetings.queries import decision_rows, decisions_of
from sheke.meetings.quorum import count, needed
from sheke.notices.deadlines import deadlines
from sheke.notices.models import Notice
from sheke.plans import actions as planning
from tests import factories

from .conftest import moment


def titles(meeting: Meeting) -> list[str]:
    return list(meeting.agenda.values_list("title", flat=True))


def point(meeting: Meeting, title: str = "审议计划"):
    return actions.add_agenda_item(meeting=meeting, title=title, by=None)


def test_a_meeting_is_called_by_kind_and_number(meeting):
    assert "3" in meeting.title
    assert meeting.quorum == "two_thirds"


def test_the_board_is_invited_once(meeting, board):
    factories.account(meeting.organisation, "secretary")
    assert actions.invite_board(meeting=meeting, by=None) == 4
    assert actions.invite_board(meeting=meeting, by=None) == 0
    parts = dict(meeting.attendances.values_list("name", "part"))
    assert parts["理事0"] == "chair" and parts["理事2"] == "member" and "理事3" not in parts


def test_a_tenure_that_ended_gives_no_seat(meeting, board):
    board[0].tenures.update(until=date(2025, 3, 2))
    actions.invite_board(meeting=meeting, by=None)
    assert "理事0" not in meeting.attendances.values_list("name", flat=True)


@pytest.mark.parametrize(
    ("quorum", "members", "n"), [("two_thirds", 10, 7), ("two_thirds", 9, 6), ("half", 4, 3), ("half", 0, 0), ("none", 9, 0)]
)  # fmt: skip
def test_how_many_must_be_there(quorum, members, n):
    assert needed(quorum, members) == n


def test_those_who_vote_are_counted(meeting, board):
    actions.invite_board(meeting=meeting, by=None)
    actions.invite(meeting=meeting, name="来宾", part="guest", by=None)
    people = meeting.attendances.order_by("id")
    actions.mark_presence(
        meeting=meeting, marks={people[0].pk: "present", people[3].pk: "present"}, by=None
    )
    found = count(meeting, meeting.attendances.all())
    assert (found.members, found.present, found.needed, found.reached) == (3, 1, 2, False)


def test_convening_tells_the_attendees_each_time(meeting, board, clerk):
    with pytest.raises(BadInput):
        actions.convene(meeting=meeting, by=clerk)
    account = Account.objects.create_user("chair", person=board[0])
    actions.invite_board(meeting=meeting, by=clerk)
    actions.convene(meeting=meeting, by=clerk)
    actions.change_meeting(meeting=meeting, place="礼堂", by=clerk)
    actions.convene(meeting=meeting, by=clerk)
    told = Notice.objects.filter(account=account).order_by("id")
    assert [(n.kind, n.data["place"]) for n in told] == [
        ("meeting.convened", "三楼会议室"), ("meeting.convened", "礼堂"),
    ]  # fmt: skip


def test_a_convened_meeting_stands_in_the_calendar_of_those_invited(meeting, board, clerk):
    account = Account.objects.create_user("chair", person=board[2])
    actions.invite_board(meeting=meeting, by=clerk)
    days = date(2025, 3, 1), date(2025, 3, 31)
    assert deadlines(account, *days) == []
    actions.convene(meeting=meeting, by=clerk)
    assert [one.day for one in deadlines(account, *days)] == [date(2025, 3, 3)]
    assert [one.uid for one in deadlines(clerk, *days)] == [f"meeting-{meeting.pk}"]
    with pytest.raises(BadInput):
        actions.delete_meeting(meeting=meeting, by=clerk)


def test_points_are_put_in_order(meeting):
    a, b, c = (point(meeting, title) for title in "甲乙丙")
    actions.place_agenda_item(agenda=c, before=a, by=None)
    assert titles(meeting) == ["丙", "甲", "乙"]
    actions.place_agenda_item(agenda=c, by=None)
    assert titles(meeting) == ["甲", "乙", "丙"]
    actions.drop_agenda_item(agenda=b, by=None)
    assert list(meeting.agenda.values_list("position", flat=True)) == [1, 2]


@pytest.mark.parametrize("link", ["https://example.org/", "//example.org/", "javascript:1"])
def test_a_page_is_one_of_this_site(meeting, link):
    with pytest.raises(BadInput):
        actions.add_agenda_item(meeting=meeting, title="甲", link=link, by=None)


def test_two_who_write_at_once_learn_of_each_other(meeting, clerk):
    one = point(meeting)
    actions.write_minutes(agenda=one, text="我的", revision=0, by=clerk)
    with pytest.raises(Overtaken) as caught:
        actions.write_minutes(agenda=one, text="另一个", revision=0, by=None)
    assert (caught.value.agenda.minutes, caught.value.agenda.revision) == ("我的", 1)
    actions.write_minutes(agenda=one, text="我的", revision=0, by=None)  # the same words
    actions.write_minutes(agenda=one, text="另一个", revision=1, by=None)
    one.refresh_from_db()
    assert one.minutes == "另一个"


def test_approved_minutes_are_changed_only_as_versions(meeting, clerk):
    one = point(meeting)
    with pytest.raises(BadInput):
        actions.approve_minutes(meeting=meeting, by=clerk)
    actions.write_minutes(agenda=one, text="通过。", revision=0, by=clerk)
    actions.approve_minutes(meeting=meeting, by=clerk)
    for act in (
        lambda: actions.write_minutes(agenda=one, text="否决。", revision=1, by=clerk),
        lambda: actions.decide(meeting=meeting, text="做。", by=clerk),
        lambda: actions.change_meeting(meeting=meeting, place="别处", by=clerk),
        lambda: actions.approve_minutes(meeting=meeting, by=clerk),
        lambda: actions.correct_minutes(meeting=meeting, reason=" ", by=clerk),
    ):
        with pytest.raises(BadInput):
            act()
    actions.correct_minutes(meeting=meeting, reason="漏记一句", by=clerk)
    actions.write_minutes(agenda=one, text="通过，三票弃权。", revision=1, by=clerk)
    actions.approve_minutes(meeting=meeting, by=clerk)
    second, first = Approval.objects.filter(meeting=meeting)
    assert (first.number, second.number, second.correction.reason) == (1, 2, "漏记一句")
    assert [(c.before, c.after) for c in changes(first, second)] == [("通过。", "通过，三票弃权。")]
    assert is_approved(meeting)
    with pytest.raises(TypeError):
        first.save()


def test_minutes_of_a_meeting_ahead_are_not_approved(city):
    ahead = actions.create_meeting(
        organisation=city, kind="office", starts_at=moment(2999, 1, 1, 9), by=None
    )
    actions.decide(meeting=ahead, text="做。", by=None)
    with pytest.raises(BadInput):
        actions.approve_minutes(meeting=ahead, by=None)


def test_a_decision_becomes_a_new_item_with_duties(meeting, plan, society, city):
    secretary = factories.account(society)
    decision = actions.decide(meeting=meeting, text="编印普及读本。年底前印发。", by=None)
    chapter = plan.items.get(title="抓普及")
    duties = actions.give_duties(
        decision=decision, plan=plan, place=chapter, lead=society, supporters=[city, society],
        due=date(2025, 12, 1), by=None,
    )  # fmt: skip
    item = duties[0].item
    assert (item.parent, item.title, item.kind) == (chapter, "编印普及读本", "item")
    assert [(d.organisation, d.role) for d in duties] == [(society, "lead"), (city, "support")]
    assert duties[0].origin_url == f"/meetings/{meeting.pk}/#decision-{decision.pk}"
    assert Notice.objects.filter(account=secretary, kind="plan.duty_given").exists()
    with pytest.raises(BadInput):
        actions.drop_decision(decision=decision, by=None)


def test_a_decision_is_done_when_its_duties_are(meeting, plan, society):
    decision = actions.decide(meeting=meeting, text="办好讲坛。", by=None)
    (duty,) = actions.give_duties(
        decision=decision, plan=plan, place=plan.items.get(title="办好讲坛"), as_new=False,
        lead=society, by=None,
    )  # fmt: skip

    def row():
        return decision_rows(decisions_of(meeting), date(2025, 4, 1))[0]

    assert not row().done
    planning.report_duty(duty=duty, state="blocked", note="缺场地", by=None)
    assert row().blocked
    planning.report_duty(duty=duty, state="done", note="已办", by=None)
    assert row().done


def test_a_decision_without_a_duty_is_settled_by_a_word(meeting):
    decision = actions.decide(meeting=meeting, text="通报表扬。", by=None)
    with pytest.raises(BadInput):
        actions.settle_decision(decision=decision, note="", by=None)
    actions.settle_decision(decision=decision, note="已发文", by=None)
    assert decision_rows(decisions_of(meeting), date(2025, 4, 1))[0].done
    actions.unsettle_decision(decision=decision, by=None)
    assert not decision_rows(decisions_of(meeting), date(2025, 4, 1))[0].done


def test_decisions_stay_numbered(meeting):
    first, _second, _third = (actions.decide(meeting=meeting, text=t, by=None) for t in "甲乙丙")
    actions.drop_decision(decision=first, by=None)
    assert list(meeting.decisions.values_list("number", "text")) == [(1, "乙"), (2, "丙")]


def test_deleting_the_item_in_the_plan_leaves_the_decision(meeting, plan, society):
    decision = actions.decide(meeting=meeting, text="新做一事。", by=None)
    (duty,) = actions.give_duties(decision=decision, plan=plan, lead=society, by=None)
    planning.delete_item(item=duty.item, by=None)
    decision.refresh_from_db()
    assert decision.item is None
    assert decision_rows(decisions_of(meeting), date(2025, 4, 1))[0].duties == []
