"""Quick entry: a record in two or three fields, by the ledger's own form."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sheke.ledger.actions import close_period
from sheke.ledger.models import Record
from tests import factories

URL = "/workbench/quick/"


@pytest.fixture
def secretary(society, lecture):
    return factories.account(society)


@pytest.fixture
def browser(client: Client, secretary) -> Client:
    client.force_login(secretary)
    return client


def entry(society, **more: str) -> dict[str, str]:
    return {
        "type": "lecture", "title": "老城方言小史", "happened_on": f"{timezone.localdate()}",
        "organisation": society.code, "part-attendance": "45",
    } | more  # fmt: skip


def test_two_fields_and_it_is_posted(browser, secretary, society) -> None:
    answer = browser.post(URL, entry(society), headers={"hx-request": "true"})
    record = Record.objects.get()
    assert (record.title, record.amounts, record.posted_by) == (
        "老城方言小史", {"attendance": "45"}, secretary,
    )  # fmt: skip
    page = answer.content.decode()
    assert reverse("ledger:record", args=[record.pk]) in page
    assert 'value="老城方言小史"' not in page  # the next, empty form


def test_without_scripts_one_comes_back_to_the_workbench(browser, society) -> None:
    assert browser.post(URL, entry(society)).headers["Location"] == "/"


def test_what_is_wrong_stands_in_place(browser, society) -> None:
    answer = browser.post(URL, entry(society, **{"part-attendance": "很多"}))
    assert answer.status_code == 422
    assert "“很多”不是数字。" in answer.content.decode()
    assert browser.post(URL, entry(society, title="")).status_code == 422
    assert not Record.objects.exists()


def test_a_likely_duplicate_is_asked_about(browser, society) -> None:
    browser.post(URL, entry(society))
    answer = browser.post(URL, entry(society, title="老城方言小史。"))
    assert answer.status_code == 422
    assert "是不是已经记过" in answer.content.decode()
    browser.post(URL, entry(society, title="老城方言小史。", confirmed="1"))
    assert Record.objects.count() == 2


def test_a_closed_period_asks_for_a_reason(browser, society) -> None:
    today = timezone.localdate()
    close_period(
        organisation=society, first_day=date(today.year - 1, 1, 1),
        last_day=date(today.year - 1, 12, 31), by=None,
    )  # fmt: skip
    late = entry(society, happened_on=f"{today.year - 1}-05-01")
    answer = browser.post(URL, late)
    assert answer.status_code == 422
    assert 'name="reason"' in answer.content.decode()
    browser.post(URL, late | {"reason": "材料后补"})
    assert Record.objects.exists()


def test_another_organisation_is_refused(browser, federation, society) -> None:
    stranger = factories.organisation(federation)
    assert browser.post(URL, entry(society, organisation=stranger.code)).status_code == 422
    assert not Record.objects.exists()


def test_the_type_used_last_comes_first(browser, secretary, society) -> None:
    talk = factories.definition("record_type", factories.LECTURE | {"key": "talk"})
    assert browser.get(URL).context["entry"].edition.definition.key == "lecture"
    factories.record(talk, society, by=secretary)
    shown = browser.get(URL).context["entry"]
    assert shown.edition == talk
    assert [len(members) for _name, members in shown.types] == [1, 1]
    kept = browser.get(URL, {"type": "lecture", "title": "写到一半"}).content.decode()
    assert 'value="写到一半"' in kept


def test_only_what_is_needed_is_asked(browser, society) -> None:
    measures = [
        {"key": key, "name": {"zh": key}, "unit": {"zh": "个"}, "required": key == "d"}
        for key in "abcd"
    ]
    fields = [
        {"key": "must", "name": {"zh": "必填"}, "kind": "text", "required": True},
        {"key": "may", "name": {"zh": "可填"}, "kind": "text"},
    ]
    data = factories.LECTURE | {"key": "wide", "measures": measures, "fields": fields}
    factories.definition("record_type", data)
    shown = browser.get(URL, {"type": "wide"}).context["entry"]
    assert [bound.name for bound, _measure in shown.amounts()] == ["part-a", "part-d"]
    assert [bound.name for bound in shown.particulars()] == ["part-must"]


def test_without_a_type_one_is_led_to_the_ledger(client: Client, society) -> None:
    client.force_login(factories.account(society))
    assert client.get(URL).headers["Location"] == reverse("ledger:new")
