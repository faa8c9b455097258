"""Applying: a form that loses nothing, a consent by link, sending, the receipt; on a phone, in two tabs."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from sheke.calls.actions import submissions
from sheke.calls.models import Agreement, Step, Submission
from sheke.calls.steps import locked, take_step
from tests import factories
from tests.calls import factories as calls

from .conftest import until
from .filling import choose

pytestmark = pytest.mark.django_db(transaction=True)

MORE = {
    "name": {"zh": "其他", "en": "More"},
    "fields": [
        {"key": "merit", "name": {"zh": "创新之处"}, "kind": "rich", "limit": 100, "required": False},
        {"key": "fresh", "name": {"zh": "首次申报"}, "kind": "boolean"},
        {"key": "forms", "name": {"zh": "成果形式"}, "kind": "choices", "choices": [
            {"key": "paper", "name": {"zh": "论文"}}, {"key": "report", "name": {"zh": "报告"}}]},
        {"key": "until", "name": {"zh": "完成日期"}, "kind": "date"},
        {"key": "partners", "name": {"zh": "合作单位"}, "kind": "organisations", "required": False},
    ],
}  # fmt: skip
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
SAVED = re.compile("已保存 ")


@pytest.fixture
def world(db):
    class World:
        city = factories.organisation(kind="federation", code="city", name="云川市社科联")
        society = factories.organisation(city, code="A", name="历史学会")
        partner = factories.organisation(city, code="B", name="档案学会")
        edition = calls.programme(sections=[*calls.GRANT["sections"], MORE])
        call = calls.call(edition, city, title="2026年度课题申报", topics=("乡村治理", "文旅融合"))
        me = factories.account(society, "member")

    return World


def status(page: Page):
    return page.locator(".applying__status")


def title_of(draft: Submission) -> str:
    return Submission.objects.get(pk=draft.pk).values["title"]


def draft_of(world) -> Submission:
    return submissions.begin_submission(call=world.call, by=world.me)


def test_from_the_call_to_the_receipt(
    world, page: Page, browser, live_server, signed_in, accessible
) -> None:
    signed_in(page, world.me, "/calls/find/")
    page.get_by_role("link", name="2026年度课题申报").click()
    accessible(page)
    page.get_by_role("button", name="开始申报").click()
    fill_in(page)
    accessible(page)
    until(page, lambda: {"groundwork", "partners"} <= set(Submission.objects.get().values))
    draft = Submission.objects.get()
    assert draft.values["groundwork"] == [
        {"work": "县志研究", "year": "2020"},
        {"work": "方志", "year": "2021"},
    ]
    assert draft.values["merit"] == "<p>角度<strong>新</strong></p>"
    assert draft.values["partners"] == [{"id": world.partner.pk, "name": "档案学会"}]
    page.get_by_role("button", name="下一步：人员").click()
    name_people(page)
    accessible(page)
    link = page.get_by_label("链接", exact=True).input_value()
    agree(browser, live_server, link, accessible)
    page.get_by_role("link", name="核对并提交", exact=False).last.click()
    accessible(page)
    expect(page.get_by_text("内容齐全")).to_be_visible()
    page.get_by_role("link", name="评审专家所见").last.click()
    accessible(page)
    page.get_by_role("link", name="核对并提交", exact=False).last.click()
    page.get_by_role("button", name="提交", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="提交", exact=True).click()
    expect(page.locator("h1")).to_contain_text("申报回执")
    draft.refresh_from_db()
    expect(page.get_by_text(draft.sent.digest)).to_be_visible()
    accessible(page)
    page.goto("/calls/mine/")
    expect(page.get_by_role("link", name="县域公共服务均衡研究")).to_be_visible()


def fill_in(page: Page) -> None:
    """Every kind of field."""
    page.get_by_label("课题名称", exact=True).fill("县域公共服务均衡研究")
    page.get_by_label("经济学").check()
    page.get_by_label("一般课题").check()
    choose(page, "选题", "文旅", "文旅融合")
    page.get_by_label("摘要", exact=True).fill("讨论县域公共服务。")
    expect(page.locator("#line-summary [data-count]")).to_contain_text("9")
    cell = page.get_by_label("成果 1", exact=True)
    cell.evaluate("""box => {
      const data = new DataTransfer();
      data.setData("text/plain", "县志研究\\t2020\\n方志\\t2021\\n");
      box.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
    }""")
    expect(page.get_by_label("年份 2", exact=True)).to_have_value("2021")
    editor = page.get_by_role("textbox", name="创新之处")
    editor.click()
    editor.press_sequentially("角度")
    page.get_by_role("button", name="加粗").click()
    editor.press_sequentially("新")
    page.locator("#line-fresh").get_by_label("是", exact=True).check()
    page.get_by_label("报告").check()
    page.get_by_label("完成日期").fill("2027-06-30")
    choose(page, "查找单位并加入", "档案", "档案学会")
    expect(page.get_by_label("合作单位", exact=False).last).to_have_value("档案学会")
    page.set_input_files(
        "input[name=u-proposal]", {"name": "活页.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    expect(page.get_by_role("link", name="活页.pdf")).to_be_visible()
    expect(status(page)).to_have_text(SAVED)


def name_people(page: Page) -> None:
    page.locator("section[aria-labelledby=lead] .list__main a").click()
    particulars(page)
    page.get_by_role("link", name="添加课题组成员").click()
    page.get_by_label("姓名").fill("李四")
    page.get_by_label("工作单位", exact=False).fill("乙大学")
    particulars(page)
    page.get_by_role("button", name="生成链接").click()
    expect(page.get_by_text("只显示这一次")).to_be_visible()


def particulars(page: Page) -> None:
    page.get_by_label("性别").select_option("male")
    page.get_by_label("出生日期").fill("1985-03-01")
    page.get_by_label("职称").fill("教授")
    page.get_by_label("学位").fill("博士")
    page.get_by_label("电话").fill("13800000000")
    page.get_by_label("邮箱").fill("a@example.org")
    page.get_by_role("button", name="保存", exact=True).click()


def agree(browser, live_server, link: str, accessible) -> None:
    """As somebody without an account, on another machine."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN")
    page = context.new_page()
    page.goto(link)
    expect(page.get_by_text("李四 · 乙大学")).to_be_visible()
    assert "13800000000" not in page.content()
    accessible(page)
    page.get_by_label("我同意").check()
    page.get_by_role("button", name="提交答复").click()
    expect(page.get_by_text("已记下您的答复：同意")).to_be_visible()
    page.goto(link)
    expect(page.get_by_text("这个链接已经失效")).to_be_visible()
    context.close()
    assert Agreement.objects.get().agreed


def test_two_tabs_lose_nothing(world, context, page: Page, signed_in) -> None:
    draft = draft_of(world)
    signed_in(page, world.me, f"/calls/mine/{draft.pk}/form/")
    other = context.new_page()
    other.goto(f"/calls/mine/{draft.pk}/form/")
    page.get_by_label("课题名称", exact=True).fill("第一个题目")
    expect(status(page)).to_have_text(SAVED)
    other.get_by_label("关键词", exact=False).fill("方志")  # another field: no conflict
    expect(other.locator("#line-title [data-elsewhere]")).to_be_visible()
    other.get_by_label("课题名称", exact=True).fill("第二个题目")
    panel = other.locator("#line-title [data-conflict]")
    expect(panel).to_contain_text("第一个题目")
    draft.refresh_from_db()
    assert draft.values["title"] == "第一个题目"
    assert draft.values["keywords"] == "方志"
    panel.get_by_role("button", name="保留我在这里填的").click()
    expect(panel).to_have_count(0)
    expect(status(other)).to_have_text(SAVED)
    until(other, lambda: title_of(draft) == "第二个题目")
    page.get_by_label("课题名称", exact=True).fill("第三个题目")
    page.get_by_role("button", name="采用另一份").click()
    expect(page.get_by_label("课题名称", exact=True)).to_have_value("第二个题目")


def test_what_a_closed_browser_could_not_save_comes_back(
    world, context, page: Page, signed_in
) -> None:
    draft = draft_of(world)
    signed_in(page, world.me, f"/calls/mine/{draft.pk}/form/")
    context.set_offline(True)
    page.get_by_label("课题名称", exact=True).fill("断网时写的题目")
    expect(status(page)).to_contain_text("暂存在本机")
    page.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto(f"/calls/mine/{draft.pk}/form/")
    expect(again.get_by_label("课题名称", exact=True)).to_have_value("断网时写的题目")
    until(again, lambda: title_of(draft) == "断网时写的题目")


def test_a_form_on_a_phone(world, phone: Page, signed_in, accessible) -> None:
    draft = draft_of(world)
    signed_in(phone, world.me, f"/calls/mine/{draft.pk}/form/")
    phone.get_by_label("课题名称", exact=True).fill("手机上写的题目")
    expect(status(phone)).to_have_text(SAVED)
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    accessible(phone)


@pytest.mark.parametrize("name", ["people", "check", "preview"])
def test_the_other_steps_on_a_phone(world, phone: Page, signed_in, accessible, name: str) -> None:
    draft = draft_of(world)
    signed_in(phone, world.me, f"/calls/mine/{draft.pk}/{name}/")
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    accessible(phone)


def test_the_form_works_without_scripts(world, browser, live_server, signed_in) -> None:
    draft = draft_of(world)
    context = browser.new_context(
        base_url=live_server.url, java_script_enabled=False, locale="zh-CN"
    )
    form = f"/calls/mine/{draft.pk}/form/"
    page = signed_in(context.new_page(), world.me, form, scripts=False)
    page.get_by_label("课题名称", exact=True).fill("没有脚本")
    page.get_by_label("成果 1", exact=True).fill("旧作")
    page.get_by_label("创新之处", exact=False).fill("第一段\n\n第二段")
    page.get_by_label("合作单位", exact=False).fill("档案学会")
    page.set_input_files(
        "input[name=u-proposal]", {"name": "活页.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_role("link", name="活页.pdf")).to_be_visible()
    context.close()
    draft.refresh_from_db()
    assert draft.values["title"] == "没有脚本"
    assert draft.values["groundwork"] == [{"work": "旧作"}]
    assert draft.values["merit"] == "<p>第一段</p><p>第二段</p>"
    assert draft.values["partners"][0]["id"] == world.partner.pk


def test_a_correction_shows_the_reason_and_opens_one_field(
    world, page: Page, signed_in, accessible
) -> None:

    made = calls.submission(world.call, world.society, by=world.me, stage="check")
    take_step(Step.Act.RETURNED, call=world.call, by=None, submission=locked(made), reason="题目太大",
              fields={"title": "请缩小"}, due=timezone.localdate().isoformat())  # fmt: skip
    signed_in(page, world.me, f"/calls/mine/{made.pk}/form/")
    expect(page.get_by_text("题目太大")).to_be_visible()
    expect(page.get_by_text("请缩小")).to_be_visible()
    expect(page.locator("[name^=f-]")).to_have_count(1)
    page.get_by_label("课题名称", exact=True).fill("小一些的题目")
    expect(status(page)).to_have_text(SAVED)
    accessible(page)
