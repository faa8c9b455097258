"""From proposals to a verified certificate: the office proposes and publishes, somebody objects, the
office answers, decides and prints; the applicant fetches, anybody verifies.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from sheke.calls.models import Award, Certificate, PublicNotice
from tests import factories
from tests.calls.deciding import made

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(db):
    class World:
        city = factories.organisation(kind="federation", code="city", name="云川市社科联")
        office = factories.account(city, "staff")
        call = made.waiting_call(4, organisation=city, title="优秀成果奖")
        winner = factories.account(made.there(call)[0].organisation, "secretary")

    return World


def confirmed(page: Page, name: str) -> None:
    """Press the button in the dialogue that asks."""
    page.locator("dialog[open]").get_by_role("button", name=name, exact=True).click()


def test_from_the_proposal_to_the_certificate(
    world, page: Page, phone: Page, signed_in, accessible
):
    call = world.call
    first, second, third, _fourth = made.there(call)

    # the office proposes
    signed_in(page, world.office, f"/calls/{call.pk}/office/")
    page.get_by_role("link", name="拟定名单").click()
    page.locator(f"[name=level-{first.pk}]").select_option(label="一等奖")
    for one in (second, third):
        page.locator(f"[name=level-{one.pk}]").select_option(label="二等奖")
    page.get_by_role("button", name="保存拟定").click()
    expect(page.get_by_text("3项拟定已更改")).to_be_visible()
    expect(page.locator(f"[name=amount-{first.pk}]")).to_have_value("10000")
    accessible(page)

    # and publishes
    page.get_by_role("link", name="公示", exact=True).click()
    accessible(page)
    page.get_by_role("button", name="发布").click()
    confirmed(page, "发布")
    expect(page.get_by_text("公示时间").first).to_be_visible()
    notice = PublicNotice.objects.get()

    # somebody objects on the phone, without an account
    phone.goto(f"/calls/notices/{notice.pk}/")
    expect(phone.get_by_text(third.title)).to_be_visible()
    accessible(phone)
    phone.get_by_role("link", name="提出异议").click()
    phone.get_by_label("针对哪一项").select_option(value="3")
    phone.get_by_label("姓名").fill("林知远")
    phone.get_by_label("电话或邮箱").fill("0591-87654321")
    phone.get_by_label("异议内容和理由").fill("与已发表论文重复。")
    accessible(phone)
    phone.get_by_role("button", name="提交异议").click()
    expect(phone.get_by_role("heading", name="已收到您的异议")).to_be_visible()
    reference = phone.url

    # the office answers; the submission is taken out
    page.get_by_role("link", name="异议", exact=True).first.click()
    page.locator("[name=upheld][value=yes]").check()
    page.get_by_label("核查结果和理由").fill("经核对，主要内容已于去年发表。")
    accessible(page)
    page.get_by_role("button", name="答复").click()
    expect(page.get_by_text("已答复")).to_be_visible()
    phone.goto(reference)
    expect(phone.get_by_text("主要内容已于去年发表")).to_be_visible()

    # the days pass
    today = timezone.localdate()
    PublicNotice.objects.update(
        opens_on=today - timedelta(days=9), closes_on=today - timedelta(days=1)
    )
    page.goto(f"/calls/phases/{made.phase(call, 'notice').pk}/ending/")
    page.get_by_role("button", name="结束本环节").click()
    page.locator("form[action$='/beginning/'] button").click()

    # the office decides
    page.goto(f"/calls/{call.pk}/deciding/")
    page.get_by_role("button", name="作出决定").click()
    confirmed(page, "作出决定")
    expect(page.get_by_text("已作出决定：2项入选")).to_be_visible()
    assert [a.level for a in Award.objects.order_by("serial")] == ["first", "second"]
    phone.goto(f"/calls/results/{call.pk}/")
    expect(phone.get_by_text(first.title)).to_be_visible()
    expect(phone.get_by_text(third.title)).to_have_count(0)
    accessible(phone)

    # and prints
    page.goto(f"/calls/{call.pk}/certificates/")
    page.get_by_role("button", name="颁发2份证书").click()
    expect(page.get_by_text("已颁发2份证书")).to_be_visible()
    accessible(page)
    certificate = Certificate.objects.get(award__submission=first)

    # the applicant's organisation fetches it, and anybody verifies it
    signed_in(page, world.winner, f"/calls/submissions/{first.pk}/")
    with page.expect_download() as fetched:
        page.get_by_role("link", name="下载证书").click()
    assert fetched.value.suggested_filename.startswith(certificate.number)
    phone.goto("/certificates/")
    phone.get_by_label("核验码").fill(certificate.code.lower())
    phone.get_by_role("button", name="查").click()
    expect(phone.get_by_text("证书真实有效")).to_be_visible()
    expect(phone.get_by_text(certificate.number)).to_be_visible()
    accessible(phone)
