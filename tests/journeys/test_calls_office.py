"""A call from its opening to the check: the office opens it, an organisation recommends, the office judges."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from sheke.calls.models import Call, Submission
from tests import factories
from tests.calls import factories as calling

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(db):
    class World:
        city = factories.organisation(kind="federation", code="city", name="云川市社科联")
        unit = factories.organisation(city, code="A", name="东湖学院", kind="university_federation")
        programme = calling.programme()
        staff = factories.account(city, "staff")
        secretary = factories.account(unit)

    return World


def test_from_the_opening_to_the_check(world, context, page: Page, signed_in, accessible) -> None:
    signed_in(page, world.staff, "/calls/")
    page.get_by_role("link", name=re.compile("发起申报")).first.click()
    page.get_by_role("link", name="课题立项").click()
    page.locator("#id_title").fill("2026年度课题")
    now = timezone.localtime()
    page.locator("#id_opens_at").fill(f"{now - timedelta(hours=1):%Y-%m-%dT%H:%M}")
    page.locator("#id_topics").fill("A-01 县域治理\nA-02 文旅融合")
    accessible(page)
    page.get_by_role("button", name="建立申报").click()
    expect(page.locator("h1")).to_have_text("2026年度课题")
    expect(page.get_by_text("选题指南：2个选题")).to_be_visible()
    page.get_by_role("button", name="发布", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="发布").click()
    expect(page.get_by_text("已发布，并通知了各单位").first).to_be_visible()
    accessible(page)

    call = Call.objects.get()
    titles = ["河湖治理研究", "古镇文旅研究", "乡村学校研究"]
    for title in titles:
        calling.submission(call, world.unit, values={"title": title}, stage="recommend")
    page.reload()
    page.get_by_role("button", name="开始", exact=True).click()
    expect(page.get_by_text("“单位推荐”已开始")).to_be_visible()

    signed_in(page, world.secretary, "/calls/")
    page.get_by_role("link", name="2026年度课题").first.click()
    for title in titles[:2]:
        row = page.get_by_role("listitem").filter(has_text=title)
        row.get_by_role("button", name="推荐", exact=True).click()
        page.get_by_role("dialog").get_by_label(re.compile("理由|原因")).fill("基础扎实")
        page.get_by_role("dialog").get_by_role("button", name="推荐", exact=True).click()
        expect(page.get_by_text(re.compile("已推荐，位次第")).first).to_be_visible()
    expect(page.get_by_text("名额已用完")).to_be_visible()
    accessible(page)
    page.get_by_label("古镇文旅研究的位次").fill("1")
    page.get_by_label("河湖治理研究的位次").fill("2")
    page.get_by_role("button", name="保存顺序").click()
    expect(page.locator(".calls-rank").first).to_contain_text("古镇文旅研究")

    signed_in(page, world.staff, f"/calls/{call.pk}/office/")
    page.get_by_role("listitem").filter(
        has=page.get_by_role("heading", name="单位推荐")
    ).get_by_role("link", name="结束").click()
    expect(page.get_by_text("没有推荐；环节结束时记为未通过")).to_be_visible()
    page.get_by_role("button", name="结束本环节").click()
    page.get_by_role("button", name="开始", exact=True).click()
    page.get_by_role("link", name="去审查").click()
    page.get_by_role("link", name="古镇文旅研究").click()
    accessible(page)
    page.get_by_role("button", name="退回修改").click()
    page.get_by_label("需要修改的内容").fill("摘要里有单位名称")
    page.get_by_role("button", name="退回", exact=True).click()
    expect(page.get_by_text("已退回，并通知了申报人").first).to_be_visible()
    page.goto(f"/calls/{call.pk}/submissions/?stage=check&state=in")
    page.locator("input[name=submission]").first.check()
    page.get_by_role("button", name="通过", exact=True).click()
    expect(page.get_by_text("1项通过").first).to_be_visible()
    states = dict(Submission.objects.values_list("title", "state"))
    assert states == {"河湖治理研究": "in", "古镇文旅研究": "back", "乡村学校研究": "refused"}
