"""The office's pages: a constant number of queries, filters, many decisions at once."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from sheke.calls.models import Call, Submission
from sheke.core.tables import read_table
from tests.factories import account, organisation

from . import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return organisation(kind="federation", code="city")


@pytest.fixture
def client(client, city):
    client.force_login(account(city, "staff"))
    return client


@pytest.fixture
def call(city):
    return factories.call(
        organisation=city, topics=("县域治理", "文旅融合"), ended=("collect", "recommend"),
        begun=("check",),
    )  # fmt: skip


def shown(response) -> list[int]:
    return [submission.number for submission in response.context["page"]]


def cells_of(response) -> list[dict]:
    """The rows of an exported workbook, by heading."""
    return [cells for _n, cells in read_table(io.BytesIO(response.content), "a.xlsx").rows]


@pytest.mark.parametrize("many", [1, 4])
def test_the_list_asks_the_same_number_of_queries(
    client, city, call, many, django_assert_num_queries
):
    for _n in range(many):
        factories.submission(call, organisation(city), topic=call.topics.first())
    with django_assert_num_queries(10):
        client.get(reverse("calls:submissions", args=[call.pk]))


@pytest.mark.parametrize("many", [1, 4])
def test_the_offices_page_asks_the_same_number_of_queries(
    client, call, many, django_assert_num_queries
):
    for _n in range(many):
        factories.submission(call)
    with django_assert_num_queries(15):
        client.get(reverse("calls:office", args=[call.pk]))


def test_the_list_narrows_and_sorts(client, city, call):
    a, b = organisation(city), organisation(city)
    first = factories.submission(call, a, values={"title": "河湖治理研究", "discipline": "law"})
    second = factories.submission(
        call, b, values={"title": "古镇文旅研究"}, amount=3, stage="panel"
    )
    third = factories.submission(call, b, topic=call.topics.first(), state="refused")
    factories.submission(call, a, sent=False)
    url = reverse("calls:submissions", args=[call.pk])

    def numbers(**asked):
        return shown(client.get(url, asked))

    every = [s.number for s in (first, second, third)]
    assert numbers() == every
    assert numbers(sort="-number") == every[::-1]
    assert numbers(q="文旅") == [second.number]
    assert third.number in numbers(q=str(third.number))
    assert numbers(q=first.lead_name) == [first.number]
    assert numbers(stage="panel") == [second.number] and numbers(state="refused") == [third.number]
    assert numbers(organisation=a.pk) == [first.number]
    assert numbers(discipline="law") == [first.number]
    assert numbers(topic=call.topics.first().pk) == [third.number]
    assert numbers(category="youth") == [] and numbers(sort="nonsense", organisation="x") == every


def test_the_export_holds_what_the_list_is_narrowed_to(client, city, call):
    factories.submission(call, values={"title": "甲题", "summary": "摘要甲"})
    factories.submission(call, values={"title": "=cmd()"}, stage="panel")
    url = reverse("calls:submissions_export", args=[call.pk])
    table = read_table(io.BytesIO(client.get(url, {"stage": "check"}).content), "a.xlsx")
    ((_row, cells),) = list(table.rows)
    assert "甲题" in cells.values() and "摘要甲" in cells.values() and "经济学" in cells.values()


def test_many_are_passed_or_refused_at_once(client, call):
    made = [factories.submission(call) for _n in range(3)]
    url = reverse("calls:checks", args=[call.pk])
    client.post(url, {"submission": [made[0].pk, made[1].pk], "act": "pass"})
    client.post(url, {"submission": [made[2].pk], "act": "refuse"})  # without a reason: nothing
    client.post(
        url, {"submission": [made[2].pk, "x", "9" * 30], "act": "refuse", "reason": "缺材料"}
    )
    states = list(Submission.objects.order_by("pk").values_list("stage", "state"))
    assert states == [("copycheck", "in"), ("copycheck", "in"), ("check", "refused")]


def test_one_submission_shows_what_changed(client, call):
    submission = factories.submission(call, values={"title": "旧题"})
    submission.values |= {"title": "新题"}
    submission.save()
    factories.send(submission)
    page = client.get(reverse("calls:submission", args=[submission.pk])).content.decode()
    assert '<del class="pre">旧题</del>' in page and '<ins class="pre">新题</ins>' in page
    old = client.get(reverse("calls:submission", args=[submission.pk]), {"version": "1"})
    assert old.context["version"].number == 1 and old.context["changes"] is None


def test_a_return_by_field_from_the_page(client, call):
    submission = factories.submission(call)
    client.post(
        reverse("calls:correction", args=[submission.pk]),
        {"reason": "请改", "due": "", "field": ["title", "summary"], "remark": ["", "太短"]},
    )
    step = submission.steps.get(act="returned")
    assert step.data["fields"] == {"summary": "太短"}


def test_applicants_and_organisations_do_not_see_the_offices_log(client, city, call):
    unit = organisation(city)
    submission = factories.submission(call, unit)
    from sheke.calls.models import Step
    from sheke.calls.steps import take_step

    take_step(Step.Act.REVIEWED, call=call, submission=submission, by=None, reason="三位评审已交")
    url = reverse("calls:submission", args=[submission.pk])
    assert "三位评审已交" in client.get(url).content.decode()
    client.force_login(account(unit))
    assert "三位评审已交" not in client.get(url).content.decode()


def test_a_call_is_opened_from_the_page(client, city):
    factories.programme()
    unit = organisation(city)
    page = client.get(reverse("calls:new"), {"programme": "research_grant_test"})
    initial = page.context["form"].initial
    answer = client.post(
        reverse("calls:new"),
        {
            "programme": "research_grant_test", "organisation": "city", "title": "2026年度课题",
            "year": 2026, "opens_at": "2026-03-01T09:00", "closes_at": "2036-04-01T17:00",
            "topics": "1 县域治理\n2 文旅融合", "kinds": ["society"], "places": 2,
            "people": initial["people"],
        },
    )  # fmt: skip
    call = Call.objects.get()
    assert answer["Location"] == reverse("calls:office", args=[call.pk])
    assert call.topics.count() == 2 and call.seats.filter(organisation=unit).count() == 2
    assert call.charges.count() == 1
    wrong = client.post(reverse("calls:new"), {"programme": "research_grant_test"})
    assert wrong.status_code == 422 and Call.objects.count() == 1


def test_quotas_are_set_by_kind_table_and_sheet(client, city, call):
    a, b = organisation(city, code="A"), organisation(city, code="B")
    url = reverse("calls:quotas", args=[call.pk])
    client.post(url, {"kind": "society", "places": "2", "reason": "核定"})
    client.post(url, {f"places-{a.pk}": "5", "reason": "调增"})
    assert call.seats.filter(organisation=a).count() == 5
    sheet = io.BytesIO(client.get(reverse("calls:quotas_sheet", args=[call.pk])).content)
    rows = [list(cells.values()) for _n, cells in read_table(sheet, "a.xlsx").rows]
    codes = {code: places for code, _name, places, _taken in rows}
    assert codes == {"A": 5, "B": 2}
    file = io.BytesIO(b"Code,Places\nB,1\nX,2\n")
    file.name = "名额.csv"
    wrong = client.post(url, {"file": file, "reason": "核定"})
    assert wrong.status_code == 422 and call.seats.filter(organisation=b).count() == 2


def test_the_effect_of_an_edition_is_shown_before_the_move(client, call):
    from .test_office_actions import newer

    factories.submission(call)
    data = factories.grant()
    data["sections"][0]["fields"].append({"key": "note", "name": {"zh": "补充说明"}})
    newest = newer(call.edition, data)
    url = reverse("calls:migration", args=[call.pk])
    page = client.get(url).content.decode()
    assert "补充说明" in page and Call.objects.get().edition == call.edition
    client.post(url, {"edition": newest.number, "reason": "补充"})
    assert Call.objects.get().edition == newest


def test_an_organisation_recommends_and_ranks_on_its_page(client, city):
    call = factories.call(organisation=city, begun=("recommend",))
    unit = organisation(city, code="U")
    factories.seats(call, unit, 2)
    first, second = (factories.submission(call, unit, stage="recommend") for _n in range(2))
    client.force_login(account(unit))
    for one in (first, second):
        client.post(reverse("calls:recommend", args=[one.pk]), {"reason": "好"})
    client.post(
        reverse("calls:ranking", args=[call.pk, "U"]),
        {"submission": [first.pk, second.pk], "rank": ["2", "1"]},
    )
    ranks = list(call.seats.order_by("rank").values_list("submission_id", flat=True))
    assert ranks == [second.pk, first.pk]
    page = client.get(reverse("calls:recommending", args=[call.pk]))
    assert page.status_code == 200 and len(page.context["desks"]) == 1
    rows = cells_of(client.get(reverse("calls:recommending_export", args=[call.pk])))
    assert [row["名次"] for row in rows] == [1, 2]
    assert [row["编号"] for row in rows] == [second.number, first.number]


def test_the_list_of_calls_and_ones_own_list_are_exported(client, city, call):
    factories.submission(call)
    (row,) = cells_of(client.get(reverse("calls:calls_export")))
    assert (row["标题"], row["申报"]) == (call.title, 1)
    client.force_login(account(organisation(city)))
    assert client.get(reverse("calls:calls_export")).status_code == 404
    assert cells_of(client.get(reverse("calls:mine_export"))) == []


@pytest.mark.parametrize(
    ("announced", "opens", "closes", "word"),
    [
        (False, -1, 1, "筹备中"),
        (True, 1, 2, "未到申报期"),
        (True, -1, 1, "申报中"),
        (True, -2, -1, "评审中"),
    ],
)
def test_list_page_and_sheet_say_alike_how_a_call_stands(
    client, call, announced, opens, closes, word
):
    now = timezone.now()
    call.announced_at = now if announced else None
    call.opens_at, call.closes_at = now + timedelta(days=opens), now + timedelta(days=closes)
    call.save()
    (row,) = cells_of(client.get(reverse("calls:calls_export")))
    assert row["状态"] == word
    for page in (reverse("calls:index"), reverse("calls:office", args=[call.pk])):
        assert f">{word}</span>" in client.get(page).content.decode()


def test_an_organisation_sees_nothing_of_others(client, city):
    call = factories.call(organisation=city, begun=("recommend",))
    a, b = organisation(city), organisation(city)
    theirs = factories.submission(call, b, stage="recommend")
    client.force_login(account(a))
    assert cells_of(client.get(reverse("calls:recommending_export", args=[call.pk]))) == []
    assert client.get(reverse("calls:recommending", args=[call.pk])).context["desks"] == []
    assert client.post(reverse("calls:recommend", args=[theirs.pk])).status_code == 404
    assert client.post(reverse("calls:ranking", args=[call.pk, b.code])).status_code == 404
