"""The pages of both sides: what they show, and how many queries they take."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from sheke.core.tables import read_table, write_xlsx
from sheke.definitions.models import Definition
from sheke.returns import actions
from sheke.returns.models import Asked, Draft
from tests import factories

from .conftest import GOOD, opened, sent

pytestmark = pytest.mark.django_db
JSON = {"HTTP_ACCEPT": "application/json"}


def client(account) -> Client:
    made = Client()
    made.force_login(account)
    return made


def url(name: str, *args: object) -> str:
    return reverse(f"returns:{name}", args=args)


@pytest.mark.parametrize("count", [1, 3])
def test_the_first_page_takes_the_same_queries_for_one_and_three(
    world, count, django_assert_max_num_queries
) -> None:
    for month in range(6, 6 + count):
        opened(world, span=(date(2025, month, 1), date(2025, month, 28)), due_on=date(2025, 9, 1))
    page = client(world.staff)
    with django_assert_max_num_queries(24):
        assert page.get(url("index")).status_code == 200
    secretary = client(world.secretary)
    with django_assert_max_num_queries(24):
        assert "学会月报" in secretary.get(url("index")).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_table_and_the_matrix_do_not_ask_by_the_row(
    world, count, django_assert_max_num_queries
) -> None:
    people = {"A": world.secretary, "B": world.other, "C": world.staff}
    for asked in list(world.of.asked.select_related("organisation"))[:count]:
        sent(asked, people[asked.organisation.code], {"lectures": "x"})
    page = client(world.staff)
    with django_assert_max_num_queries(20):
        text = page.get(url("return", world.of.pk) + "?compare=1&sort=-people").content.decode()
    assert f"{count * 30}" in text
    with django_assert_max_num_queries(20):
        matrix = page.get(url("overview") + "?year=2025").content.decode()
    assert "A学会" in matrix and "报送率" in matrix


def test_autosave_answers_a_script_and_tells_windows_apart(world) -> None:
    page = client(world.secretary)
    data = {f"q-{key}": value for key, value in GOOD.items()} | {"revision": "0", "q-men": "11"}
    said = page.post(url("draft", world.asked.pk), data, **JSON).json()
    assert said["revision"] == 1
    assert [f["message"] for f in said["findings"]] == ["男女之和应等于合计"]
    answer = page.post(url("draft", world.asked.pk), data, **JSON)
    assert answer.status_code == 409
    assert page.post(url("draft", world.asked.pk), data).status_code == 409


def test_what_breaks_a_rule_comes_back_filled_in(world) -> None:
    data = {f"q-{key}": value for key, value in GOOD.items()} | {"revision": "0", "q-women": "1"}
    answer = client(world.secretary).post(url("sending", world.asked.pk), data)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "男女之和应等于合计" in text and 'value="30"' in text
    assert Draft.objects.get().values["women"] == "1"


def test_the_sheet_goes_down_and_up(world) -> None:
    page = client(world.secretary)
    sheet = page.get(url("sheet", world.asked.pk)).content
    rows = dict(read_table(io.BytesIO(sheet), "x.xlsx").rows)
    heads = list(rows[2])
    body = [[row[h] for h in heads] for row in rows.values()]
    for row in body:
        row[2] = {"men": "10", "women": "2千0", "people": 30, "complete": "是"}.get(row[0], row[2])
    bad = SimpleUploadedFile("x.xlsx", write_xlsx(heads, body))
    answer = page.post(url("import", world.asked.pk), {"file": bad})
    assert answer.status_code == 422 and "2千0" in answer.content.decode()
    assert not Draft.objects.exists()
    for row in body:
        row[2] = {"women": 20, "lectures": 1}.get(row[0], row[2])
    good = SimpleUploadedFile("x.xlsx", write_xlsx(heads, body))
    assert page.post(url("import", world.asked.pk), {"file": good}).status_code == 302
    assert Draft.objects.get().values["women"] == "20"
    actions.send_answer(asked=world.asked, by=world.secretary)


def test_the_answers_are_exported_with_sums(world) -> None:
    sent(world.asked, world.secretary)
    data = client(world.staff).get(url("export", world.of.pk) + "?compare=1").content
    rows = [row for _n, row in read_table(io.BytesIO(data), "x.xlsx").rows]
    assert len(rows) == 4 and rows[-1]["听众（人次）"] == 30 and rows[0]["讲座（场）"] == 1


def test_the_other_society_sees_nothing(world) -> None:
    page = client(world.other)
    for name in ("answer", "sheet"):
        assert page.get(url(name, world.asked.pk)).status_code == 404
    assert page.post(url("draft", world.asked.pk)).status_code == 404
    assert page.get(url("return", world.of.pk)).status_code == 404
    sent(world.asked, world.secretary)
    assert client(world.secretary).post(url("acceptance", world.asked.pk)).status_code == 403


def test_the_office_sends_back_and_accepts_on_the_page(world) -> None:
    sent(world.asked, world.secretary)
    page = client(world.staff)
    page.post(url("sending_back", world.asked.pk), {"reason": "", "wrong-people": "请核"})
    text = client(world.secretary).get(url("answer", world.asked.pk)).content.decode()
    assert "请核" in text
    sent(world.asked, world.secretary)
    page.post(url("acceptances", world.of.pk), {"asked": [world.asked.pk, "x"]})
    assert Asked.objects.with_state().get(pk=world.asked.pk).state == "accepted"
    page.post(url("reminder", world.of.pk))
    page.post(url("additions", world.of.pk), {"organisations": ["B"], "reason": "x"})
    page.post(url("closure", world.of.pk), {"reason": "完"})
    assert "已截止" in page.get(url("return", world.of.pk)).content.decode()


def test_a_return_and_a_series_are_opened_on_the_page(world) -> None:
    page = client(world.staff)
    data = {
        "form": "month", "organisation": "city", "kinds": ["society"], "remind": "-3, 1",
        "first_day": "2025-07-01", "last_day": "2025-07-31", "due_on": "2025-08-08",
    }  # fmt: skip
    assert "学会月报" in page.get(url("new")).content.decode()
    assert page.get(url("new") + "?form=month").status_code == 200
    assert page.post(url("new"), data | {"kinds": []}).status_code == 422
    assert page.post(url("new"), data | {"remind": "三天"}).status_code == 422
    assert page.post(url("new"), data).status_code == 302
    more = data | {"since": "2025-07-01", "due_days": "8"}
    assert page.post(url("series"), more).status_code == 302
    assert "学会月报" in page.get(url("series")).content.decode()


def test_opening_says_whom_no_notice_reaches(world) -> None:
    silent = factories.organisation(world.city, code="D", name="无人学会")
    data = {
        "form": "month", "organisation": "city", "kinds": ["society"], "remind": "-3",
        "first_day": "2025-07-01", "last_day": "2025-07-31", "due_on": "2025-08-08",
    }  # fmt: skip
    text = client(world.staff).post(url("new"), data, follow=True).content.decode()
    warning = text[text.index("收不到通知") :][:80]
    assert silent.label in warning and world.a.label not in warning


def test_only_who_reports_takes_an_answer_back(world) -> None:
    sent(world.asked, world.secretary)
    address, button = url("answer", world.asked.pk), url("withdrawal", world.asked.pk)
    assert button in client(world.secretary).get(address).content.decode()
    assert button not in client(world.staff).get(address).content.decode()


def test_a_form_is_written_without_a_developer(world) -> None:
    factories.definition("group", {"key": "popularisation", "name": {"zh": "普及"}})
    page = client(factories.account(world.city, "administrator"))
    row = "questions-0-"
    data = {
        "name_zh": "季度报", "about_zh": "每季一报", "period": "quarter", "due_days": "9",
        "remind": "-1", "kinds": ["society"], f"{row}name_zh": "合计", f"{row}key": "total",
        f"{row}kind": "figure", f"{row}unit_zh": "场", f"{row}required": "on",
        "rules-0-check": "total ≥ wrong", "rules-0-message_zh": "不对", "rules-0-severity": "error",
    }  # fmt: skip
    more = page.post(url("form_new"), data | {"add": "questions"})
    assert more.status_code == 200 and "questions-1-name_zh" in more.content.decode()
    answer = page.post(url("form_new"), data)
    assert answer.status_code == 422 and "wrong" in answer.content.decode()
    assert page.post(url("form_new"), data | {"rules-0-check": "total ≥ 1"}).status_code == 302
    made = Definition.objects.get(kind="return_form", key="return_1").current.return_form
    assert made.period == "quarter" and made.rules[0].check == "total ≥ 1"
    assert page.get(url("form", "return_1")).status_code == 200
