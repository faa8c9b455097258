"""Numbers and codes of another tenant in the body of a form or in a query get nowhere."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from sheke.directory.models import Organisation, Tenure
from sheke.ledger.models import Closing, Evidence, ImportRun, Record
from sheke.plans import actions as planning
from sheke.plans.models import Duty, Item
from sheke.plans.reading import read_plan
from sheke.reports.downloads import word_report
from sheke.reports.models import Report, Template
from sheke.reports.word.reading import to_bytes
from tests import factories
from tests.site.tenants import tenants
from tests.site.tenants.ledger import PLAN
from tests.site.tenants.made import Tenants

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Tenants:
    return tenants()


@pytest.fixture
def a(world: Tenants) -> Client:
    """The secretary of A, who wants something of B's."""
    return world.client("secretary_a")


@pytest.fixture
def plan_of_a(world: Tenants):
    by = world.accounts["secretary_a"]
    return planning.import_plan(organisation=world.a, read=read_plan(PLAN), by=by)


def post(client: Client, view: str, /, *args: object, **data: object):
    return client.post(reverse(view, args=args), data)


LECTURE = {"title": "讲座", "happened_on": "2025-05-10", "confirmed": "1"}


def test_no_record_is_posted_for_another_organisation(world: Tenants, a: Client) -> None:
    answer = post(a, "ledger:entry", "lecture", **LECTURE, organisation="B")
    assert answer.status_code == 422
    assert Record.objects.count() == 1


def test_no_record_is_filed_under_another_ones_plan(world: Tenants, a: Client) -> None:
    data = LECTURE | {"organisation": "A", "heading": world.objects["heading"]}
    assert post(a, "ledger:entry", "lecture", **data).status_code == 422


def test_no_record_is_moved_to_another_organisation(world: Tenants) -> None:
    own = world.client("secretary_b")
    data = LECTURE | {"organisation": "A", "reason": "搬走"}
    assert post(own, "ledger:revision", world.record.pk, **data).status_code == 422
    world.record.refresh_from_db()
    assert world.record.organisation == world.b


def test_who_takes_part_sees_the_record_but_cannot_change_it(world: Tenants, a: Client) -> None:
    shared = factories.record(world.record.edition, world.b, cohosts=(world.a,))
    assert a.get(reverse("ledger:record", args=[shared.pk])).status_code == 200
    assert post(a, "ledger:reversal", shared.pk, reason="我").status_code == 403
    assert post(a, "ledger:evidence", shared.pk, link="https://a.example/").status_code == 403
    assert not Evidence.objects.filter(record=shared).exists()


def test_the_ledger_and_its_export_hold_nothing_of_another_one(world: Tenants, a: Client) -> None:
    for query in ({}, {"organisation": "B"}, {"state": "all"}, {"text": "乙的讲座"},
                  {"heading": world.objects["heading"]}):  # fmt: skip
        page = a.get(reverse("ledger:index"), query).content.decode()
        assert f'href="{reverse("ledger:record", args=[world.record.pk])}"' not in page
        table = b"".join(a.get(reverse("ledger:export", args=["csv"]), query).streaming_content)
        assert "乙的讲座" not in table.decode()


def test_duplicates_tell_nothing_of_another_one(world: Tenants, a: Client) -> None:
    query = {"organisation": "B", "title": "乙的讲座", "happened_on": "2025-05-01"}
    answer = a.get(reverse("ledger:duplicates", args=["lecture"]), query)
    assert "乙的讲座" not in answer.content.decode()


def test_a_record_of_another_one_is_not_copied(world: Tenants, a: Client) -> None:
    url = reverse("ledger:entry", args=["lecture"])
    assert a.get(url, {"copy": world.record.pk}).status_code == 404


def test_a_table_brings_nothing_into_another_ledger(world: Tenants, a: Client) -> None:
    table = SimpleUploadedFile("表.csv", "标题,日期,单位\n讲座,2025-05-01,B\n".encode())
    assert post(a, "ledger:imports", type="lecture", file=table).status_code == 302
    run = ImportRun.objects.first()
    assert run.problem_count and "乙学会" in run.problems[0][2]
    post(a, "ledger:posting", run.pk)
    assert Record.objects.count() == 1
    table.seek(0)
    answer = post(a, "ledger:imports", type="lecture", file=table, organisation="B")
    assert answer.status_code == 422


def test_a_table_is_not_posted_after_the_tenure_ended(world: Tenants, a: Client) -> None:
    """The organisation chosen for rows that name none is asked for again when they are posted."""
    table = SimpleUploadedFile("表.csv", "标题,日期\n讲座,2025-05-01\n".encode())
    post(a, "ledger:imports", type="lecture", file=table, organisation="A")
    run = ImportRun.objects.first()
    assert run.state == "checked" and not run.problem_count
    Tenure.objects.filter(person=world.accounts["secretary_a"].person).delete()
    post(a, "ledger:posting", run.pk)
    assert Record.objects.count() == 1


def test_a_secretary_closes_no_period(world: Tenants, a: Client) -> None:
    days = {"first_day": "2024-01-01", "last_day": "2024-12-31"}
    assert post(a, "ledger:closings", **days, organisation="A").status_code == 403
    assert post(a, "ledger:closings", **days, organisation="B").status_code == 422
    staff = world.client("staff")
    assert post(staff, "ledger:closings", **days, organisation="B").status_code == 302
    assert Closing.objects.count() == 2


def test_values_of_another_one_are_not_counted(world: Tenants, a: Client) -> None:
    for name in ("indicators:detail", "indicators:rows"):
        answer = a.get(reverse(name, args=["lectures_held"]), {"organisation": "B"})
        assert answer.context["figure"].rows == 0
        assert "乙的讲座" not in answer.content.decode()
    offered = a.get(reverse("indicators:organisations")).json()["options"]
    assert [option["value"] for option in offered] == ["A"]


def test_the_plan_above_is_read_and_not_changed(world: Tenants, a: Client) -> None:
    by = world.accounts["administrator"]
    plan = planning.import_plan(organisation=world.city, read=read_plan(PLAN), by=by)
    first, second = plan.items.exclude(kind="chapter")[:2]
    assert a.get(reverse("plans:detail", args=[plan.pk])).status_code == 200
    for name in ("plans:settings", "plans:deletion", "plans:undo", "plans:add_item"):
        assert post(a, name, plan.pk).status_code == 403, name
    for name in ("plans:words", "plans:merge", "plans:item_duties", "plans:completion"):
        assert post(a, name, first.pk).status_code == 403, name
    planning.assign_duty(item=second, organisation=world.a, role="lead", by=by)
    assert post(a, "plans:completion", second.pk).status_code == 302


def test_items_and_duties_stay_within_their_plan(world: Tenants, a: Client, plan_of_a) -> None:
    item = plan_of_a.items.exclude(kind="chapter").first()
    before = list(plan_of_a.items.values_list("pk", "parent", "position"))
    post(a, "plans:place", item.pk, parent=world.objects["item"])
    post(a, "plans:add_item", plan_of_a.pk, after=world.objects["item"])
    assert list(plan_of_a.items.values_list("pk", "parent", "position"))[: len(before)] == before
    assert Item.objects.latest("pk").plan == plan_of_a
    for place in (world.b.pk, world.city.pk):
        answer = post(a, "plans:item_duties", item.pk, organisation=place, role="lead")
        assert answer.status_code == 422
    assert not Duty.objects.filter(item=item).exists()


def test_reports_are_filled_from_own_templates_for_own_organisations(
    world: Tenants, a: Client
) -> None:
    own = Template.objects.create(organisation=world.a, key="own", title="甲", year=2024, text="甲")
    before = Report.objects.count()
    for template, place in ((world.objects["template"], world.a), (own.pk, world.b)):
        data = {"template": template, "organisation": place.pk, "span": "2026"}
        assert post(a, "reports:new", **data).status_code == 422
    assert Report.objects.count() == before


def test_bindings_are_not_carried_over_from_another_ones_template(
    world: Tenants, a: Client
) -> None:
    own = Template.objects.create(organisation=world.a, key="own", title="甲", year=2024, text="甲")
    foreign = world.objects["template"]
    assert post(a, "reports:template_carrying", own.pk, previous=foreign).status_code == 404
    text = SimpleUploadedFile("总结.txt", "2024年总结\n全年举办讲座20场。".encode())
    answer = post(a, "reports:template_upload", file=text, previous=foreign)
    assert answer.status_code == 422


def test_a_report_is_not_compared_with_another_ones(world: Tenants, a: Client) -> None:
    by = world.accounts["secretary_a"]
    own = Template.objects.create(organisation=world.a, key="own", title="甲", year=2024, text="甲")
    report = Report.objects.create(
        template=own, organisation=world.a, title="甲", first_day="2025-01-01",
        last_day="2025-12-31", created_by=by,
    )  # fmt: skip
    url = reverse("reports:comparison", args=[report.pk])
    assert a.get(url, {"other": world.objects["report"]}).status_code == 404


def test_a_word_file_of_another_one_tells_nothing(world: Tenants, a: Client) -> None:
    frozen = Report.objects.get(pk=world.objects["frozen"])
    data = to_bytes(word_report(frozen).document)
    answer = post(a, "reports:verify", file=SimpleUploadedFile("报告.docx", data))
    assert answer.status_code == 422
    assert frozen.snapshot.seal not in answer.content.decode()


def test_phones_are_masked_for_those_who_do_not_work_with_the_person(world: Tenants) -> None:
    page = reverse("directory:person", args=[world.objects["person"]])
    for role, sees in (("member", False), ("secretary_a", False), ("secretary_b", True),
                       ("staff", True), ("administrator", True)):  # fmt: skip
        client = world.client(role)
        text = client.get(page).content.decode()
        assert ("13812345678" in text, "yi@example.org" in text) == (sees, sees), role
        assert ("yihuiyuan" in text) is (role == "administrator"), role
        for name in ("directory:people", "directory:index"):
            assert "13812345678" not in client.get(reverse(name)).content.decode()


@pytest.fixture
def keeper(world: Tenants) -> Client:
    """The administrator of A."""
    client = Client()
    client.force_login(factories.account(world.a, "administrator", username="keeper"))
    return client


def test_an_administrator_of_a_society_stays_within_it(world: Tenants, keeper: Client) -> None:
    reason = {"since": "2025-01-01", "reason": "试"}
    assert post(keeper, "directory:move", "A", parent="B", **reason).status_code == 422
    assert post(keeper, "directory:move", "B", parent="A", **reason).status_code == 403
    new = {"code": "C", "name": "丙", "kind": "society"}
    for parent in ("B", "city", ""):
        assert post(keeper, "directory:create", **new, parent=parent).status_code == 422
    assert Organisation.objects.count() == 3
    for name, thing in (("accounts:password", "account"), ("accounts:deactivate", "account"),
                        ("accounts:remove_factors", "account"),
                        ("directory:change_person", "person"), ("directory:end_tenure", "tenure")):  # fmt: skip
        answer = post(keeper, name, world.objects[thing])
        assert answer.status_code == 403, name
    person = world.accounts["member"].person_id
    data = {"organisation": "B", "role": "staff"}
    assert post(keeper, "directory:give_tenure", person, **data).status_code == 422


def test_nobody_gets_hold_of_an_account_by_giving_a_tenure(world: Tenants, keeper: Client) -> None:
    """Also not of one whose tenure above begins tomorrow."""
    newcomer = factories.account(None, username="newcomer")
    Tenure.objects.create(
        person=newcomer.person, organisation=world.city, role="leader", since="2099-01-01"
    )
    data = {"organisation": "A", "role": "member"}
    assert post(keeper, "directory:give_tenure", newcomer.person_id, **data).status_code == 302
    assert post(keeper, "accounts:password", newcomer.pk).status_code == 403


def test_an_import_of_people_changes_nobody_elsewhere(world: Tenants, keeper: Client) -> None:
    table = SimpleUploadedFile("人员.csv", "姓名,电话\n乙的会员,13900000000\n".encode())
    answer = post(keeper, "directory:import", "people", file=table, take="1")
    assert answer.status_code == 200
    person = world.accounts["administrator"].person
    person.refresh_from_db()
    text = keeper.get(reverse("directory:person", args=[world.objects["person"]]))
    assert "13900000000" not in text.content.decode()


def test_the_public_page_shows_what_was_published_and_no_more(world: Tenants) -> None:
    client = Client()
    answer = client.get(reverse("verify:code", args=[world.objects["code"]]))
    text = answer.content.decode()
    assert answer.status_code == 200 and not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")
    assert "举办讲座" in text and "出版读本" not in text and "乙的讲座" not in text
    post(world.client("secretary_b"), "reports:withdrawal", world.objects["frozen"])
    gone = client.get(reverse("verify:code", args=[world.objects["code"]]))
    never = client.get(reverse("verify:code", args=["ABCDEFGHJKMN"]))
    assert gone.status_code == never.status_code == 404
    assert "乙学会" not in gone.content.decode() and not gone.cookies
