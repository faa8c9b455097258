"""Pages: the office's, and those that anybody reads without a session."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from sheke.calls.actions import deciding as actions
from sheke.calls.actions import phases, publishing
from sheke.calls.actions.objections import answer_objection
from sheke.calls.models import Award, Objection, Proposed, PublicNotice
from tests.factories import account

from .made import phase, there, waiting_call

pytestmark = pytest.mark.django_db


@pytest.fixture
def call():
    return waiting_call(organisation=None)


@pytest.fixture
def office(client, call):
    client.force_login(account(call.organisation, "staff"))
    return client


@pytest.fixture
def notice(call, client, office):
    save(office, call, "first", "second")
    made = publishing.publish_notice(
        call=call, title="获奖名单公示", text="", confirmed=(), by=None
    )
    client.logout()
    return made


def save(client, call, *levels):
    data = {f"level-{one.pk}": level for one, level in zip(there(call), levels, strict=False)}
    return client.post(reverse("calls:deciding", args=[call.pk]), data)


def text(answer) -> str:
    return answer.content.decode()


@pytest.mark.parametrize("many", [1, 5])
def test_the_decision_page_asks_the_same_number_of_queries(client, many, django_assert_num_queries):
    call = waiting_call(many)
    client.force_login(account(call.organisation, "staff"))
    with django_assert_num_queries(14):
        client.get(reverse("calls:deciding", args=[call.pk]))


def test_proposals_are_saved_row_by_row(office, call):
    save(office, call, "first", "second")
    first = there(call)[0]
    assert Proposed.objects.get(submission=first).amount == 10000
    data = {f"level-{first.pk}": "second", f"amount-{first.pk}": "10000"}
    office.post(reverse("calls:deciding", args=[call.pk]), data)
    assert Proposed.objects.get(submission=first).amount == 5000
    data = {f"level-{first.pk}": "second", f"amount-{first.pk}": "4,500"}
    office.post(reverse("calls:deciding", args=[call.pk]), data)
    assert Proposed.objects.get(submission=first).amount == 4500


def test_publishing_from_the_page(office, call):
    save(office, call, "first")
    url = reverse("calls:notice", args=[call.pk])
    assert there(call)[0].title in text(office.get(url))
    office.post(url, {"title": "公示", "text": "电话0591-87654321"})
    assert not PublicNotice.objects.exists(), "personal data nobody confirmed"
    office.post(url, {"title": "公示", "text": ""})
    assert PublicNotice.objects.get().entries[0]["level"] == "first"


class TestPublic:
    def test_the_list_is_read_without_signing_in_and_without_a_cookie(self, client, notice, call):
        answer = client.get(reverse("calls:public_notice", args=[notice.pk]))
        assert there(call)[0].title in text(answer) and "申报1" in text(answer)
        assert there(call)[2].title not in text(answer)
        assert not answer.cookies and "public" in answer["Cache-Control"]
        assert notice.title in text(client.get(reverse("calls:public_notices")))

    def test_withdrawn_it_shows_nothing_of_the_list(self, client, notice, call):
        publishing.withdraw_notice(notice=notice, reason="名单有误", by=None)
        shown = text(client.get(reverse("calls:public_notice", args=[notice.pk])))
        assert there(call)[0].title not in shown and "名单有误" not in shown

    def test_an_objection_leads_to_its_reference(self, client, notice):
        url = reverse("calls:objection", args=[notice.pk])
        data = {"entry": "1", "name": "林知远", "contact": "0591-87654321", "text": "与论文重复。"}
        answer = client.post(url, data, follow=True)
        made = Objection.objects.get()
        assert str(made.uid) in text(answer)
        assert "林知远" not in text(answer) and "与论文重复" not in text(answer)
        assert "noindex" in answer["X-Robots-Tag"]
        answer_objection(objection=made, upheld=False, reason="经核对不属实。", by=None)
        assert "经核对不属实。" in text(client.get(answer.redirect_chain[-1][0]))

    def test_an_objection_says_who_and_what(self, client, notice):
        url = reverse("calls:objection", args=[notice.pk])
        assert client.post(url, {"text": "不妥"}).status_code == 422
        assert (
            client.post(
                url, {"name": "甲", "contact": "乙", "text": "丙", "entry": "99"}
            ).status_code
            == 422
        )
        assert not Objection.objects.exists()

    def test_a_token_is_asked_for(self, notice):
        from django.test import Client

        strict = Client(enforce_csrf_checks=True)
        url = reverse("calls:objection", args=[notice.pk])
        assert strict.post(url, {"name": "甲", "contact": "乙", "text": "丙"}).status_code == 403

    def test_after_the_time_the_form_is_gone(self, client, notice):
        with time_machine.travel(timezone.now() + timedelta(days=20), tick=False):
            assert client.get(reverse("calls:objection", args=[notice.pk])).status_code == 410

    def test_results_without_what_was_revoked(self, client, call, notice):
        url = reverse("calls:results", args=[call.pk])
        assert client.get(url).status_code == 404
        with time_machine.travel(timezone.now() + timedelta(days=15), tick=False):
            phases.end_phase(phase=phase(call, "notice"), by=None)
            phases.begin_phase(phase=phase(call, "decide"), by=None)
            first, second = actions.decide_call(call=call, by=None)
        shown = text(client.get(url))
        assert first.number in shown and second.number in shown
        actions.revoke_award(award=first, reason="查实抄袭", by=None)
        shown = text(client.get(url))
        assert first.number not in shown and "查实抄袭" not in shown and second.number in shown


def test_objections_are_the_offices_alone(client, office, call):
    save(office, call, "first")
    made = publishing.publish_notice(call=call, title="公示", text="", confirmed=(), by=None)
    data = {"entry": "1", "name": "林知远", "contact": "邮箱", "text": "重复发表。"}
    office.post(reverse("calls:objection", args=[made.pk]), data)
    url = reverse("calls:objections", args=[call.pk])
    assert "林知远" in text(office.get(url))
    one = Objection.objects.get()
    answer_url = reverse("calls:objection_answer", args=[one.pk])
    office.post(answer_url, {"upheld": "yes", "reason": "属实。"})
    assert there(call)[0].state == "refused"
    author = account(there(call)[0].organisation, "secretary")
    client.force_login(author)
    assert client.get(url).status_code == 404
    assert client.post(answer_url, {"upheld": "no", "reason": "x"}).status_code == 404
    shown = text(client.get(reverse("calls:submission", args=[there(call)[0].pk])))
    assert "林知远" not in shown and "重复发表" not in shown


def test_deciding_from_the_page(office, call, notice):
    office.force_login(account(call.organisation, "staff"))
    with time_machine.travel(timezone.now() + timedelta(days=15), tick=False):
        phases.end_phase(phase=phase(call, "notice"), by=None)
        phases.begin_phase(phase=phase(call, "decide"), by=None)
        office.force_login(account(call.organisation, "staff"))
        office.post(reverse("calls:decision", args=[call.pk]), {"reason": "评审委员会决定"})
    assert Award.objects.filter(call=call).count() == 2
    answer = office.get(reverse("calls:awards_export", args=[call.pk]))
    assert answer.content[:2] == b"PK"
