"""The first page after signing in: a secretary on the phone, a leader, the office."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Page, expect

from sheke.ledger.confirming.queries import confirmed
from sheke.ledger.evidence.actions import attach_file
from sheke.ledger.models import Record
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()


@pytest.fixture
def city():
    return factories.organisation(kind="federation", name="云川市社科联", code="city")


@pytest.fixture
def society(city):
    return factories.organisation(city, name="云川市历史学会", code="history")


@pytest.fixture
def lecture():
    return factories.lecture_type()


def picture() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (800, 600), "#5b7a99").save(file, "JPEG")
    return file.getvalue()


def test_a_record_from_the_phone_in_three_fields(
    phone: Page, signed_in, society, lecture, accessible
) -> None:
    phone.set_default_navigation_timeout(30_000)  # every template is compiled now
    signed_in(phone, factories.account(society))
    accessible(phone)
    form = phone.locator("#quick")
    form.get_by_label("标题").fill("老城方言小史")
    form.get_by_label("参加人次").fill("很多")
    photo = {"name": "现场.jpg", "mimeType": "image/jpeg", "buffer": picture()}
    phone.set_input_files("#quick [data-dropzone-target=camera]", [photo])
    expect(form.locator(".file img")).to_be_visible()
    form.get_by_role("button", name="入账").click()
    expect(form.get_by_text("“很多”不是数字。")).to_be_visible()
    form.get_by_label("参加人次").fill("45")
    form.get_by_role("button", name="入账").click()
    expect(form.get_by_text("已入账：老城方言小史")).to_be_visible()
    expect(form.get_by_label("标题")).to_have_value("")
    record = Record.objects.get()
    assert record.amounts == {"attendance": "45"}
    assert record.evidence.get().name == "现场.jpg"
    accessible(phone)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390

    # The same again is asked about, then posted all the same
    form.get_by_label("标题").fill("老城方言小史")
    form.get_by_role("button", name="入账").click()
    expect(form.get_by_text("是不是已经记过")).to_be_visible()
    form.get_by_role("button", name="仍要入账").click()
    expect(form.get_by_text("已入账：老城方言小史")).to_be_visible()
    assert Record.objects.count() == 2
    phone.reload()
    expect(phone.locator(".year tbody")).to_contain_text("2")


def test_a_leader_goes_from_a_figure_down_to_the_photo(
    page: Page, signed_in, city, society, lecture, accessible
) -> None:
    factories.indicator()
    record = factories.record(
        lecture, society, title="老城方言小史", happened_on=timezone.localdate()
    )
    attach_file(record=record, file=ContentFile(picture()), name="现场.jpg", by=None)
    signed_in(page, factories.account(city, "leader"))
    expect(page.locator(".map")).to_contain_text("社会组织")
    tile = page.locator(".tile[data-name]")
    tile.hover()
    assert "历史学会" in (tile.get_attribute("data-name") or "")
    accessible(page)
    page.locator(".figure__value a").first.click()
    drawer = page.locator("#drawer")
    drawer.get_by_role("link", name="老城方言小史").click()
    expect(drawer.locator(".evidence img")).to_be_visible()
    page.goto("/")
    page.get_by_role("link", name=str(date.today().year - 1), exact=True).click()
    expect(page.locator("#coverage")).to_be_visible()
    expect(page.locator(".map")).to_contain_text("0/1")


def test_the_office_confirms_from_the_first_page(
    page: Page, signed_in, city, society, lecture, accessible
) -> None:
    factories.record(lecture, society, title="老城方言小史", happened_on=timezone.localdate())
    signed_in(page, factories.account(city, "staff"))
    accessible(page)
    page.get_by_role("link", name="云川市历史学会", exact=True).click()
    expect(page.locator("tbody tr")).to_contain_text("老城方言小史")
    page.locator("[data-checks-target=one]").check()
    page.locator("[data-checks-target=bar]").click()
    expect(page.get_by_text("没有待确认的记录").first).to_be_visible()
    assert confirmed(Record.objects.all()).count() == 1
    page.goto("/")
    expect(page.locator("[aria-labelledby=waiting]")).to_contain_text("没有待确认")
    page.get_by_role("link", name="下一周").click()
    expect(page.locator("#week").get_by_role("link", name="今天")).to_be_visible()
