"""Pages of plans: access, import with preview, editing, duties, targets, exports."""

from __future__ import annotations

import io
from datetime import date

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from sheke.core.tables import read_table, write_xlsx
from sheke.plans import actions
from sheke.plans.breakdown import COLUMNS
from sheke.plans.gantt import column, gantt
from sheke.plans.models import Item, Plan, Target
from sheke.plans.queries import plan_tree
from tests import factories

from .conftest import TEXT, item, shape

PAGES = [
    "detail",
    "overview",
    "timeline",
    "document",
    "settings",
    "edit",
    "targets",
    "duties",
    "word",
    "table",
]


@pytest.fixture
def signed(client, editor):
    client.force_login(editor)
    return client


def upload(text: str = TEXT, name: str = "要点.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode("gb18030"))


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_for_who_acts_for_the_organisation(signed, plan, page):
    assert signed.get(reverse(f"plans:{page}", args=[plan.pk])).status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_who_stands_beside_does_not_learn_that_a_plan_exists(client, plan, page):
    beside = factories.organisation(factories.organisation())
    client.force_login(factories.account(beside))
    assert client.get(reverse(f"plans:{page}", args=[plan.pk])).status_code == 404


def test_who_stands_below_reads_but_does_not_write(client, plan, office):
    client.force_login(factories.account(office))
    assert client.get(reverse("plans:detail", args=[plan.pk])).status_code == 200
    for page in ("edit", "settings"):
        assert client.get(reverse(f"plans:{page}", args=[plan.pk])).status_code == 403
    one = item(plan, "办好年会")
    for page in ("place", "merge", "delete_item", "item_duties", "item_targets", "completion"):
        assert client.post(reverse(f"plans:{page}", args=[one.pk])).status_code == 403
    # An organisation that leads an item may say that it is done.
    led = item(plan, "立项课题")
    assert client.post(reverse("plans:completion", args=[led.pk])).status_code == 302
    assert Item.objects.filter(completion__isnull=False).get() == led


def test_the_preview_writes_nothing_and_saving_does(signed, city):
    answer = signed.post(reverse("plans:preview"), {"file": upload()})
    assert answer.context["chapters"] == 2
    assert "立项课题" in answer.text
    assert not Plan.objects.exists()
    answer = signed.post(reverse("plans:new"), {"file": upload()})
    plan = Plan.objects.get()
    assert answer.url == reverse("plans:edit", args=[plan.pk])
    assert plan.organisation == city
    again = signed.post(reverse("plans:preview"), {"file": upload()})
    assert again.context["earlier"] == plan
    assert reverse("plans:detail", args=[plan.pk]) in again.text
    source = signed.get(reverse("plans:source", args=[plan.pk]))
    assert b"".join(source.streaming_content) == TEXT.encode("gb18030")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.pdf", b"%PDF-1"),
        ("a.docx", b"nothing"),
        ("a.txt", b""),
        ("a.txt", "一、办讲座。".encode() * 60_000),
    ],
)
def test_what_cannot_be_read_is_told_and_nothing_is_written(signed, name, data):
    for page in ("preview", "new"):
        answer = signed.post(reverse(f"plans:{page}"), {"file": SimpleUploadedFile(name, data)})
        assert answer.context["form"].errors["file"]
    assert not Plan.objects.exists()


def test_the_tree_is_edited_by_posts(signed, plan):
    def post(page, pk, **data):
        return signed.post(reverse(f"plans:{page}", args=[pk]), data)

    one = item(plan, "办好年会")
    assert "plan-editor" in post("place", one.pk, parent=item(plan, "抓普及").pk).text
    assert shape(plan)[-1] == "2 办好年会"
    post("undo", plan.pk)
    post("redo", plan.pk)
    post("merge", one.pk)
    assert len(shape(plan)) == 7
    post("undo", plan.pk)
    answer = post("add_item", plan.pk, after=one.pk)
    assert answer["X-Item"] == str(plan.items.last().pk)
    post("delete_item", int(answer["X-Item"]))
    assert shape(plan)[-1] == "2 办好年会"


def test_what_cannot_be_done_is_said(signed, plan):
    top = item(plan, "抓普及")
    url = reverse("plans:place", args=[top.pk])
    answer = signed.post(url, {"parent": item(plan, "办好讲坛").pk})
    assert "toast--error" in answer.text
    other = actions.create_plan(organisation=plan.organisation, year=2026, title="别的", by=None)
    foreign = actions.add_item(plan=other, title="外来", by=None)
    assert "toast--error" in signed.post(url, {"parent": foreign.pk}).text


def test_words_are_saved_and_split_at_the_cursor(signed, plan):
    one = item(plan, "立项课题")
    url = reverse("plans:words", args=[one.pk])
    data = {
        "number": "1.",
        "kind": "item",
        "title": one.title,
        "text": "甲事办好。\r\n乙事办成。丙。",
    }
    answer = signed.post(url, data | {"at": "6"})
    assert answer["HX-Trigger"] == "drawer-close, plan-changed"
    one.refresh_from_db()
    assert one.text == "甲事办好。"
    second = item(plan, "乙事办成")
    assert (second.position, second.text) == (one.position + 1, "丙。")
    assert signed.post(url, data | {"title": " "}).status_code == 422


def test_duties_are_given_and_taken_on_the_items_page(signed, plan, office):
    one = item(plan, "办好年会")
    signed.post(
        reverse("plans:item_duties", args=[one.pk]),
        {"organisation": office.pk, "role": "lead", "due": "2025-09-30"},
    )
    duty = one.duties.get()
    assert duty.due == date(2025, 9, 30)
    signed.post(reverse("plans:release", args=[duty.pk]))
    assert not one.duties.exists()
    beside = factories.organisation()
    answer = signed.post(
        reverse("plans:item_duties", args=[one.pk]), {"organisation": beside.pk, "role": "lead"}
    )
    assert answer.status_code == 422


@pytest.mark.parametrize("drawer", [True, False])
def test_forms_answer_where_they_stand(signed, plan, office, drawer):
    """In the drawer they fill it again; on the page itself they send the browser back to it."""
    one = item(plan, "办好讲坛")
    given = actions.assign_duty(item=one, organisation=office, role="lead", by=None)
    headers = {"HX-Request": "true"} if drawer else {}
    for name, pk in (("item", one.pk), ("duty", given.pk)):
        text = signed.get(reverse(f"plans:{name}", args=[pk]), headers=headers).text
        assert ('hx-target="#drawer-body"' in text) is drawer


def test_a_proposed_target_is_confirmed_with_its_likeliest_indicator(signed, plan, city):
    factories.lecture_type()
    lectures = factories.indicator(synonyms=["讲座"], verbs=["举办"])
    page = signed.get(reverse("plans:targets", args=[plan.pk]))
    row = next(one for one in page.context["proposals"] if one.node.item.title == "办好讲坛")
    assert row.form.initial["indicator"] == lectures.definition_id
    data = {name: str(value) for name, value in row.form.initial.items()}
    signed.post(reverse("plans:item_targets", args=[row.node.item.pk]), data | {"list": "1"})
    target = Target.objects.get()
    assert (target.goal.value, target.goal.last_day) == (10, date(2025, 12, 31))
    page = signed.get(reverse("plans:targets", args=[plan.pk]))
    assert row.proposal["phrase"] not in [
        one.proposal["phrase"] for one in page.context["proposals"]
    ]
    signed.post(reverse("plans:target", args=[target.pk]), data | {"value": "12"})
    target.goal.refresh_from_db()
    assert target.goal.value == 12
    answer = signed.post(
        reverse("plans:target", args=[target.pk]), data | {"last_day": "2024-01-01"}
    )
    assert answer.status_code == 422
    signed.post(reverse("plans:drop_target", args=[target.pk]))
    assert not Target.objects.exists()


def test_a_task_breakdown_is_checked_and_saved(signed, plan, office):
    def table(name):
        data = write_xlsx(COLUMNS, [["2.", "办好年会", name, "", "9月底前"]])
        return SimpleUploadedFile("分解.xlsx", data)

    check = reverse("plans:check_duties", args=[plan.pk])
    assert signed.post(check, {"file": table("无此单位")}).context["read"].problems[0].row == 2
    assert "data-plan-read" in signed.post(check, {"file": table("第一科")}).text
    url = reverse("plans:duties", args=[plan.pk])
    assert signed.post(url, {"file": table("无此单位")}).status_code == 422
    signed.post(url, {"file": table("第一科")})
    assert item(plan, "办好年会").duties.get().organisation == office


def test_exports_hold_the_whole_plan(signed, plan):
    answer = signed.get(reverse("plans:word", args=[plan.pk]))
    text = "\n".join(p.text for p in docx.Document(io.BytesIO(answer.content)).paragraphs)
    assert text.startswith(plan.title)
    for one in plan.items.all():
        assert f"{one.number}{one.title}" in text
        assert one.text.split("\n")[0] in text
    answer = signed.get(reverse("plans:table", args=[plan.pk]))
    assert len(list(read_table(io.BytesIO(answer.content), "a.xlsx").rows)) == plan.items.count()


def test_a_plan_is_renamed_and_deleted(signed, plan):
    signed.post(reverse("plans:settings", args=[plan.pk]), {"title": "新名", "year": 2026})
    plan.refresh_from_db()
    assert (plan.title, plan.year, item(plan, "抓研究").heading.year) == ("新名", 2026, 2026)
    signed.post(reverse("plans:deletion", args=[plan.pk]))
    assert not Plan.objects.exists()


def test_bars_lie_within_the_year(plan):
    assert [column(date(2025, *day)) for day in ((1, 1), (1, 16), (1, 17), (12, 31))] == [
        1,
        1,
        2,
        24,
    ]
    chart = gantt(plan_tree(plan), date(2025, 6, 15))
    assert chart.today == 11
    by_title = {bar.node.item.title: bar for bar in chart.bars}
    assert (by_title["立项课题"].first, by_title["立项课题"].last) == (1, 12)
    assert by_title["进社区"].open


@pytest.mark.parametrize("size", [1, 3])
def test_the_list_takes_the_same_queries_for_each_plan(
    signed, plan, size, django_assert_max_num_queries
):
    for number in range(1, size):
        actions.create_plan(
            organisation=plan.organisation, year=2025, title=f"计划{number}", by=None
        )
    with django_assert_max_num_queries(12 + 4 * size):
        signed.get(reverse("plans:index"))


def test_what_is_no_target_is_dismissed_and_stays_so(signed, plan):
    one = item(plan, "办好年会")
    url = reverse("plans:dismiss", args=[one.pk])
    signed.post(url, {"phrase": "征集论文100篇", "list": "1"})
    assert plan_tree(plan).by_pk[one.pk].unconfirmed == []
    actions.rewrite_item(
        item=one, number="2.", title="办好学术年会", text=one.text, kind="item", by=None
    )
    assert plan_tree(plan).by_pk[one.pk].unconfirmed == []
