"""Drafts: what is typed is kept, what both windows changed is asked, what is sent, corrected, withdrawn."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from sheke.calls.actions import people, submissions, uploads
from sheke.calls.applying.merging import mark, merge
from sheke.calls.models import Call, Step, Submission
from sheke.core.errors import BadInput
from tests.calls import factories as calls

from .filled import FILLED, PDF, fill, returned, sent

pytestmark = pytest.mark.django_db


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
