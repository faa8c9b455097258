"""Members and the links by which they agree."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sheke.calls.actions import people, submissions
from sheke.calls.applying.links import member_of
from sheke.calls.models import Agreement, Call
from sheke.core.errors import BadInput
from sheke.notices.models import Notice

from .filled import asked, fill

pytestmark = pytest.mark.django_db


def test_only_the_digest_of_a_link_is_kept(draft, me) -> None:
    member, token = asked(draft, me)
    assert token not in (member.token, "")
    assert member_of(token) == member
    people.ask_member(member=member, channel="", site="http://x", by=me)
    assert member_of(token) is None


def test_members_agree_before_it_is_sent(draft, me) -> None:
    draft = fill(draft, me)
    _member, token = asked(draft, me)
    with pytest.raises(submissions.Incomplete):
        submissions.send_submission(submission=draft, by=me)
    people.answer_asked(token=token, agreed=True, text="", by=None)
    version = submissions.send_submission(submission=draft, by=me)
    assert [p["name"] for p in version.people] == [me.person.name, "李四"]
    assert version.people[1]["agreed"] is True
    assert member_of(token) is None


def test_a_change_asks_again_but_not_of_the_way_to_reach_somebody(draft, me) -> None:
    member, token = asked(draft, me)
    people.answer_asked(token=token, agreed=True, text="", by=None)
    people.change_member(member=member, data={"phone": "139"}, by=me)
    assert Agreement.objects.count() == 1
    people.change_member(member=member, data={"title": "讲师"}, by=me)
    member.refresh_from_db()
    assert (Agreement.objects.count(), member.asked_at, member.token) == (0, None, "")


def test_a_no_and_a_recommendation_need_words(draft, me) -> None:
    _member, token = asked(draft, me)
    with pytest.raises(BadInput):
        people.answer_asked(token=token, agreed=False, text=" ", by=None)
    _referee, other = asked(draft, me, role="referee")
    with pytest.raises(BadInput):
        people.answer_asked(token=other, agreed=True, text="", by=None)
    people.answer_asked(token=other, agreed=True, text="推荐。", by=None)
    with pytest.raises(BadInput):
        people.answer_asked(token=other, agreed=False, text="反悔", by=None)


def test_applicants_are_reminded_of_who_has_not_answered_once(draft, me) -> None:
    _member, token = asked(draft, me)
    last = timezone.localdate(draft.call.closes_at)
    assert people.remind_of_consents(today=last - timedelta(days=6), by=None) == 0
    assert people.remind_of_consents(today=last - timedelta(days=5), by=None) == 1
    assert people.remind_of_consents(today=last - timedelta(days=4), by=None) == 0
    people.answer_asked(token=token, agreed=True, text="", by=None)
    assert Notice.objects.filter(kind="calls.unanswered").count() == 1


def test_a_role_has_its_most(draft, me) -> None:
    for _n in range(2):
        people.add_member(submission=draft, role="referee", data={"name": "王"}, by=me)
    with pytest.raises(BadInput):
        people.add_member(submission=draft, role="referee", data={"name": "王"}, by=me)


def test_the_consent_page_needs_no_account_and_is_not_kept(draft, me) -> None:
    _member, token = asked(draft, me)
    url, browser = reverse("calls:consent", args=[token]), Client()
    page = browser.get(url)
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    assert "noindex" in page["X-Robots-Tag"]
    text = page.content.decode()
    assert "李四" in text
    assert "13800000000" not in text
    assert "a@example.org" not in text
    assert "sessionid" not in browser.cookies
    assert browser.post(url, {"agreed": "yes"}).status_code == 200
    assert Agreement.objects.get().agreed
    again = browser.get(url)
    assert again.status_code == 410
    assert "李四" not in again.content.decode()


def test_the_consent_page_refuses_posts_without_the_token_of_its_form(draft, me) -> None:
    _member, token = asked(draft, me)
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(reverse("calls:consent", args=[token]), {"agreed": "yes"}).status_code == 403
    assert not Agreement.objects.exists()


def test_a_closed_call_closes_its_links(draft, me) -> None:
    _member, token = asked(draft, me)
    Call.objects.filter(pk=draft.call_id).update(closes_at=timezone.now() - timedelta(seconds=1))
    assert Client().get(reverse("calls:consent", args=[token])).status_code == 410
