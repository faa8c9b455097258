"""Coming in by an invitation, second factors, passkeys, sessions: on a phone and at a desk."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import Page, expect

from sheke.accounts.actions import invite
from sheke.accounts.models import Invitation
from tests import factories
from tests.accounts.test_factors import totp

PASSWORD = "qingyang-2025"


@pytest.fixture
def society(live_server):
    federation = factories.organisation(name="云川市社会科学界联合会", short_name="云川市社科联")
    return factories.organisation(federation, name="云川市历史学会")


@pytest.fixture
def lin(society):
    return factories.account(society, username="lin")


def sign_in(page: Page, username: str, password: str) -> None:
    page.goto("/sign-in/")
    page.get_by_label("用户名").fill(username)
    page.get_by_label("密码", exact=True).fill(password)
    page.keyboard.press("Enter")


def secret(page: Page) -> str:
    return page.locator(".secret").inner_text().replace(" ", "")


def test_from_the_invitation_to_the_other_session(page: Page, phone: Page, lin, signed_in) -> None:
    page.set_default_navigation_timeout(30_000)  # the browser's very first page may be slow
    signed_in(page, lin, "/accounts/invitations/")
    page.get_by_role("link", name="邀请同事").first.click()
    page.get_by_label("姓名").fill("周新")
    page.get_by_label("电话").fill("139 0000 1111")
    page.get_by_role("button", name="生成邀请").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("已邀请周新")
    link = page.get_by_label("链接").input_value()

    phone.goto(link)
    expect(phone.get_by_role("heading", level=1)).to_have_text("云川市历史学会")
    expect(phone.get_by_text(f"{lin}邀请周新")).to_be_visible()
    expect(phone.get_by_label("电话")).to_have_value("139 0000 1111")
    phone.get_by_label("用户名").fill("zhouxin")
    phone.get_by_label("密码", exact=True).fill(PASSWORD)
    phone.get_by_role("button", name="接受并开始使用").tap()
    expect(phone).to_have_title("工作台 · 社科")

    phone.goto("/accounts/security/")
    phone.get_by_role("link", name="设置验证器").tap()
    key = secret(phone)
    phone.get_by_label("六位数字").fill(totp(key))
    phone.get_by_role("button", name="设置验证器").tap()
    expect(phone.locator(".codes li")).to_have_count(10)
    code = phone.locator(".codes li").first.inner_text()
    phone.get_by_role("link", name="我已保存好").tap()

    page.context.clear_cookies()
    sign_in(page, "13900001111", PASSWORD)
    expect(page.get_by_role("heading", level=1)).to_have_text("第二重验证")
    page.get_by_label("验证器的数字").fill("000000")
    page.keyboard.press("Enter")
    expect(page.get_by_label("验证器的数字")).to_have_attribute("aria-invalid", "true")
    page.get_by_label("验证器的数字").fill(totp(key, 1))
    page.keyboard.press("Enter")
    expect(page).to_have_title("工作台 · 社科")

    page.context.clear_cookies()
    sign_in(page, "zhouxin", PASSWORD)
    page.get_by_label("验证器的数字").fill(code)
    page.keyboard.press("Enter")
    expect(page).to_have_title("工作台 · 社科")
    page.goto("/accounts/security/")
    expect(page.get_by_text("还剩9个")).to_be_visible()
    page.get_by_role("button", name="退出其他设备").click()
    page.get_by_role("button", name="全部退出").click()
    expect(page.get_by_text("本机", exact=True)).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text("已退出2台设备")
    phone.goto("/")
    expect(phone).to_have_url(re.compile("/sign-in/"))
    assert Invitation.objects.with_state().get().state == "accepted"


def key_in(page: Page) -> None:
    """A passkey in the device that answers by itself."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
        "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
    }})  # fmt: skip


def test_a_passkey_signs_in_alone(page: Page, live_server, lin, accessible) -> None:
    base = live_server.url.replace("127.0.0.1", "localhost")
    page.goto(f"{base}/sign-in/")
    key_in(page)
    page.get_by_label("用户名").fill("lin")
    page.get_by_label("密码", exact=True).fill("secret-pass")
    page.keyboard.press("Enter")
    expect(page).to_have_title("工作台 · 社科")
    page.goto(f"{base}/accounts/keys/new/")
    accessible(page)
    page.get_by_label("密钥名称").fill("办公室电脑")
    page.get_by_role("button", name="添加密钥").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("恢复码")
    page.goto(f"{base}/accounts/security/")
    expect(page.get_by_text("办公室电脑")).to_be_visible()
    assert Authenticator.objects.get(type="webauthn").wrap().is_passwordless

    page.context.clear_cookies()
    page.goto(f"{base}/sign-in/?next=/accounts/security/")
    page.get_by_role("button", name="用通行密钥登录").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("我的账号")
    assert set(lin.sign_ins.values_list("method", flat=True)) == {"password", "passkey"}

    page.context.clear_cookies()
    page.goto(f"{base}/sign-in/")
    page.get_by_label("用户名").fill("lin")
    page.get_by_label("密码", exact=True).fill("secret-pass")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="用通行密钥或安全密钥").click()
    expect(page).to_have_title("工作台 · 社科")


def test_a_device_without_a_key_says_so(page: Page, live_server, problems) -> None:
    page.goto(live_server.url.replace("127.0.0.1", "localhost") + "/sign-in/")
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
        "hasUserVerification": True, "isUserVerified": False, "automaticPresenceSimulation": True,
    }})  # fmt: skip
    page.get_by_role("button", name="用通行密钥登录").click()
    expect(page.get_by_text("设备没有给出密钥")).to_be_visible()
    expect(page.get_by_role("button", name="用通行密钥登录")).to_be_enabled()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everyone_can_use_the_pages_of_accounts(
    page: Page, society, lin, signed_in, accessible, settings, scheme: str
) -> None:
    settings.MAIL_READY = True
    page.emulate_media(color_scheme=scheme)
    _invitation, token = invite(organisation=society, role="member", name="周新", by=lin)
    for path in ("/accounts/forgotten/", f"/accounts/invitations/open/{token}/", "/sign-in/"):
        page.goto(path)
        accessible(page)
    for path in ("/accounts/security/", "/accounts/invitations/", "/accounts/again/",
                 "/accounts/invitations/new/", "/password/"):  # fmt: skip
        signed_in(page, lin, path)
        accessible(page)
