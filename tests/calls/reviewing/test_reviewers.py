"""Reviewers of a call: added, imported, copied, invited; they answer."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from sheke.accounts.models import Invitation
from sheke.calls.actions import reviewers as actions
from sheke.calls.models import Assignment, Reviewer
from sheke.core.errors import BadInput
from sheke.core.tables import write_xlsx
from sheke.directory.models import Person, Tenure
from sheke.notices.channels import channel_of
from sheke.notices.models import Notice
from tests import factories
from tests.calls import factories as calls

from .worlds import world

pytestmark = pytest.mark.django_db
HEAD = ["姓名", "工作单位", "学科", "研究方向", "手机", "邮箱", "评审数量"]


def table(*rows: list[object]) -> io.BytesIO:
    return io.BytesIO(write_xlsx(HEAD, rows))


def test_people_come_with_the_employer_of_their_tenure() -> None:
    made = world(reviewers=0)
    account = factories.account(made.units[0], "member")
    (one,) = actions.add_reviewers(call=made.call, people=[account.person], by=made.office)
    assert one.organisation == made.units[0]
    assert actions.add_reviewers(call=made.call, people=[account.person], by=made.office) == []


def test_a_table_finds_people_makes_new_ones_and_can_be_read_again() -> None:
    made = world(reviewers=0)
    unit = factories.organisation(made.city, name="云岭大学")
    known = Person.objects.create(name="钱进", phone="13800000001")
    rows = table(
        ["钱进", "云岭大学", "经济学；法学", "县域经济、乡村振兴", "13800000001", "", "5-20"],
        ["孙立", "外省大学", "", "", "", "sunli@example.org", 12],
    )
    lines = actions.import_reviewers(call=made.call, file=rows, name="评审.xlsx", by=made.office)
    first, second = Reviewer.objects.order_by("pk")
    assert (first.person, first.organisation) == (known, unit)
    assert first.disciplines == ["economics", "law"]
    assert first.words == ["县域经济", "乡村振兴"]
    assert (first.load_least, first.load_most) == (5, 20)
    assert (second.person.name, second.organisation, second.load_most) == ("孙立", None, 12)
    assert "外省大学" in lines[1].note
    rows.seek(0)
    actions.import_reviewers(call=made.call, file=rows, name="评审.xlsx", by=made.office)
    assert Reviewer.objects.count() == 2 and Person.objects.filter(name="孙立").count() == 1


@pytest.mark.parametrize(
    ("row", "what"),
    [
        (["", "云岭大学", "", "", "", "", ""], "name"),
        (["李四", "", "天文学", "", "", "", ""], "天文学"),
        (["李四", "", "", "", "", "", "很多"], "很多"),
        (["李四", "", "", "", "", "", "9-3"], "9-3"),
    ],
)
def test_a_wrong_row_is_named_and_nothing_is_done(row: list[object], what: str) -> None:
    made = world(reviewers=0)
    file = table(["王五", "", "", "", "", "", ""], row)
    with pytest.raises(BadInput) as error:
        actions.import_reviewers(call=made.call, file=file, name="表.xlsx", by=made.office)
    assert error.value.problems[0].row == 3
    assert what in str(error.value) or what == "name"
    assert not Reviewer.objects.exists()


def test_reviewers_of_an_earlier_call_come_without_those_who_declined() -> None:
    made = world(reviewers=2)
    gone = made.reviewers[1]
    gone.accepted = False
    gone.save()
    later = calls.call(made.call.edition, made.city)
    (one,) = actions.copy_reviewers(call=later, source=made.call, by=made.office)
    assert one.person == made.reviewers[0].person
    assert one.disciplines == ["economics"] and one.invited_at is None and one.accepted is None


def test_an_invitation_is_a_notice_or_a_link(monkeypatch: pytest.MonkeyPatch) -> None:
    made = world(reviewers=0)
    account = factories.account(made.units[0], "member")
    mailed = Person.objects.create(name="远方", email="far@example.org")
    silent = Person.objects.create(name="无联系方式")
    people = [account.person, mailed, silent]
    rows = actions.add_reviewers(call=made.call, people=people, by=made.office)
    due = timezone.localdate() + timedelta(days=7)
    monkeypatch.setattr(type(channel_of("mail")), "ready", lambda _self: True)
    told = actions.invite_reviewers(
        call=made.call, reviewers=rows, due_on=due, by=made.office, site="https://x.example/"
    )
    assert (told.accounts, told.links, told.unreached) == (1, 1, [])
    ((name, link),) = told.by_hand
    assert name == "无联系方式" and link.startswith("https://x.example/accounts/")
    notice = Notice.objects.get(kind="calls.review_asked")
    assert notice.account == account and str(due) in str(notice.data)
    assert {i.person for i in Invitation.objects.all()} == {mailed, silent}
    assert {i.role for i in Invitation.objects.all()} == {Tenure.Role.REVIEWER}


def test_answers_are_told_and_declining_needs_a_reason() -> None:
    made = world(reviewers=1)
    reviewer, account = made.reviewers[0], made.accounts[0]
    reviewer.accepted = reviewer.answered_at = None
    reviewer.save()
    with pytest.raises(BadInput):
        actions.answer_invitation(reviewer=reviewer, accepted=False, by=account)
    actions.answer_invitation(reviewer=reviewer, accepted=False, by=account, reason="出差")
    reviewer.refresh_from_db()
    assert (reviewer.accepted, reviewer.reason) == (False, "出差")
    assert Notice.objects.get(kind="calls.review_declined").account == made.office
    actions.answer_invitation(reviewer=reviewer, accepted=True, by=account)
    reviewer.refresh_from_db()
    assert reviewer.accepted and reviewer.reason == ""


def test_who_was_assigned_stays_on_the_list_and_cannot_decline() -> None:
    made = world()
    assignment = made.deployed()[0]
    reviewer = assignment.reviewer
    with pytest.raises(BadInput):
        actions.remove_reviewer(reviewer=reviewer, by=made.office)
    with pytest.raises(BadInput):
        actions.answer_invitation(reviewer=reviewer, accepted=False, by=None, reason="忙")
    assert Assignment.objects.in_force().filter(reviewer=reviewer).exists()


def test_loads_and_disciplines_are_checked() -> None:
    made = world(reviewers=1)
    for values in ({"load_least": 5, "load_most": 3}, {"load_most": -1}, {"disciplines": ["x"]}):
        with pytest.raises(BadInput):
            actions.change_reviewer(reviewer=made.reviewers[0], by=made.office, **values)


def test_the_clock_reminds_once_of_each() -> None:
    made = world()
    made.released()
    made.deployed()
    Notice.objects.all().delete()
    made.call.phases.filter(stage="review").update(due_on=timezone.localdate() + timedelta(days=1))
    today = timezone.localdate()
    first = actions.remind_reviewers_by_clock(today=today, by=None)
    assert first and Notice.objects.filter(kind="calls.review_due").exists()
    assert actions.remind_reviewers_by_clock(today=today, by=None) == 0


def test_letters_of_the_programme_invite_and_remind() -> None:
    made = world(reviewers=0)
    letters = {
        "invited": {"subject": {"zh": "邀请：{call}"}, "body": {"zh": "{person}，请于{due}前答复{link}"}},
        "reminder": {"subject": {"zh": "提醒：{call}"}, "body": {"zh": "{person}{title}{due}"}},
    }  # fmt: skip
    edition = calls.programme(key="with_letters", letters=letters)
    call = calls.call(edition, made.city)
    account = factories.account(made.units[0], "member")
    reviewers = actions.add_reviewers(call=call, people=[account.person], by=made.office)
    due = timezone.localdate() + timedelta(days=1)
    with override("zh-hans"):
        actions.invite_reviewers(call=call, reviewers=reviewers, due_on=due, by=made.office)
        actions.remind_reviewers(call=call, by=made.office)
    asked, reminded = Notice.objects.filter(kind="calls.letter").order_by("pk")
    name = account.person.name
    assert asked.data["subject"] == f"邀请：{call.title}"
    assert asked.data["body"].startswith(f"{name}，请于{due}前答复")
    assert reminded.data == {"subject": f"提醒：{call.title}", "body": f"{name}{due}"}
