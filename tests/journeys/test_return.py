"""From asking to the table: the office opens, a secretary breaks a rule, mends it, is sent back, accepted."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from sheke.returns.models import Asked, Draft, Return
from tests import factories
from tests.returns.conftest import FORM

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(db):
    class World:
        city = factories.organisation(kind="federation", code="city", name="云川市社科联")
        a = factories.organisation(city, code="A", name="历史学会")
        b = factories.organisation(city, code="B", name="哲学学会")
        lecture = factories.lecture_type()
        indicator = factories.indicator("lectures_held")
        form = factories.definition("return_form", FORM)
        staff = factories.account(city, "staff")
        secretary = factories.account(a)

    return World


def test_from_asking_to_the_table(world, context, page: Page, signed_in, accessible) -> None:
    signed_in(page, world.staff, "/returns/")
    page.get_by_role("link", name=re.compile("发起报送")).first.click()
    page.get_by_role("link", name="学会月报").click()
    expect(page.get_by_label("社会组织", exact=True)).to_be_checked()
    page.locator("#id_due_on").fill((timezone.localdate() + timedelta(days=5)).isoformat())
    page.get_by_role("button", name="发起并通知各单位").click()
    expect(page.locator("h1")).to_contain_text("学会月报")
    accessible(page)
    asked = Asked.objects.get(organisation=world.a)

    signed_in(page, world.secretary, "/returns/")
    page.get_by_role("link", name=re.compile("学会月报")).click()
    expect(page.get_by_label("讲座", exact=True)).to_have_value("0")  # the ledger's own count
    page.get_by_label("听众", exact=True).fill("30")
    page.locator("#q-men").fill("10")
    expect(page.get_by_role("status").first).to_contain_text("已保存")
    assert Draft.objects.get(asked=asked).values["people"] == "30"
    expect(page.get_by_text("男女之和应等于合计")).to_be_visible()
    page.get_by_label("本期无可报事项").check()
    page.get_by_role("button", name="报送", exact=True).first.click()
    expect(page.get_by_text("还没有报送")).to_be_visible()
    accessible(page)
    page.locator("#q-women").fill("20")
    page.get_by_role("button", name="报送", exact=True).first.click()
    expect(page.get_by_text("已报送").first).to_be_visible()
    assert asked.answers.count() == 1

    signed_in(page, world.staff, f"/returns/answers/{asked.pk}/")
    page.get_by_role("button", name="退回").click()
    page.locator("#back-reason").fill("请补充小结")
    page.get_by_role("dialog").get_by_role("button", name="退回").click()
    expect(page.get_by_text("已退回，并已通知该单位。")).to_be_visible()

    signed_in(page, world.secretary, f"/returns/answers/{asked.pk}/")
    expect(page.get_by_text("请补充小结").first).to_be_visible()
    page.get_by_label(re.compile("^小结")).fill("办讲座一场，听众踊跃。")
    page.get_by_role("button", name="报送", exact=True).first.click()
    expect(page.locator(".timeline li")).to_have_count(2)

    signed_in(page, world.staff, f"/returns/{Return.objects.get().pk}/")
    page.get_by_role("checkbox", name="选择 历史学会").check()
    page.get_by_role("button", name=re.compile("验收所选")).click()
    expect(page.locator("tfoot")).to_contain_text("30")
    expect(page.get_by_role("row", name=re.compile("历史学会"))).to_contain_text("已验收")
    page.goto("/returns/overview/")
    expect(page.get_by_role("row", name=re.compile("历史学会"))).to_contain_text("100%")
    accessible(page)


def test_two_windows_do_not_overwrite_each_other(world, context, page: Page, signed_in) -> None:
    today = timezone.localdate()
    from tests.returns.conftest import opened

    opened(world, span=(today, today), due_on=today)
    asked = Asked.objects.get(organisation=world.a)
    signed_in(page, world.secretary, f"/returns/answers/{asked.pk}/")
    other = context.new_page()
    other.goto(f"/returns/answers/{asked.pk}/")
    page.get_by_label("听众", exact=True).fill("30")
    expect(page.get_by_role("status").first).to_contain_text("已保存 ")
    other.get_by_label("听众", exact=True).fill("99")
    expect(other.get_by_role("status").first).to_contain_text("另一窗口")
    assert Draft.objects.get(asked=asked).values["people"] == "30"
