"""Signing in, choosing for whom one acts, and what the frame of every page does."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from sheke.directory.models import Tenure
from sheke.site.demo.people import PASSWORD
from tests import factories


@pytest.fixture
def member(live_server):
    federation = factories.organisation(name="云川市社会科学界联合会", short_name="云川市社科联")
    society = factories.organisation(federation, name="云川市历史学会")
    account = factories.account(federation, username="lin")
    Tenure.objects.create(person=account.person, organisation=society, role="secretary")
    return account


def test_a_person_signs_in_and_out(page: Page, member) -> None:
    page.goto("/password/")
    expect(page).to_have_url(re.compile(r"/sign-in/\?next=/password/$"))
    page.get_by_label("用户名").fill("lin")
    page.get_by_label("密码", exact=True).fill("wrong")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("对不上")

    page.get_by_label("密码", exact=True).fill("secret-pass")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("修改密码")

    page.get_by_role("button", name=str(member)).click()
    page.get_by_role("button", name="退出").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("登录")


def test_the_organisation_one_acts_for_is_changed_by_keyboard(
    page: Page, member, signed_in
) -> None:
    signed_in(page, member)
    switcher = page.get_by_role("button", name="云川市社科联")
    switcher.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("云川市历史学会")
    expect(page.get_by_role("button", name="云川市历史学会").first).to_be_visible()


def test_the_theme_is_kept(page: Page, member, signed_in) -> None:
    signed_in(page, member)
    page.get_by_role("button", name=str(member)).click()
    page.get_by_role("button", name="深色").click()
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_english_is_one_click_away(page: Page, live_server) -> None:
    page.goto("/sign-in/")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_the_keys_of_a_page_are_listed(page: Page, member, signed_in) -> None:
    signed_in(page, member, "/password/")
    page.get_by_role("heading", level=1).click()  # out of the field that has the focus
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("工作台")
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("h")
    expect(page).to_have_title("工作台 · 社科")


def test_the_phone_has_its_places_below(phone: Page, member, signed_in) -> None:
    signed_in(phone, member)
    places = phone.get_by_role("navigation", name="常用")
    expect(places).to_be_visible()
    phone.get_by_role("button", name="更多").tap()
    expect(phone.get_by_role("link", name="工作台").first).to_be_visible()
    expect(phone.get_by_role("button", name=str(member))).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everyone_can_use_the_first_pages(
    page: Page, member, signed_in, accessible, settings, scheme: str
) -> None:
    settings.DEMO = True
    page.emulate_media(color_scheme=scheme)
    page.goto("/sign-in/")
    accessible(page)
    signed_in(page, member)
    accessible(page)


def test_a_demonstration_is_entered_with_one_click(page: Page, live_server, settings) -> None:
    settings.DEMO = True
    account = factories.account(factories.organisation(), username="kezhang")
    account.set_password(PASSWORD)
    account.save()
    page.goto("/sign-in/")
    page.get_by_role("button", name="kezhang").click()
    expect(page).to_have_title("工作台 · 社科")
