"""A project from the contract to its certificate: the office signs and pays, the lead reports on the
phone and asks for more time, the office rules, the closing review ends it.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from sheke.calls.models import Certificate, Posting, Project
from tests import factories
from tests.calls.projects import made

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(db):
    class World:
        city = factories.organisation(kind="federation", code="city", name="云川市社科联")
        unit = factories.organisation(city, name="历史学会")
        office, lead = factories.account(city, "staff"), factories.account(unit, "member")

    call = made.deciding_call(of=World.city, title="年度课题")
    World.project = made.project(call, by=World.lead, unit=World.unit)
    return World


def test_from_the_contract_to_the_certificate(
    world, page: Page, phone: Page, signed_in, accessible
):
    project = world.project

    # the office finds the project, writes down the contract and the first instalment
    signed_in(page, world.office, "/calls/projects/")
    accessible(page)
    page.get_by_role("link", name=project.title).click()
    accessible(page)
    contract = {"name": "合同.pdf", "mimeType": "application/pdf", "buffer": made.PDF}
    page.get_by_label("已签合同").set_input_files(contract)
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.get_by_text("合同已登记")).to_be_visible()
    expect(page.get_by_label("金额", exact=False)).to_have_value("1.5")
    page.get_by_label("金额", exact=False).fill("9")
    page.get_by_role("button", name="登记这笔拨款").click()
    expect(page.get_by_text("超过经费余额3万元")).to_be_visible()
    expect(page.get_by_label("金额", exact=False)).to_have_value("9")
    page.get_by_label("金额", exact=False).fill("1.5")
    page.get_by_role("button", name="登记这笔拨款").click()
    expect(page.get_by_text("已登记拨款1.5")).to_be_visible()

    # the lead hands in the mid-term report on the phone and asks for more time
    signed_in(phone, world.lead, "/calls/mine/projects/")
    phone.get_by_role("link", name=project.title).click()
    accessible(phone)
    phone.get_by_role("link", name="提交“中期检查”").click()
    phone.get_by_label("报告").fill("已完成问卷调查，经费使用过半。")
    report = {"name": "中期报告.pdf", "mimeType": "application/pdf", "buffer": made.PDF}
    phone.get_by_label("附件").set_input_files(report)
    accessible(phone)
    phone.get_by_role("button", name="提交", exact=True).click()
    expect(phone.get_by_text("已提交，并通知了主办单位")).to_be_visible()
    phone.get_by_role("link", name="申请变更").click()
    until = project.ends_on + timedelta(days=60)
    phone.get_by_label("变更事项").select_option(label="延期")
    phone.get_by_label("延期至").fill(until.isoformat())
    expect(phone.get_by_label("新的课题名称")).to_be_hidden()
    phone.get_by_label("变更内容和原因").fill("县区调研推迟。")
    phone.get_by_role("button", name="提交申请").click()
    expect(phone.get_by_text("已提交申请")).to_be_visible()

    # the office accepts and grants
    page.goto(f"/calls/projects/{project.pk}/")
    expect(page.get_by_text("县区调研推迟").first).to_be_visible()
    accessible(page)
    page.get_by_role("button", name="通过", exact=True).click()
    expect(page.get_by_text("已通过，并通知了负责人")).to_be_visible()
    page.get_by_role("button", name="批准", exact=True).click()
    expect(page.get_by_text("已批准，并通知了负责人")).to_be_visible()
    assert Project.objects.get().ends_on == until

    # the lead records a work and hands in the closing report
    phone.goto(f"/calls/mine/projects/{project.pk}/")
    phone.get_by_label("成果类别").select_option(label="论文")
    phone.get_by_label("成果名称").fill("县域公共服务均衡研究")
    phone.get_by_label("级别").select_option(label="市级")
    phone.get_by_role("button", name="登记成果").click()
    expect(phone.get_by_text("成果已登记")).to_be_visible()
    phone.get_by_role("link", name="提交“结项”").click()
    phone.get_by_label("报告").fill("研究全部完成。")
    phone.get_by_role("button", name="提交", exact=True).click()

    # the office sends it back once, then closes with a result
    page.reload()
    page.get_by_role("button", name="退回").click()
    page.get_by_label("需要修改的内容").fill("请补充查重报告。")
    page.locator("dialog[open]").get_by_role("button", name="退回").click()
    expect(page.get_by_text("已退回，并通知了负责人")).to_be_visible()
    phone.goto(f"/calls/mine/projects/{project.pk}/")
    expect(phone.get_by_text("请补充查重报告").first).to_be_visible()
    phone.get_by_role("link", name="提交“结项”").click()
    phone.get_by_label("报告").fill("研究全部完成，已附查重报告。")
    phone.get_by_role("button", name="提交", exact=True).click()
    page.reload()
    expect(page.get_by_role("button", name="查重")).to_be_visible()
    page.get_by_label("优秀").check()
    page.get_by_label("文字重复率").fill("7.5")
    accessible(page)
    page.get_by_role("button", name="通过并结项").click()
    page.locator("dialog[open]").get_by_role("button", name="办理结项").click()
    expect(page.get_by_text("课题已结项：台账已登记")).to_be_visible()
    accessible(page)
    assert Project.objects.get().closing.closed_on == timezone.localdate()
    assert Posting.objects.count() == 2

    # the lead fetches the certificate
    phone.goto(f"/calls/mine/projects/{project.pk}/")
    accessible(phone)
    with phone.expect_download() as fetched:
        phone.get_by_role("link", name="下载结项证书").click()
    assert fetched.value.suggested_filename.startswith(Certificate.objects.get().number)
