"""The applicant's pages without a browser."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from sheke.calls.actions import people, submissions
from sheke.calls.applying.merging import mark
from tests import factories
from tests.calls import factories as calls

from .filled import PDF, fill, returned, saved_json, sent

pytestmark = pytest.mark.django_db

LISTS = {"mine": 8, "find": 12}


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
