"""A clerk records a morning's work: at the desk with the keyboard, then on the phone with a photo."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Page, expect

from sheke.core.tables import write_xlsx
from sheke.ledger.actions import post_record
from sheke.ledger.content import Draft
from sheke.ledger.models import Record
from tests import factories

from .filling import choose

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def city():
    return factories.organisation(kind="federation", name="云川市社科联", code="city")


@pytest.fixture
def county(city):
    return factories.organisation(city, name="青岚区社科联", code="qinglan")


@pytest.fixture
def clerk(city, county):
    return factories.account(city, "staff")


@pytest.fixture
def lecture():
    return factories.lecture_type()


def photo() -> dict[str, object]:
    file = io.BytesIO()
    Image.new("RGB", (800, 600), "#5b7a99").save(file, "JPEG")
    return {"name": "现场.jpg", "mimeType": "image/jpeg", "buffer": file.getvalue()}


def test_at_the_desk(page: Page, signed_in, clerk, county, lecture, accessible):
    signed_in(page, clerk, "/ledger/")
    expect(page.get_by_text("还没有记录")).to_be_visible()
    page.keyboard.press("n")
    expect(page.get_by_role("heading", name="做了什么？")).to_be_visible()
    page.keyboard.type("讲座")
    page.keyboard.press("Enter")
    expect(page.get_by_label("标题")).to_be_focused()
    accessible(page)

    # The first record: keyboard only, a co-host, a photo
    expect(page.get_by_label("标题")).to_be_focused()
    page.keyboard.type("宋词里的江南")
    page.get_by_label("参加人次").fill("1,200")
    choose(page, "联办单位", "青岚", "青岚区社科联")
    expect(page.locator(".chip", has_text="青岚区社科联")).to_be_visible()
    page.set_input_files("[data-dropzone-target=input]", [photo()])
    expect(page.locator(".file", has_text="现场.jpg")).to_be_visible()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("已入账：宋词里的江南")).to_be_visible()

    # The next one: the title is waiting; a title that looks alike is pointed out while typing
    expect(page.get_by_label("标题")).to_be_focused()
    page.keyboard.type("“宋词里的江南”")
    expect(page.locator("#duplicates")).to_contain_text("是不是已经记过")
    page.get_by_label("标题").fill("古籍修复体验")
    expect(page.locator("#duplicates")).not_to_contain_text("是不是已经记过")
    page.get_by_label("参加人次").fill("很多")
    page.get_by_role("button", name="入账", exact=True).click()
    expect(page.get_by_label("参加人次")).to_be_focused()
    expect(page.get_by_text("“很多”不是数字。")).to_be_visible()
    expect(page.get_by_label("标题")).to_have_value("古籍修复体验")
    page.get_by_label("参加人次").fill("30")
    page.get_by_role("button", name="入账", exact=True).click()
    expect(page.get_by_role("heading", name="古籍修复体验")).to_be_visible()
    accessible(page)

    # The list adds up; a filter narrows it without reloading
    page.goto("/ledger/?type=lecture")
    expect(page.locator("tfoot")).to_contain_text("1,230")
    page.get_by_role("searchbox").first.fill("宋词")
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.locator("tfoot")).to_contain_text("1,200")
    assert "text=" in page.url
    accessible(page)
    page.get_by_role("link", name="宋词里的江南").click()
    expect(page.locator("#drawer img")).to_be_visible()
    first = Record.objects.get(title="宋词里的江南")
    assert first.amounts == {"attendance": "1200"}
    assert [p.organisation for p in first.participations.all()] == [county]
    assert first.evidence.get().name == "现场.jpg"


def test_revising_shows_what_changes(page: Page, signed_in, clerk, city, lecture, accessible):
    draft = Draft(
        edition=lecture, organisation=city, happened_on=timezone.localdate() - timedelta(days=3),
        title="宋词里的江南", amounts={"attendance": 1200},
    )  # fmt: skip
    record = post_record(draft=draft, by=clerk)
    signed_in(page, clerk, f"/ledger/{record.pk}/")
    page.keyboard.press("e")
    page.get_by_label("参加人次").fill("900")
    expect(page.locator("#difference ins")).to_have_text("900 人次")
    page.get_by_label("理由").fill("按签到表核对")
    accessible(page)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("按签到表核对")).to_be_visible()
    expect(page.locator("ins")).to_have_text("900 人次")
    page.get_by_role("button", name="冲销").click()
    dialog = page.locator("dialog[open]")
    dialog.get_by_label("理由").fill("重复填报")
    dialog.get_by_role("button", name="冲销").click()
    expect(page.get_by_text("不再计入任何统计")).to_be_visible()
    assert not Record.objects.standing().exists()


def test_on_the_phone_with_a_photo(phone: Page, signed_in, clerk, lecture, accessible):
    signed_in(phone, clerk, "/ledger/new/lecture/")
    phone.get_by_label("标题").fill("社区讲座")
    phone.get_by_label("参加人次").fill("45")
    expect(phone.get_by_role("button", name="拍照")).to_be_visible()
    phone.set_input_files("[data-dropzone-target=camera]", [photo()])
    expect(phone.locator(".file img")).to_be_visible()
    accessible(phone)
    phone.get_by_role("button", name="入账", exact=True).click()
    expect(phone.get_by_role("heading", name="社区讲座")).to_be_visible()
    expect(phone.locator(".evidence img")).to_be_visible()
    width = phone.evaluate("document.documentElement.scrollWidth")
    assert width <= 390
    phone.goto("/ledger/")
    expect(phone.locator("tbody tr")).to_contain_text("社区讲座")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


def table(*rows: list[object]) -> dict[str, object]:
    headings = ["标题", "日期", "单位", "参加人次（人次）", "级别"]
    return {
        "name": "讲座.xlsx", "buffer": write_xlsx(headings, rows),
        "mimeType": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    }  # fmt: skip


def test_many_at_once_from_a_table(page: Page, signed_in, clerk, lecture, accessible):
    signed_in(page, clerk, "/ledger/imports/?type=lecture")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="下载填报表").click()
    assert waiting.value.suggested_filename == "讲座.xlsx"
    accessible(page)
    page.get_by_label("表格（xlsx 或 csv）").set_input_files(
        [table(["讲座甲", "2025-05-10", "青岚区社科联", 30, "市级"], ["", "昨天", None, 5, "省级"])]
    )
    page.get_by_role("button", name="核对表格").click()
    expect(page.get_by_role("alert")).to_contain_text("有 3 处问题，未入账")
    expect(page.locator("tbody")).to_contain_text("“昨天”不是日期")
    accessible(page)
    with page.expect_download() as waiting:
        page.get_by_role("link", name="下载标注问题的表格").click()
    assert waiting.value.suggested_filename.endswith(".xlsx")
    assert not Record.objects.exists()

    page.get_by_role("link", name="重新上传").click()
    page.get_by_label("表格（xlsx 或 csv）").set_input_files(
        [
            table(
                ["讲座甲", "2025-05-10", "青岚区社科联", 30, "市级"],
                ["讲座乙", "2025-05-11", None, 5, None],
            )
        ]
    )
    page.get_by_role("button", name="核对表格").click()
    page.get_by_role("button", name="2 条入账").click()
    expect(page.get_by_text("已入账 2 条。")).to_be_visible()
    page.get_by_role("link", name="查看").click()
    expect(page.locator("tfoot")).to_contain_text("35")


def test_closing_a_period(page: Page, signed_in, clerk, city, lecture, accessible):
    signed_in(page, clerk, "/ledger/closings/")
    accessible(page)
    page.keyboard.press("n")
    dialog = page.locator("dialog[open]")
    dialog.get_by_label("开始日期").fill("2025-01-01")
    dialog.get_by_label("结束日期").fill("2025-03-31")
    accessible(page)
    dialog.get_by_role("button", name="确定关账").click()
    page.get_by_role("link", name="2025-01-01").click()
    expect(page.get_by_text("没有改动，与关账时一致。")).to_be_visible()

    page.goto("/ledger/new/lecture/?happened_on=2025-02-01")
    page.get_by_label("标题").fill("补记的讲座")
    page.get_by_role("button", name="入账", exact=True).click()
    page.get_by_label("理由").fill("材料后补")
    page.get_by_role("button", name="入账", exact=True).click()
    expect(page.get_by_text("关账后有改动")).to_be_visible()
