"""Pages of the directory: who sees what, a constant number of queries, and what forms do."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.urls import reverse

from sheke.core.tables import write_csv
from sheke.directory.models import Account, Organisation, Person, Tenure
from tests.factories import account, organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def root():
    return organisation(kind="federation", code="YC", name="云川市社会科学界联合会")


@pytest.fixture
def admin(root, client):
    made = account(root, "administrator")
    client.force_login(made)
    return made


def url(name, *args):
    return reverse(f"directory:{name}", args=args)


@pytest.mark.parametrize("page", ["index", "people"])
def test_pages_ask_to_sign_in(client, page):
    assert client.get(url(page)).status_code == 302


def test_the_tree_costs_the_same_for_one_and_for_many(
    client, admin, root, django_assert_num_queries
):
    organisation(root)
    client.get(url("index"))
    with django_assert_num_queries(5):
        client.get(url("index"))
    county = organisation(root, kind="county_federation")
    for _n in range(3):
        organisation(county)
    with django_assert_num_queries(5):
        page = client.get(url("index"))
    assert county.name in page.content.decode()


def test_the_list_of_people_costs_the_same_for_one_and_for_many(
    client, admin, root, django_assert_num_queries
):
    client.get(url("people"))
    with django_assert_num_queries(10):
        client.get(url("people"))
    for _n in range(3):
        account(organisation(root))
    with django_assert_num_queries(10):
        client.get(url("people"))


def test_an_organisation_s_page_costs_the_same_for_one_and_for_many(
    client, admin, root, django_assert_num_queries
):
    client.get(url("organisation", "YC"))
    with django_assert_num_queries(12):
        client.get(url("organisation", "YC"))
    for _n in range(3):
        account(root)
        organisation(root)
    with django_assert_num_queries(12):
        client.get(url("organisation", "YC"))


def test_a_former_name_is_found(client, admin, root):
    subject = organisation(root, name="旧名学会", valid_from=date(2000, 1, 1))
    client.post(
        url("rename", subject.code),
        {"name": "新名学会", "short_name": "", "since": "2024-01-01", "reason": "更名"},
    )
    page = client.get(url("index"), {"q": "旧名"}).content.decode()
    assert "新名学会" in page


def test_lists_mask_phone_numbers(client, root):
    subject = account(organisation(root)).person
    Person.objects.filter(pk=subject.pk).update(phone="13800001234", email="me@example.org")
    stranger = account(organisation(root))
    client.force_login(stranger)
    for page in (url("people"), url("person", subject.pk)):
        text = client.get(page).content.decode()
        assert "138****1234" in text
        assert "13800001234" not in text
        assert "me@example.org" not in text
    client.force_login(account(root))
    assert "13800001234" in client.get(url("person", subject.pk)).content.decode()
    assert "13800001234" not in client.get(url("people")).content.decode()


@pytest.mark.parametrize("name", ["rename", "move", "end", "reopen", "correct", "join"])
def test_only_an_administrator_changes_an_organisation(client, root, name):
    client.force_login(account(root, "leader"))
    assert client.get(url(name, root.code)).status_code == 403
    assert client.post(url(name, root.code), {}).status_code == 403


@pytest.mark.parametrize("what", ["organisations", "people", "tenures"])
def test_only_an_administrator_imports_and_exports_people(client, root, what):
    client.force_login(account(root, "leader"))
    assert client.get(url("import", what)).status_code == 403
    expected = 200 if what == "organisations" else 403
    assert client.get(url("export", what, "xlsx")).status_code == expected


def test_creating_moving_ending(client, admin, root):
    answer = client.post(
        url("create"), {"parent": "YC", "kind": "society", "code": "S1", "name": "历史学会"}
    )
    assert answer.status_code == 302
    client.post(
        url("create"), {"parent": "YC", "kind": "county_federation", "code": "X1", "name": "区"}
    )
    client.post(url("move", "S1"), {"parent": "X1", "since": "2024-01-01", "reason": "属地管理"})
    subject = Organisation.objects.get(code="S1")
    assert subject.parent.code == "X1"
    client.post(url("end", "S1"), {"last_day": "2024-06-30", "reason": "注销"})
    subject.refresh_from_db()
    assert subject.valid_to == date(2024, 6, 30)


def test_what_the_action_refuses_stands_on_the_form(client, admin, root):
    answer = client.post(url("move", "YC"), {"parent": "YC", "since": "2024-01-01", "reason": "x"})
    assert answer.status_code == 422
    assert root.name in answer.content.decode()
    answer = client.post(
        url("create"), {"parent": "YC", "kind": "society", "code": "YC", "name": "x"}
    )
    assert answer.status_code == 422


def test_a_form_in_a_drawer_leaves_it(client, admin, root):
    answer = client.post(
        url("rename", "YC"),
        {"name": "新", "short_name": "", "since": "2024-01-01", "reason": "x"},
        headers={"HX-Request": "true"},
    )
    assert answer.headers["HX-Redirect"] == url("organisation", "YC")


def test_a_county_s_administrator_stays_below_the_county(client, root):
    county = organisation(root, code="X1", kind="county_federation")
    client.force_login(account(county, "administrator"))
    data = {"kind": "society", "code": "S1", "name": "学会"}
    assert client.post(url("create"), data | {"parent": "YC"}).status_code == 422
    assert client.post(url("create"), data).status_code == 422
    assert client.post(url("create"), data | {"parent": "X1"}).status_code == 302


def test_a_new_person_joins_and_leaves(client, admin, root):
    client.post(url("join", "YC"), {"name": "新人", "role": "staff", "post": "科员"})
    tenure = Tenure.objects.get(person__name="新人")
    assert (tenure.organisation, tenure.post) == (root, "科员")
    both = {"name": "新人", "person": tenure.person_id, "role": "staff"}
    assert client.post(url("join", "YC"), both).status_code == 422
    client.post(url("end_tenure", tenure.pk), {"last_day": "2025-01-01"})
    tenure.refresh_from_db()
    assert tenure.until == date(2025, 1, 1)


def test_a_one_time_password_is_shown_once(client, admin, root):
    person = Person.objects.create(name="新人")
    answer = client.post(reverse("accounts:create", args=[person.pk]), {"username": "xinren"})
    made = answer.context["made"]
    assert made in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]
    theirs = Account.objects.get(username="xinren")
    assert theirs.check_password(made)
    assert made not in client.get(url("person", person.pk)).content.decode()
    renewed = client.post(reverse("accounts:password", args=[theirs.pk])).context["made"]
    theirs.refresh_from_db()
    assert renewed != made
    assert theirs.check_password(renewed)


def test_switching_off_ends_the_session(client, admin, root):
    other = account(root)
    client.post(reverse("accounts:deactivate", args=[other.pk]))
    other.refresh_from_db()
    assert not other.is_active
    client.post(reverse("accounts:activate", args=[other.pk]))
    other.refresh_from_db()
    assert other.is_active


def test_passwords_are_not_reset_from_below(client, root):
    county = organisation(root, kind="county_federation")
    leader = account(root, "leader")
    client.force_login(account(county, "administrator"))
    for name in ("password", "deactivate", "activate"):
        assert client.post(reverse(f"accounts:{name}", args=[leader.pk])).status_code == 403
    assert client.get(reverse("accounts:password", args=[leader.pk])).status_code == 405


def upload(*rows):
    data = write_csv(["代码", "名称", "类别", "上级代码"], rows)
    file = io.BytesIO(data)
    file.name = "单位.csv"
    return file


def test_an_import_is_checked_then_taken(client, admin, root):
    row = ["S1", "历史学会", "社会组织", "YC"]
    page = client.post(url("import", "organisations"), {"file": upload(row)})
    assert page.context["checked"].counts == {"new": 1}
    assert not Organisation.objects.filter(code="S1").exists()
    answer = client.post(url("import", "organisations"), {"file": upload(row), "take": "1"})
    assert answer.status_code == 302
    assert Organisation.objects.get(code="S1").parent == root


def test_a_wrong_import_is_listed_and_not_taken(client, admin, root):
    rows = (["S1", "历史学会", "社会组织", "YC"], ["S2", "", "俱乐部", "无"])
    page = client.post(url("import", "organisations"), {"file": upload(*rows), "take": "1"})
    assert {p.row for p in page.context["checked"].problems} == {3}
    assert len(page.context["checked"].problems) == 3
    assert not Organisation.objects.filter(code="S1").exists()


def test_what_is_no_table_is_refused(client, admin):
    file = io.BytesIO(b"\x00\x01")
    file.name = "a.xlsx"
    page = client.post(url("import", "people"), {"file": file})
    assert page.status_code == 422


@pytest.mark.parametrize("what", ["organisations", "people", "tenures"])
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_exports(client, admin, what, kind):
    answer = client.get(url("export", what, kind))
    assert answer.status_code == 200
    assert f"{what}-" in answer.headers["Content-Disposition"]
    assert client.get(url("export", what, kind), {"empty": "1"}).status_code == 200


def test_comboboxes_offer_what_is_administered(client, root):
    county = organisation(root, code="X1", kind="county_federation", name="甲区社科联")
    client.force_login(account(county, "administrator"))
    found = client.get(url("options"), {"q": "社"}).json()["options"]
    assert [option["value"] for option in found] == ["X1"]
    person = account(county).person
    people = client.get(url("people_options"), {"q": person.name}).json()["options"]
    assert {"value": person.pk, "text": person.name, "hint": "甲区社科联"} in people
