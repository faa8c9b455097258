"""A sitting of a panel: the office prepares and runs it, two members vote on their own phones and desks."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import docx
import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from sheke.calls.models import Absence, Ballot, Panel, Step, Submission, Vote
from tests import factories
from tests.calls import factories as calls
from tests.calls import panels

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(db):
    class World:
        city = factories.organisation(kind="federation", code="city", name="云川市社科联")
        staff = factories.account(city, "staff")
        call = calls.call(
            calls.programme(), city, title="2026年度课题", ended=panels.BEFORE, begun=("panel",)
        )
        first = panels.at_panel(call, values={"title": "县域公共服务研究"})
        second = panels.at_panel(call, values={"title": "古镇保护研究"})
        members = [
            factories.account(factories.organisation(name=name), "member")
            for name in ("历史学会", "经济学会")
        ]

    return World


def own_page(browser: Browser, live_server, **options) -> Page:
    context = browser.new_context(base_url=live_server.url, locale="zh-CN",
                                  reduced_motion="reduce", **options)  # fmt: skip
    context.set_default_timeout(20_000)
    return context.new_page()


def prepare(page: Page, world) -> Panel:
    """The office makes the sitting, names two members and a chair, and puts both on the agenda."""
    page.get_by_role("link", name="评审会议").click()
    page.get_by_role("link", name="新建会议").click()
    page.get_by_label("时间").fill("2026-11-20T09:00")
    page.get_by_label("地点").fill("三楼会议室")
    page.get_by_role("button", name="保存").click()
    for account in world.members:
        name = account.person.name
        box = page.locator("input[role=combobox]")
        box.fill(name)
        page.get_by_role("option", name=name).first.click()
        expect(box).to_have_value(re.compile(name))
        page.get_by_role("button", name="添加").click()
        expect(page.locator("#members")).to_contain_text(name)
    page.get_by_role("button", name="设为主持人").first.click()
    page.get_by_role("button", name="2项全部列入议程").click()
    expect(page.locator("#agenda .calls-rank")).to_have_count(2)
    page.get_by_role("button", name="邀请").click()
    page.get_by_role("dialog").get_by_role("button", name="邀请").click()
    expect(page.get_by_text("已通知2名委员")).to_be_visible()
    return Panel.objects.get()


def vote(page: Page, option: str) -> None:
    page.get_by_text(option, exact=True).click()
    page.get_by_role("button", name="投票", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="投票").click()
    expect(page.get_by_text("系统任何地方都不保存您投了什么")).to_be_visible()


def test_from_the_agenda_to_the_end_of_the_stage(
    world, page: Page, browser, live_server, signed_in: Callable[..., Page], accessible
) -> None:
    signed_in(page, world.staff, f"/calls/{world.call.pk}/office/")
    panel = prepare(page, world)
    accessible(page)
    desk = own_page(browser, live_server, viewport={"width": 1280, "height": 860})
    phone = own_page(browser, live_server, viewport={"width": 390, "height": 844},
                     has_touch=True, is_mobile=True)  # fmt: skip
    signed_in(desk, world.members[0], "/calls/panels/")
    signed_in(phone, world.members[1], "/calls/panels/")

    # The second member leaves the room for the second item and finds it no more.
    for one in (desk, phone):
        one.get_by_role("link", name=panel.title).click()
    phone.get_by_role("link", name="古镇保护研究").click()
    address = phone.url
    phone.get_by_role("button", name="我要回避").click()
    phone.get_by_label("理由").fill("与负责人是师生")
    phone.get_by_role("button", name="声明回避").click()
    expect(phone.get_by_text("该议题您须回避")).to_be_visible()
    assert phone.goto(address).status == 404
    assert Absence.objects.get().declared

    # The office ticks who is there and opens a ballot; both see it without loading anew.
    desk.get_by_role("link", name="县域公共服务研究").click()
    phone.goto(f"/calls/panels/{panel.pk}/")
    phone.get_by_role("link", name="县域公共服务研究").click()
    page.get_by_role("link", name="主持表决").click()
    for account in world.members:
        page.get_by_role("button", name=account.person.name).click()
        expect(page.get_by_role("button", name=account.person.name)).to_have_attribute(
            "aria-pressed", "true"
        )
    accessible(page)
    page.get_by_role("button", name="表决：同意与否").first.click()
    expect(page.get_by_text("2人中已投0人")).to_be_visible()
    expect(desk.get_by_role("group", name="您的表决意见")).to_be_visible()
    accessible(desk)
    vote(desk, "同意")
    expect(page.get_by_text("2人中已投1人")).to_be_visible()
    expect(page.get_by_text("同意 1")).to_have_count(0)
    vote(phone, "同意")
    page.get_by_role("button", name="结束表决并计票").click()
    expect(page.get_by_text("通过", exact=True)).to_be_visible()
    expect(phone.get_by_text("通过", exact=True)).to_be_visible()

    # The second item: one of one votes no.
    page.get_by_role("button", name="表决：同意与否").last.click()
    desk.get_by_role("link", name="下一项").click()
    vote(desk, "不同意")
    page.get_by_role("button", name="结束表决并计票").click()
    expect(page.get_by_text("未通过", exact=True)).to_be_visible()
    assert Vote.objects.count() == 3 and Ballot.objects.filter(closed_at=None).count() == 0

    minutes(page, panel, accessible)
    end(page, world)
    for one in (desk, phone):
        one.context.close()


def minutes(page: Page, panel: Panel, accessible) -> None:
    """Written with autosave, exported, closed."""
    page.get_by_role("link", name="纪要").click()
    page.get_by_label("会议情况").fill("会议由评审委员会主任主持。")
    expect(page.get_by_role("status").filter(has_text="已保存")).to_be_visible()
    accessible(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Word 文件").click()
    word = docx.Document(io.BytesIO(download.value.path().read_bytes()))
    text = "\n".join(each.text for each in word.paragraphs)
    assert "会议由评审委员会主任主持。" in text and "回避：" in text and "通过1项" in text
    page.get_by_role("button", name="纪要定稿").click()
    page.get_by_role("dialog").get_by_role("button", name="纪要定稿").click()
    expect(page.get_by_text("纪要已定稿").first).to_be_visible()


def end(page: Page, world) -> None:
    """The office ends the stage: what was carried goes on, the other is refused."""
    phase = world.call.phases.get(stage="panel")
    page.goto(f"/calls/phases/{phase.pk}/ending/")
    page.locator("main").get_by_role("button").last.click()
    expect(page).to_have_url(f"{page.url.split('/calls/')[0]}/calls/{world.call.pk}/office/")
    world.first.refresh_from_db()
    world.second.refresh_from_db()
    assert (world.first.stage, world.first.state) == ("notice", Submission.State.IN)
    assert world.second.state == Submission.State.REFUSED
    assert world.call.steps.filter(act=Step.Act.VOTED).count() == 2


def test_two_who_write_the_minutes_see_both_texts(
    world, page: Page, signed_in: Callable[..., Page]
) -> None:
    made = panels.sitting_in(world.call, world.staff)
    signed_in(page, world.staff, f"/calls/panels/{made.pk}/minutes/")
    other = Client()
    other.force_login(world.staff)
    url = f"/calls/panels/{made.pk}/minutes/"
    seen = other.get(url).context["revision"]
    other.post(
        url, {"text": "另一位同事写的", "revision": seen}, headers={"Accept": "application/json"}
    )
    page.get_by_label("会议情况").fill("我写的")
    expect(page.get_by_text("另一位同事写的")).to_be_visible()
    page.get_by_role("button", name="保留我的").click()
    expect(page.get_by_role("status").filter(has_text="已保存")).to_be_visible()
    made.refresh_from_db()
    assert made.notes == "我写的"
