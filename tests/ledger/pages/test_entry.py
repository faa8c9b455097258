"""The entry form: nothing typed is lost; what its boxes offer."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from sheke.ledger.actions import close_period
from sheke.ledger.models import Evidence, Heading, Record
from tests import factories

from .typed import picture, post

pytestmark = pytest.mark.django_db


class TestEntry:
    def test_posting_with_a_photo_and_a_link(self, client, clerk, city, county, lecture):
        response = post(
            client, lecture, evidence=picture(), link="https://news.example.cn/1",
            cohosts=["qinglan"],
        )  # fmt: skip
        record = Record.objects.get()
        assert response.url == reverse("ledger:record", args=[record.pk])
        assert record.amounts == {"attendance": "1200"}
        assert record.posted_by == clerk
        assert {e.name for e in record.evidence.all()} == {"现场.jpg", "news.example.cn"}
        page = client.get(response.url).content.decode()
        assert "现场.jpg" in page and "青岚区社科联" in page and "1,200" in page

    def test_post_and_next_keeps_type_date_organisation(self, client, clerk, city, lecture):
        response = post(client, lecture, next="1")
        page = client.get(response.url)
        assert str(page.context["form"]["happened_on"].value()) == "2025-05-10"
        assert page.context["form"]["organisation"].value() == "city"
        assert page.context["form"]["title"].value() is None

    def test_errors_stand_beside_their_fields_and_nothing_is_lost(
        self, client, clerk, city, county, lecture
    ):
        response = post(
            client, lecture, title="", evidence=picture(), cohosts=["qinglan"],
            **{"part-attendance": "viele", "note": "记住我"},
        )  # fmt: skip
        assert response.status_code == 422
        form = response.context["form"]
        assert set(form.errors) == {"title"}  # amounts are checked with the whole draft
        text = response.content.decode()
        assert "记住我" in text and "viele" in text and "青岚区社科联" in text
        (token, _stored, name) = response.context["held"][0]
        assert name == "现场.jpg" and token in text
        client.force_login(factories.account(city))
        post(client, lecture, held=[token], title="别人的")
        assert not Evidence.objects.exists()  # a token is good for who got it
        client.force_login(clerk)
        response = post(client, lecture, held=[token])
        assert response.status_code == 302
        assert Evidence.objects.get().name == "现场.jpg"

    def test_a_day_that_has_not_come(self, client, clerk, city, lecture):
        tomorrow = timezone.localdate() + timedelta(days=1)
        response = post(client, lecture, happened_on=tomorrow.isoformat())
        assert set(response.context["form"].errors) == {"happened_on"}

    def test_wrong_amounts_and_choices(self, client, clerk, city, lecture):
        response = post(
            client, lecture, **{"part-attendance": "1.5", "part-level": "ghost", "ended_on": "2025-01-01"}
        )  # fmt: skip
        assert set(response.context["form"].errors) == {"part-attendance", "part-level", "ended_on"}

    def test_a_refused_file_is_named(self, client, clerk, city, lecture):
        file = io.BytesIO(b"MZ program")
        file.name = "病毒.exe"
        response = post(client, lecture, evidence=file)
        assert response.status_code == 422
        assert "病毒.exe" in response.content.decode()
        assert not Record.objects.exists()

    def test_a_forged_token_attaches_nothing(self, client, clerk, city, lecture):
        post(client, lecture, held=["forged"])
        assert not Evidence.objects.exists()

    def test_duplicates_are_pointed_out_before_posting(self, client, clerk, city, lecture):
        post(client, lecture)
        response = post(client, lecture, title="“宋词里的江南”")
        assert response.status_code == 422
        assert len(response.context["alike"]) == 1
        assert Record.objects.count() == 1
        assert post(client, lecture, title="“宋词里的江南”", confirmed="1").status_code == 302
        assert Record.objects.count() == 2

    def test_duplicates_while_typing(self, client, clerk, city, lecture):
        post(client, lecture)
        query = {"title": "宋词里的江南", "happened_on": "2025-05-11", "organisation": "city"}
        url = reverse("ledger:duplicates", args=["lecture"])
        assert "宋词里的江南" in client.get(url, query).content.decode()
        assert not client.get(url, query | {"happened_on": "x"}).content.strip()
        client.force_login(factories.account(factories.organisation()))
        assert not client.get(url, query).content.strip()

    def test_a_late_entry_asks_for_its_reason(self, client, clerk, city, lecture):
        close_period(
            organisation=city, first_day=date(2025, 5, 1), last_day=date(2025, 5, 31), by=None
        )
        response = post(client, lecture)
        assert set(response.context["form"].errors) == {"reason"}
        assert 'name="reason"' in response.content.decode()
        assert post(client, lecture, reason="材料后补").status_code == 302
        assert Record.objects.get().versions.get().reason == "材料后补"

    def test_nobody_posts_for_others(self, client, city, county, lecture):
        client.force_login(factories.account(county))
        response = post(client, lecture)
        assert set(response.context["form"].errors) == {"organisation"}

    def test_copying(self, client, clerk, city, county, lecture):
        record = factories.record(
            lecture, city, title="讲座", cohosts=(county,), amounts={"cost": 3},
            attributes={"online": True},
        )  # fmt: skip
        form = client.get(f"/ledger/new/lecture/?copy={record.pk}").context["form"]
        assert form["title"].value() == "讲座"
        assert form["part-cost"].value() == "3"
        assert form["part-online"].value() == "true"
        assert form["cohosts"].value() == ["qinglan"]

    def test_types_latest_first_and_found_by_synonym(self, client, clerk, city, lecture):
        factories.definition(
            "record_type", factories.LECTURE | {"key": "forum", "synonyms": ["研讨会"],
                                                "name": {"zh": "论坛"}},
        )  # fmt: skip
        factories.record(lecture, city, by=clerk)
        context = client.get(reverse("ledger:new")).context
        assert [e.record_type.key for e in context["recent"]] == ["lecture"]
        context = client.get(reverse("ledger:new"), {"q": "研讨会"}).context
        assert [e.record_type.key for one in context["lists"] for e in one.editions] == ["forum"]

    def test_a_plan_item_in_the_address_reaches_the_form(self, client, clerk, city, lecture):
        heading = Heading.objects.create(organisation=city, year=2025, number="3", title="办讲座")
        page = client.get(reverse("ledger:new"), {"heading": heading.pk}).content.decode()
        url = f"/ledger/new/lecture/?heading={heading.pk}"
        assert f'href="{url}"' in page
        assert client.get(url).context["form"]["heading"].value() == str(heading.pk)

    def test_an_unknown_type(self, client, clerk):
        assert client.get("/ledger/new/ghost/").status_code == 404


def test_options_for_comboboxes(client, city, county):
    stranger = factories.organisation(code="stranger")
    client.force_login(factories.account(city))
    url = reverse("ledger:organisations")
    assert [o["value"] for o in client.get(url).json()["options"]] == ["city", "qinglan"]
    assert [o["value"] for o in client.get(url, {"q": "青岚"}).json()["options"]] == ["qinglan"]
    found = client.get(url, {"scope": "all", "q": stranger.code}).json()["options"]
    assert found == [{"value": "stranger", "text": stranger.name, "hint": "stranger"}]


def test_enter_in_the_search_takes_the_first_type_found(client, county, lecture):
    client.force_login(factories.account(county))
    answer = client.get("/ledger/new/", {"q": "讲座", "first": "1", "happened_on": "2025-05-01"})
    assert answer.url == "/ledger/new/lecture/?happened_on=2025-05-01"
    found = client.get("/ledger/new/", {"q": "讲座", "first": "1"}, headers={"hx-request": "true"})
    assert found.headers["HX-Redirect"] == "/ledger/new/lecture/"
    assert client.get("/ledger/new/", {"q": "没有这种事", "first": "1"}).status_code == 200
