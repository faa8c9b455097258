"""A secretary brings the year's work points, corrects the tree, gives duties, confirms targets."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from sheke.plans.models import Duty, Plan, Target
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = """云川市社科联2025年工作要点
今年工作的总要求是：服务大局。
一、抓研究
1. 立项课题。面向全市征集选题。年底前全部结项。
2. 办好年会。
二、抓普及
3. 办好讲坛。全年举办讲座10场。
4. 编印读本。
"""


@pytest.fixture
def city(db):
    city = factories.organisation(name="云川市社科联", kind="federation")
    factories.organisation(city, name="科普科", kind="office")
    factories.lecture_type()
    factories.indicator(synonyms=["讲座"], verbs=["举办"])
    return city


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "工作要点.txt"
    path.write_text(TEXT, encoding="gb18030")
    return path


def titles(page: Page) -> list[str]:
    """The rows as level, number and title."""
    return page.locator(".plan-tree__row").evaluate_all(
        """rows => rows.map(row => row.ariaLevel + " " + row.querySelector(".tree__number").textContent
             + row.querySelector(".plan-tree__title").firstChild.textContent.trim())"""
    )


def node(page: Page, title: str):
    own = page.locator(".plan-tree__title", has_text=title)
    return page.locator(".plan-tree__row", has=own)


@contextmanager
def replaced(page: Page) -> Iterator[None]:
    """Wait until the answer has taken the place of the editor."""
    page.eval_on_selector("#plan-editor", "editor => { editor.dataset.old = 'yes'; }")
    yield
    page.wait_for_selector("#plan-editor:not([data-old])")


def press(page: Page, title: str, key: str) -> None:
    """Press a key on an item of the tree."""
    node(page, title).focus()
    with replaced(page):
        page.keyboard.press(key)


def test_from_the_document_to_duties_and_targets(page, signed_in, accessible, city, document):
    account = factories.account(city)
    signed_in(page, account, "/plans/")
    accessible(page)
    page.get_by_role("link", name="导入文件").click()
    page.locator("input[type=file]").set_input_files(document)
    expect(page.locator(".plan-preview")).to_contain_text("办好讲坛")
    expect(page.locator("#preview")).to_contain_text("2 章")
    accessible(page)
    page.get_by_role("button", name="保存要点").click()

    page.wait_for_url("**/tree/")
    accessible(page)
    assert len(titles(page)) == 6
    # By keyboard: down, in, out, merge, and everything taken back.
    press(page, "立项课题", "Alt+ArrowDown")
    assert titles(page)[1:3] == ["2 2.办好年会", "2 1.立项课题"]
    press(page, "立项课题", "Alt+ArrowRight")
    assert titles(page)[2] == "3 1.立项课题"
    press(page, "立项课题", "Alt+ArrowLeft")
    assert titles(page)[2] == "2 1.立项课题"
    expect(node(page, "立项课题")).to_be_focused()
    press(page, "编印读本", "m")
    assert len(titles(page)) == 5
    for _ in range(4):
        with replaced(page):
            page.keyboard.press("Control+z")
    assert [t[2:] for t in titles(page)[1:3]] == ["1.立项课题", "2.办好年会"]
    with replaced(page):
        page.keyboard.press("Control+y")
    assert titles(page)[1] == "2 2.办好年会"

    # By mouse: into the other chapter.
    with replaced(page):
        node(page, "立项课题").drag_to(node(page, "抓普及"))
    assert titles(page)[-1] == "2 1.立项课题"

    # Split at the cursor.
    node(page, "立项课题").focus()
    page.keyboard.press("Enter")
    area = page.locator("#drawer textarea[name=text]")
    expect(area).to_have_value("面向全市征集选题。年底前全部结项。")
    area.evaluate("box => { box.focus(); box.setSelectionRange(9, 9); }")
    accessible(page)
    with replaced(page):
        page.get_by_role("button", name="在此拆分").click()
    expect(page.locator(".plan-tree__row")).to_have_count(7)
    assert titles(page)[-2:] == ["2 1.立项课题", "2 年底前全部结项"]

    # Targets: the likeliest indicator is chosen already.
    page.get_by_role("link", name="目标").click()
    accessible(page)
    page.get_by_role("button", name="确认").first.click()
    expect(page.locator("tbody tr")).to_contain_text("举办讲座")

    # A duty, in the drawer over the list.
    page.get_by_role("link", name="事项").first.click()
    page.get_by_role("link", name="办好讲坛").click()
    drawer = page.locator("#drawer")
    drawer.get_by_text("添加分工").click()
    drawer.get_by_role("combobox", name="单位").click()
    page.get_by_role("option", name="科普科").click()
    drawer.get_by_role("button", name="确定分工").click()
    expect(drawer.locator(".list")).to_contain_text("科普科")
    accessible(page)
    page.keyboard.press("Escape")
    expect(page.locator("#plan")).to_contain_text("科普科")
    for tab in ("总览", "时间线", "分工", "全文"):
        page.get_by_role("navigation", name="要点的视图").get_by_role("link", name=tab).click()
        expect(page.get_by_role("heading", level=1).first).to_contain_text(
            "云川市社科联2025年工作要点"
        )
        accessible(page)
    page.wait_for_load_state("networkidle")
    assert Target.objects.get().goal.value == 10
    assert Duty.objects.get().organisation.name == "科普科"


def test_a_file_that_cannot_be_read_is_told_at_once(page, signed_in, city, tmp_path):
    signed_in(page, factories.account(city), "/plans/new/")
    wrong = tmp_path / "要点.docx"
    wrong.write_bytes(b"\xd0\xcf\x11\xe0old")
    page.locator("input[type=file]").set_input_files(wrong)
    expect(page.get_by_role("alert")).to_contain_text("要点.docx")
    expect(page.get_by_role("button", name="保存要点")).to_be_disabled()
    assert not Plan.objects.exists()


def test_on_a_phone_the_menu_moves_items(phone, signed_in, city, document):
    from sheke.plans import actions
    from sheke.plans.reading import read_plan

    plan = actions.import_plan(organisation=city, read=read_plan(TEXT), by=None)
    signed_in(phone, factories.account(city), f"/plans/{plan.pk}/tree/")
    node(phone, "办好年会").get_by_role("button").tap()
    with replaced(phone):
        phone.get_by_role("button", name="上移").locator("visible=true").tap()
    assert titles(phone)[1] == "2 2.办好年会"
    phone.goto(f"/plans/{plan.pk}/")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
