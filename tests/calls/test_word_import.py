"""A filled Word form: proposals field by field, and only what is confirmed stands in the draft."""

from __future__ import annotations

import io

import docx
import pytest
from django.test import Client
from django.urls import reverse

from sheke.calls.actions.submissions import begin_submission
from tests import factories
from tests.calls import factories as calls

pytestmark = pytest.mark.django_db


def filled_form() -> io.BytesIO:
    document = docx.Document()
    table = document.add_table(rows=4, cols=2)
    rows = [("课题名称", "县域公共服务研究"), ("学科", "☑经济学 □历史学 □法学"), ("申请经费", "3万元"),
            ("摘要", "讨论公共服务。")]  # fmt: skip
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    document.add_paragraph("课题组成员")
    people = document.add_table(rows=2, cols=4)
    for row, texts in zip(people.rows, [("姓名", "性别", "职称", "工作单位"), ("李四", "男", "教授", "乙大学")],
                          strict=True):  # fmt: skip
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    kept = io.BytesIO()
    document.save(kept)
    kept.seek(0)
    kept.name = "申请书.docx"
    return kept


@pytest.fixture
def draft(db):
    call = calls.call()
    return begin_submission(call=call, by=factories.account(call.organisation, "member"))


@pytest.fixture
def mine(client: Client, draft) -> Client:
    client.force_login(draft.made_by)
    return client


def test_nothing_is_taken_before_it_is_confirmed(mine, draft) -> None:
    page = mine.post(reverse("calls:word", args=[draft.pk]), {"file": filled_form()})
    text = page.content.decode()
    assert page.status_code == 200
    for words in ("县域公共服务研究", "经济学", "3 万元", "李四 · 乙大学 · 教授"):
        assert words in text
    draft.refresh_from_db()
    assert draft.values == {}
    assert draft.members.count() == 1


def test_what_is_confirmed_is_taken(mine, draft) -> None:
    page = mine.post(reverse("calls:word", args=[draft.pk]), {"file": filled_form()})
    rows = page.context["rows"]
    post = {"confirm": "1", "fields": ["title", "amount"], "people": ["1"]}
    for row in rows:
        post |= dict(row["held"])
    post |= {f"p-1-{name}": text for name, text in page.context["people"][0]["held"]}
    mine.post(reverse("calls:word", args=[draft.pk]), post)
    draft.refresh_from_db()
    assert draft.values == {"title": "县域公共服务研究", "amount": "3"}
    member = draft.members.get(role="member")
    assert (member.name, member.employer, member.title, member.gender) == (
        "李四",
        "乙大学",
        "教授",
        "male",
    )


def test_what_is_no_word_file_says_so(mine, draft) -> None:
    file = io.BytesIO(b"plain text")
    file.name = "a.docx"
    page = mine.post(reverse("calls:word", args=[draft.pk]), {"file": file})
    assert page.status_code == 422
