"""An office makes an indicator of its own, sees its value at once, and reads what is behind it."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from sheke.definitions.loading import load_pack
from sheke.definitions.packs import pack_folder, read_pack
from sheke.definitions.queries import current_edition
from sheke.directory.models import Organisation
from tests import factories

from .filling import choose

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def city() -> Organisation:
    load_pack(pack=read_pack(pack_folder("federation")))
    city = factories.organisation(code="YC", name="云川市社科联", kind="federation")
    county = factories.organisation(city, code="QL", name="青岚区社科联", kind="county_federation")
    lecture = current_edition("record_type", "lecture")
    day = date(timezone.localdate().year, 1, 9)
    for people, audience in ((40, "students"), (60, "rural"), (80, "rural")):
        factories.record(
            lecture, county, happened_on=day, title=f"乡村课堂{people}",
            amounts={"people": people}, attributes={"audience": audience},
        )  # fmt: skip
    return city


def test_an_indicator_of_ones_own(page: Page, signed_in, accessible, city):
    signed_in(page, factories.account(city, role="administrator"), "/definitions/")
    page.keyboard.press("n")
    expect(page).to_have_url(re.compile("/definitions/indicators/new/"))
    preview = page.locator("#preview")

    choose(page, "记录类型", "社科讲座")
    expect(preview).to_contain_text("3场")

    page.get_by_text("数量合计").click()
    page.get_by_label("哪个数量").select_option("people")
    expect(preview).to_contain_text("180")

    page.get_by_role("button", name="添加条件").click()
    page.get_by_role("combobox", name="字段").select_option("audience")
    page.get_by_role("combobox", name="值", exact=True).select_option("rural")
    expect(preview).to_contain_text("140")
    accessible(page)

    page.get_by_label("中文名称").fill("乡村讲座听众")
    page.get_by_label("量词", exact=True).fill("人次")
    page.get_by_label("分组").select_option("popularisation")
    page.get_by_role("button", name="发布", exact=True).click()
    expect(page.get_by_text("不能为空")).to_be_visible()  # the definition in words is required

    page.get_by_label("统计口径（中文）").fill("对象为农村群众的讲座现场人次，以讲座当日为准。")
    page.get_by_role("button", name="发布", exact=True).click()
    expect(page.get_by_role("heading", name="乡村讲座听众")).to_be_visible()
    accessible(page)

    page.get_by_role("link", name="数值").click()
    expect(page.locator(".figures")).to_contain_text("140")
    expect(page.locator("#records-page")).to_contain_text("乡村课堂80")
    expect(page.locator("#records-page")).not_to_contain_text("乡村课堂40")
    accessible(page)


def test_from_the_dashboard_to_the_records(page: Page, signed_in, accessible, city):
    signed_in(page, factories.account(city), "/indicators/")
    row = page.get_by_role("row", name=re.compile("举办社科讲座"))
    expect(row).to_contain_text("3")
    accessible(page)
    row.get_by_role("link", name=re.compile("3")).click()
    drawer = page.locator("#drawer-body")
    expect(drawer).to_contain_text("乡村课堂60")
    drawer.get_by_role("link", name="乡村课堂60").click()
    expect(drawer).to_contain_text("青岚区社科联")


def test_a_new_edition_is_compared_with_the_old(page: Page, signed_in, accessible, city):
    account = factories.account(city, role="administrator")
    signed_in(page, account, "/definitions/indicators/lectures/edit/")
    expect(page.locator("#preview")).to_contain_text("3场")
    page.get_by_label("量词", exact=True).fill("次")
    expect(page.locator("#preview")).to_contain_text("3次")
    page.get_by_label("改了什么、为什么改").fill("按年报口径改量词")
    page.get_by_role("button", name="发布为新版本").click()
    page.get_by_role("button", name="比较").click()
    expect(page.locator("del")).to_have_text("场")
    expect(page.locator("ins")).to_have_text("次")
    accessible(page)
    page.go_back()
    expect(page.get_by_role("row", name=re.compile("第2版"))).to_contain_text("按年报口径改量词")
