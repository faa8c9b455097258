"""The applicant's way without a browser: drafts, two windows, people, consent, sending, correcting."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sheke.calls.actions import people, submissions, uploads
from sheke.calls.applying.links import member_of
from sheke.calls.applying.merging import mark, merge
from sheke.calls.models import Agreement, Call, Member, Step, Submission
from sheke.calls.steps import locked, take_step
from sheke.core.errors import BadInput
from sheke.notices.models import Notice
from tests import factories
from tests.calls import factories as calls

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
FILLED = {
    "title": "县域公共服务均衡研究", "discipline": "economics", "category": "general",
    "summary": "讨论公共服务。",
}  # fmt: skip


@pytest.fixture
def call(db) -> Call:
    return calls.call(topics=("乡村治理", "文旅融合"))


@pytest.fixture
def me(call):
    society = factories.organisation(call.organisation, name="历史学会")
    return factories.account(society, "member")


@pytest.fixture
def draft(call, me) -> Submission:
    return submissions.begin_submission(call=call, by=me)


def asks() -> dict[str, Any]:
    return {
        "born_on": timezone.localdate().replace(year=1985, day=1), "gender": "male", "title": "教授",
        "degree": "博士", "phone": "13800000000", "email": "a@example.org",
    }  # fmt: skip


def fill(draft: Submission, by: Any, values: dict[str, Any] | None = None) -> Submission:
    """A draft that can be sent."""
    submissions.save_draft(submission=draft, typed=FILLED | (values or {}), was={}, by=by)
    lead = draft.members.get(role=Member.LEAD)
    people.change_member(member=lead, data=asks(), by=by)
    draft.refresh_from_db()
    return draft


def sent(draft: Submission, by: Any) -> Submission:
    submissions.send_submission(submission=fill(draft, by), by=by)
    draft.refresh_from_db()
    return draft


def test_a_draft_begins_with_the_person(draft, me) -> None:
    lead = draft.members.get()
    assert (lead.name, lead.employer, lead.person) == (me.person.name, "历史学会", me.person)
    assert draft.organisation.name == "历史学会"
    assert draft.stage == "collect"


def test_nothing_begins_before_or_after(call, me) -> None:
    Call.objects.filter(pk=call.pk).update(closes_at=timezone.now() - timedelta(seconds=1))
    call.refresh_from_db()
    with pytest.raises(BadInput, match=re.compile("deadline|截止")):
        submissions.begin_submission(call=call, by=me)


def test_a_field_that_only_one_window_changed_is_kept() -> None:
    held = {"a": "1", "b": "2"}
    merged = merge(
        {"a": "1", "b": "3"}, {"a": "9", "b": "2"}, {k: mark(v) for k, v in held.items()}
    )
    assert merged.values == {"a": "9", "b": "3"}
    assert merged.conflicts == {}


def test_a_field_that_both_windows_changed_is_a_conflict() -> None:
    merged = merge({"a": "theirs"}, {"a": "mine"}, {"a": mark("before")})
    assert merged.values == {"a": "theirs"}
    assert merged.conflicts == {"a": "mine"}
    assert merge({"a": "same"}, {"a": "same"}, {"a": mark("before")}).conflicts == {}
    assert merge({"a": "1"}, {"a": ""}, {"a": mark("1")}).values == {}


def test_the_draft_keeps_what_is_typed_and_derives_columns(draft, me) -> None:
    saved = submissions.save_draft(
        submission=draft, typed=FILLED | {"amount": "约三万", "topic": "1"}, was={}, by=me
    ).submission
    assert saved.title == "县域公共服务均衡研究"
    assert (saved.discipline, saved.amount, saved.revision) == ("economics", None, 1)
    assert saved.values["amount"] == "约三万"


def test_sending_needs_everything(draft, me) -> None:
    with pytest.raises(submissions.Incomplete):
        submissions.send_submission(submission=draft, by=me)
    draft.refresh_from_db()
    assert draft.sent is None


def test_what_is_sent_has_a_number_a_digest_and_people(draft, me) -> None:
    draft = sent(draft, me)
    assert (draft.number, draft.state, draft.stage) == (1, "in", "recommend")
    assert len(draft.sent.digest) == 64
    assert draft.sent.people[0]["name"] == me.person.name
    assert draft.sent.eligibility
    assert draft.steps.get().act == Step.Act.SENT


def test_nothing_is_sent_after_the_deadline(draft, me) -> None:
    draft = fill(draft, me)
    Call.objects.filter(pk=draft.call_id).update(closes_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(BadInput, match=re.compile("deadline|截止")):
        submissions.send_submission(submission=draft, by=me)


def test_withdrawn_frees_the_seat_and_can_be_sent_again(draft, me) -> None:
    draft = sent(draft, me)
    (seat,) = calls.seats(draft.call, draft.organisation, 1)
    seat.submission = draft
    seat.save()
    submissions.withdraw_submission(submission=draft, reason="", by=me)
    seat.refresh_from_db()
    draft.refresh_from_db()
    assert (seat.submission, draft.state, draft.stage) == (None, "withdrawn", "collect")
    version = submissions.send_submission(submission=draft, by=me)
    draft.refresh_from_db()
    assert (version.number, draft.number, draft.state) == (2, 1, "in")


def returned(draft: Submission, **data: Any) -> Submission:
    take_step(Step.Act.RETURNED, call=draft.call, by=None, submission=locked(draft),
              reason="请改题目", **data)  # fmt: skip
    draft.refresh_from_db()
    return draft


def test_a_correction_opens_only_what_is_asked_for(draft, me) -> None:
    draft = returned(sent(draft, me), fields={"title": "太长"})
    Call.objects.filter(pk=draft.call_id).update(closes_at=timezone.now() - timedelta(days=1))
    draft = Submission.objects.get(pk=draft.pk)
    saved = submissions.save_draft(
        submission=draft, typed={"title": "新题目", "summary": "改了"}, was={}, by=me
    ).submission
    assert (saved.values["title"], saved.values["summary"]) == ("新题目", "讨论公共服务。")
    with pytest.raises(BadInput):
        people.change_member(member=draft.members.get(), data={"degree": "硕士"}, by=me)
    version = submissions.send_submission(submission=saved, by=me)
    draft.refresh_from_db()
    assert (version.number, draft.state, draft.stage, draft.number) == (2, "in", "recommend", 1)


def test_a_correction_has_its_own_deadline(draft, me) -> None:
    day = timezone.localdate() - timedelta(days=1)
    draft = returned(sent(draft, me), due=day.isoformat())
    with pytest.raises(BadInput):
        submissions.save_draft(submission=draft, typed={"title": "新"}, was={}, by=me)


def test_files_are_told_by_their_content(draft, me) -> None:
    kept = uploads.hold_upload(
        submission=draft, field="proposal", file=io.BytesIO(PDF), name="活页.pdf", by=me
    )
    assert kept.name == "活页.pdf"
    for name, content in (("a.exe", PDF), ("a.docx", PDF), ("b.pdf", b"MZ")):
        with pytest.raises(BadInput):
            uploads.hold_upload(
                submission=draft, field="proposal", file=io.BytesIO(content), name=name, by=me
            )
    assert draft.uploads.count() == 1


def asked(draft: Submission, me: Any, role: str = "member") -> tuple[Member, str]:
    member = people.add_member(
        submission=draft, role=role, data=asks() | {"name": "李四", "employer": "乙大学"}, by=me
    )
    link = people.ask_member(member=member, channel="", site="http://x", by=me)
    member.refresh_from_db()
    return member, link.rstrip("/").rpartition("/")[2]


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


def test_versions_are_compared_with_their_people(mine, draft, me) -> None:
    draft = returned(sent(draft, me))
    people.change_member(member=draft.members.get(), data={"employer": "丙大学"}, by=me)
    submissions.save_draft(submission=draft, typed={"title": "改过的题目"}, was={}, by=me)
    submissions.send_submission(submission=draft, by=me)
    page = mine.get(reverse("calls:standing", args=[draft.pk]))
    compared = page.context["compared"]
    assert [said.field.key for said in compared["changes"]] == ["title"]
    assert "丙大学" in compared["people"][0][0]
    assert "历史学会" in compared["people"][1][0]


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


@pytest.fixture
def mine(client: Client, me) -> Client:
    client.force_login(me)
    return client


def saved_json(browser: Client, draft: Submission, **post: Any) -> Any:
    return browser.post(
        reverse("calls:draft", args=[draft.pk]), post, headers={"Accept": "application/json"}
    )


def test_autosave_answers_with_marks_and_faults(mine, draft) -> None:
    said = saved_json(mine, draft, **{"fields": ["title", "amount"], "f-title": "题", "f-amount": "11",
                                      "was-title": mark(None), "was-amount": mark(None)}).json()  # fmt: skip
    assert said["fields"]["title"]["mark"] == mark("题")
    assert said["fields"]["amount"]["faults"]
    assert said["conflicts"] == []


def test_two_windows_get_both_texts(mine, draft) -> None:
    first = mark(None)
    saved_json(mine, draft, **{"fields": "title", "f-title": "甲", "was-title": first})
    answer = saved_json(mine, draft, **{"fields": "title", "f-title": "乙", "was-title": first})
    assert answer.status_code == 409
    (conflict,) = answer.json()["conflicts"]
    assert (conflict["mine"], conflict["theirs"]) == ("乙", "甲")
    page = mine.post(reverse("calls:draft", args=[draft.pk]),
                     {"fields": "title", "f-title": "乙", "was-title": first})  # fmt: skip
    assert page.status_code == 409
    assert "乙" in page.content.decode()
    mine.post(reverse("calls:draft", args=[draft.pk]),
              {"fields": "title", "f-title": "乙", "was-title": conflict["mark"], "choose-title": "mine"})  # fmt: skip
    draft.refresh_from_db()
    assert draft.values["title"] == "乙"


def test_tables_and_files_come_with_the_form(mine, draft) -> None:
    file = io.BytesIO(PDF)
    file.name = "活页.pdf"
    mine.post(reverse("calls:draft", args=[draft.pk]), {
        "fields": ["groundwork", "proposal"], "f-groundwork-1-work": "旧作", "f-groundwork-1-year": "2020",
        "f-groundwork-2-work": "", "u-proposal": file,
    })  # fmt: skip
    draft.refresh_from_db()
    assert draft.values["groundwork"] == [{"work": "旧作", "year": "2020"}]
    upload = draft.uploads.get()
    assert mine.get(reverse("calls:upload", args=[upload.pk])).status_code == 200
    saved_json(mine, draft, remove=str(upload.pk))
    assert not draft.uploads.filter(removed_at=None).exists()


def test_a_draft_is_nobody_elses(client, draft) -> None:
    client.force_login(factories.account(draft.organisation, "secretary"))
    for name in ("apply", "people", "check", "preview", "standing"):
        assert client.get(reverse(f"calls:{name}", args=[draft.pk])).status_code == 404
    assert saved_json(client, draft, fields="title").status_code == 404


def test_every_page_of_the_way_opens(mine, draft, me) -> None:
    for name in ("apply", "people", "check", "preview", "standing"):
        assert mine.get(reverse(f"calls:{name}", args=[draft.pk])).status_code == 200, name
    sent(draft, me)
    assert mine.get(reverse("calls:receipt", args=[draft.pk, 1])).status_code == 200
    assert mine.get(reverse("calls:apply", args=[draft.pk])).status_code == 302
    assert mine.get(reverse("calls:standing", args=[draft.pk])).status_code == 200


def test_the_preview_marks_names_and_hides_people(mine, draft, me) -> None:
    name = "李建国"
    draft.members.update(name=name)
    fill(draft, me, {"summary": f"本人{name}在历史学会研究多年。"})
    page = mine.get(reverse("calls:preview", args=[draft.pk])).content.decode()
    assert f"{name}</mark>" in page
    assert "历史学会</mark>" in page
    assert "13800000000" not in page


def test_rich_text_is_never_kept_as_it_came(mine, call, me) -> None:
    edition = calls.programme(key="other_grant", sections=[{"name": "一", "fields": [
        {"key": "title", "name": "题", "use": "title"},
        {"key": "merit", "name": "价值", "kind": "rich", "limit": 3, "required": False}]}])  # fmt: skip
    draft = submissions.begin_submission(call=calls.call(edition), by=me)
    saved_json(
        mine,
        draft,
        **{"fields": "merit", "f-merit": "<p onclick=x()>一二三四五</p><script>y()</script>"},
    )
    draft.refresh_from_db()
    assert draft.values["merit"] == "<p>一二三四五</p>"


@pytest.mark.parametrize("number", [1, 3])
def test_lists_ask_constantly_often(mine, me, call, number, django_assert_num_queries) -> None:
    for _n in range(number):
        made = calls.call(call.edition)
        calls.submission(made, by=me)
    for name in ("find", "mine"):
        mine.get(reverse(f"calls:{name}"))
    with django_assert_num_queries(LISTS["mine"]):
        mine.get(reverse("calls:mine"))
    with django_assert_num_queries(LISTS["find"]):
        mine.get(reverse("calls:find"))


LISTS = {"mine": 8, "find": 12}


def test_calls_are_found_by_words_and_stand(mine, call) -> None:
    now = timezone.now()
    calls.call(
        call.edition,
        title="将来的课题",
        opens_at=now + timedelta(days=1),
        closes_at=now + timedelta(days=2),
    )
    calls.call(
        call.edition,
        title="往年的课题",
        opens_at=now - timedelta(days=9),
        closes_at=now - timedelta(days=2),
    )
    calls.call(call.edition, title="没有公布的", announced_at=None)
    assert call.title in mine.get(reverse("calls:find")).content.decode()
    assert "将来的课题" in mine.get(reverse("calls:find") + "?stand=coming").content.decode()
    assert "往年的课题" in mine.get(reverse("calls:find") + "?stand=past").content.decode()
    assert call.title not in mine.get(reverse("calls:find") + "?q=没有公布").content.decode()
    page = mine.get(reverse("calls:announcement", args=[call.pk])).content.decode()
    assert "乡村治理" in page
