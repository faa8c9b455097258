"""Somebody is mentioned, sees the bell and comes to the page; and chooses how to be told."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from sheke.notices.actions import tell
from sheke.notices.models import Choice, Preference
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def city(live_server):
    return factories.organisation(kind="federation", name="云川市社科联", code="city")


def named(of, role, name):
    account = factories.account(of, role)
    account.person.name, account.person.email = name, "someone@example.org"
    account.person.save()
    return account


def test_a_mention_leads_to_the_page(page: Page, signed_in, city, accessible):
    society = factories.organisation(city, name="历史学会", code="history")
    office, secretary = named(city, "staff", "方远"), named(society, "secretary", "李诗")
    record = factories.record(factories.lecture_type(), society, title="地方史讲座")

    signed_in(page, office, f"/ledger/{record.pk}/")
    box = page.get_by_label("我的留言")
    box.click()
    page.keyboard.type("请看 @李")
    option = page.get_by_role("option", name=re.compile("李诗"))
    expect(option).to_contain_text("历史学会")
    page.keyboard.press("Enter")
    expect(box).to_have_value("请看 @李诗 ")
    page.keyboard.type("请补一张照片")
    page.get_by_role("button", name="发送").click()
    expect(page.get_by_text("请看 @李诗 请补一张照片")).to_be_visible()
    expect(box).to_have_value("")
    accessible(page)

    signed_in(page, secretary, "/plans/")
    bell = page.get_by_role("link", name=re.compile("通知")).first
    expect(bell).to_contain_text("1")
    bell.click()
    expect(page.get_by_role("heading", name="通知", exact=True)).to_be_visible()
    accessible(page)
    page.get_by_role("button", name=re.compile("方远在“地方史讲座”提到您")).click()
    expect(page).to_have_url(re.compile(rf"/ledger/{record.pk}/#comment-\d+$"))
    expect(page.get_by_text("请看 @李诗 请补一张照片")).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("通知")).first).not_to_contain_text("1")


def test_the_inbox_on_the_phone(phone: Page, signed_in, city):
    office = named(city, "staff", "方远")
    for number in range(2):
        tell(
            kind="notices.reply", to=[office], by=None, url="/ledger/",
            who="李诗", subject=f"讲座{number}", text="好的",
        )  # fmt: skip
    signed_in(phone, office, "/notices/calendar/")
    bell = phone.get_by_role("banner").get_by_role("link", name="通知")
    expect(bell).to_contain_text("2")
    bell.click()
    phone.get_by_role("button", name="标为已读", exact=True).first.click()
    expect(phone.get_by_text("1 条通知")).to_be_visible()
    expect(phone.locator("#bell-top")).to_contain_text("1")
    phone.get_by_role("button", name="全部标为已读").click()
    expect(phone.get_by_text("没有未读通知")).to_be_visible()
    expect(phone.locator("#bell-top")).to_have_text("")


def test_choosing_how_to_be_told(page: Page, signed_in, city, settings, accessible):
    settings.MAIL_READY = True
    office = named(city, "staff", "方远")
    signed_in(page, office, "/notices/")
    page.get_by_role("link", name="通知方式").click()
    page.get_by_label("有人提到我").select_option(label="每日汇总")
    page.get_by_label("汇总时间").fill("17:30")
    accessible(page)
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("已保存，对今后的通知有效。")).to_be_visible()
    assert Choice.objects.get(account=office, kind="notices.mention").pace == "daily"
    assert Preference.objects.get(account=office).digest_at.isoformat() == "17:30:00"


def test_a_calendar_link_is_read_without_a_session(page: Page, signed_in, city, live_server):
    signed_in(page, named(city, "staff", "方远"), "/notices/calendar/")
    page.get_by_role("button", name="我的期限").click()
    link = page.locator(".secret-link").inner_text()
    answer = Client().get(link.removeprefix(live_server.url))
    assert answer.content.startswith(b"BEGIN:VCALENDAR")
