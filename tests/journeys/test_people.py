"""A board changes, a person takes their data away, and a person is erased."""

from __future__ import annotations

import json
import zipfile
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from sheke.directory.models import Erasure, Person, Tenure, Term
from tests import factories


@pytest.fixture
def society(live_server):
    federation = factories.organisation(
        name="云川市社会科学界联合会", short_name="云川市社科联", kind="federation"
    )
    return factories.organisation(federation, name="云川市历史学会", code="S1")


@pytest.fixture
def admin(society):
    return factories.account(society.parent, "administrator", username="guanli")


@pytest.fixture
def board(society):
    for name, role, post in (("王会长", "leader", "会长"), ("刘秘书", "secretary", "秘书长")):
        person = Person.objects.create(name=name, phone="13800001234")
        Tenure.objects.create(
            person=person, organisation=society, role=role, post=post, since=date(2021, 3, 1)
        )


def test_a_board_is_changed_looked_at_and_taken_back(
    page: Page, society, admin, board, signed_in, accessible
) -> None:
    signed_in(page, admin, "/organisations/at/S1/")
    page.get_by_role("link", name="历届班子").click()
    page.get_by_role("link", name="换届").click()
    page.get_by_label("新一届开始日期").fill("2026-03-01")
    page.get_by_label("届次").fill("第三届")
    leaving = page.get_by_role("row", name="王会长")
    leaving.get_by_role("checkbox").check()
    page.get_by_role("row", name="刘秘书").get_by_label("职务").fill("会长")
    page.get_by_role("row", name="刘秘书").get_by_label("角色").select_option("leader")
    newcomer = page.get_by_role("row").filter(has=page.get_by_placeholder("或新人员姓名")).first
    newcomer.get_by_placeholder("或新人员姓名").fill("陈新")
    newcomer.get_by_label("职务").fill("秘书长")
    newcomer.get_by_label("角色").select_option("secretary")
    page.get_by_role("button", name="核对").click()
    preview = page.get_by_role("region", name="将要发生的变动")
    expect(preview).to_contain_text("陈新")
    expect(preview).to_contain_text("2026-02-28离任")
    assert not Term.objects.exists()
    accessible(page)
    page.get_by_role("button", name="办理换届").click()
    expect(page.get_by_role("heading", name="第三届")).to_be_visible()
    expect(page.get_by_role("heading", name="此前")).to_be_visible()
    accessible(page)
    page.get_by_role("button", name="撤回").click()
    page.get_by_role("dialog").get_by_role("button", name="撤回").click()
    expect(page.get_by_role("heading", name="现任班子")).to_be_visible()
    assert not Tenure.objects.filter(person__name="陈新").exists()


def test_a_person_takes_their_data_and_says_what_to_show(
    page: Page, phone: Page, society, signed_in, accessible, tmp_path
) -> None:
    account = factories.account(society, "secretary")
    signed_in(page, account, "/organisations/me/")
    with page.expect_download() as download:
        page.get_by_role("link", name="全部下载").click()
    file = tmp_path / "data.zip"
    download.value.save_as(file)
    with zipfile.ZipFile(file) as packed:
        told = json.loads(packed.read("data.json"))
    assert told["held"]["directory.person"][0]["name"] == account.person.name
    page.get_by_label("电话").select_option("federation")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("status")).to_contain_text("已保存")
    expect(page.get_by_label("电话")).to_have_value("federation")
    accessible(page)
    signed_in(phone, account, "/organisations/me/")
    expect(phone.get_by_role("heading", level=1)).to_have_text("我的数据")


def test_a_person_is_erased_after_typing_the_name(
    page: Page, society, admin, board, signed_in, accessible
) -> None:
    person = Person.objects.get(name="刘秘书")
    factories.record(factories.lecture_type(), society, title="刘秘书讲方志")
    signed_in(page, admin, f"/organisations/people/{person.pk}/")
    page.get_by_role("link", name="删除个人信息…").click()
    expect(page.get_by_role("link", name="刘秘书讲方志")).to_be_visible()
    accessible(page)
    page.get_by_label("理由").fill("本人申请")
    page.get_by_label("请输入该人员姓名以确认").fill("刘秘")
    page.get_by_role("button", name="永久删除").click()
    expect(page.get_by_text("姓名不一致")).to_be_visible()
    page.get_by_label("请输入该人员姓名以确认").fill("刘秘书")
    page.get_by_role("button", name="永久删除").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"已删除的人员 #{person.pk}")
    expect(page.get_by_text("曾提到姓名的文字")).to_be_visible()
    assert Erasure.objects.get().by == admin
