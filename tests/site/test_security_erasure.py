"""Erasing a person reaches every app: what names them goes, or is listed for somebody to decide about."""

from __future__ import annotations

from datetime import date

import pytest
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.utils import timezone

from sheke.api.actions import issue_token
from sheke.api.models import Token
from sheke.directory.actions import erase_person
from sheke.directory.holdings import HOLDINGS, held_of, mentions_of
from sheke.directory.models import Person
from sheke.meetings import actions as convoking
from sheke.meetings.models import Attendance
from sheke.notices.actions import post_message, tell
from sheke.notices.actions.conversations import write_comment
from sheke.notices.actions.feeds import make_feed
from sheke.notices.models import Comment, Feed, Message, Notice
from sheke.reports.models import Template
from sheke.returns import actions as returns
from tests import factories
from tests.reports.worlds import make_template

pytestmark = pytest.mark.django_db
NAME = "欧阳文轩"


@pytest.fixture
def admin():
    city = factories.organisation(name="云川市社科联", kind="federation", code="city")
    return factories.account(city, "administrator")


@pytest.fixture
def wen(admin):
    society = factories.organisation(admin.person.tenures.get().organisation, code="A")
    made = factories.account(society, "secretary")
    Person.objects.filter(pk=made.person_id).update(name=NAME, email="wen@example.org")
    made.person.refresh_from_db()
    return made


def erase(account, admin) -> None:
    erase_person(person=account.person, confirmation=NAME, reason="本人申请", by=admin)
    account.person.refresh_from_db()


def places(account) -> set[str]:
    return {f"{mention.title} {mention.place}" for mention in mentions_of(account.person)}


def test_every_app_that_keeps_people_says_so() -> None:
    apps = {key.partition(".")[0] for key in HOLDINGS}
    assert apps >= {
        "directory", "accounts", "notices", "ledger", "returns", "plans", "meetings", "reports", "api",
    }  # fmt: skip


def test_what_they_were_told_and_their_secret_links_go(admin, wen, settings) -> None:
    settings.MAIL_READY = True
    tell(kind="accounts.password_reset", to=[wen], by=None)
    make_feed(organisation=None, by=wen)
    post_message(
        channel="mail", address="wen@example.org", subject="邀请", text="链接", once="", by=None
    )
    issue_token(account=wen, tenure=wen.person.tenures.get(), name="统计", writes=True,
                expires_on=None, by=wen)  # fmt: skip
    held = {one.holding.key: one.rows for one in held_of(wen.person)}
    for key in ("notices.notices", "notices.feeds", "api.tokens"):
        assert len(held[key]) == 1, key
    erase(wen, admin)
    for model in (Notice, Feed, Message, Token):
        assert not model._default_manager.exists(), model


def test_identities_and_sessions_go(admin, wen) -> None:
    SocialAccount.objects.create(user=wen, provider="office", uid="7", extra_data={"name": NAME})
    UserSession.objects.create(user=wen, session_key="k", ip="10.0.0.7", user_agent="Firefox",
                               last_seen_at=timezone.now())  # fmt: skip
    erase(wen, admin)
    assert not SocialAccount.objects.exists() and not UserSession.objects.exists()


def test_comments_stay_by_number_and_those_that_name_them_are_listed(admin, wen) -> None:
    record = factories.record(factories.lecture_type(), wen.person.tenures.get().organisation)
    write_comment(subject=record, text="我来补材料", by=wen)
    write_comment(subject=record, text=f"请{NAME}补材料", by=admin)
    assert any("留言" in place for place in places(wen))
    erase(wen, admin)
    assert NAME not in str(Comment.objects.order_by("id")[0].author)


def test_attendance_shows_the_number_and_minutes_are_listed(admin, wen) -> None:
    city = admin.person.tenures.get().organisation
    meeting = convoking.create_meeting(
        organisation=city, kind="office", starts_at=timezone.now(), title="办公会", by=admin
    )
    convoking.invite(meeting=meeting, person=wen.person, post="秘书长", by=admin)
    convoking.decide(meeting=meeting, text=f"由{NAME}牵头", by=admin)
    (held,) = [one for one in held_of(wen.person) if one.holding.key == "meetings.attendance"]
    assert held.rows[0]["title"] == "办公会"
    assert any("办公会" in place for place in places(wen))
    erase(wen, admin)
    one = Attendance.objects.get()
    assert NAME not in one.name and one.post == ""


def test_answers_of_returns_and_texts_of_templates_are_listed(admin, wen) -> None:
    city = admin.person.tenures.get().organisation
    form = factories.definition("return_form", {
        "key": "month", "name": {"zh": "月报"}, "about": {"zh": "每月一报"},
        "questions": [{"key": "words", "name": {"zh": "小结"}, "kind": "text"}],
    })  # fmt: skip
    of = returns.open_return(
        edition=form, organisation=city, title="五月月报", due_on=date(2030, 6, 5),
        span=(date(2025, 5, 1), date(2025, 5, 31)), audience={"codes": ["A"]}, by=admin,
    )  # fmt: skip
    asked = of.asked.get()
    returns.save_draft(asked=asked, values={"words": f"{NAME}主讲"}, remarks={}, revision=0, by=wen)
    assert any("五月月报" in place for place in places(wen))
    returns.send_answer(asked=asked, by=wen)
    assert any("五月月报" in place for place in places(wen))
    (held,) = [one for one in held_of(wen.person) if one.holding.key == "returns.sent"]
    assert held.rows[0]["title"] == "五月月报"
    factories.indicator("lectures_held")
    make_template(city, ["总结", f"{NAME}同志讲课。"], {})
    title = Template.objects.get().title
    assert any(title in place for place in places(wen))
